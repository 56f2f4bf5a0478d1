"""Which mind answers. A mind proposes; it never decides."""

from macrohard.models.budget import Budget
from macrohard.models.catalog import Entry, list_models, open_model
from macrohard.models.doctor import Checkup, Machine, doctor, machine
from macrohard.models.question import Answer, Message, Model, Question, Reply, Sampling
from macrohard.models.record import Recorder, Totals
from macrohard.models.scripted import ScriptedModel
from macrohard.models.weights import pull

__all__ = [
    "Answer",
    "Budget",
    "Checkup",
    "Entry",
    "Machine",
    "Message",
    "Model",
    "Question",
    "Recorder",
    "Reply",
    "Sampling",
    "ScriptedModel",
    "Totals",
    "doctor",
    "list_models",
    "machine",
    "open_model",
    "pull",
]
