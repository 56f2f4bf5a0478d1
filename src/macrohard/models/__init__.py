"""Which mind answers. A mind proposes; it never decides."""

from macrohard.models.catalog import open_model
from macrohard.models.question import Answer, Message, Model, Question, Reply, Sampling

__all__ = ["Answer", "Message", "Model", "Question", "Reply", "Sampling", "open_model"]
