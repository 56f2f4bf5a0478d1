"""What the embedded model makes of each claim beside its source: asked once and kept, so that it can be stopped and begun again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from bench.grounding.measuring import Found
from bench.measures import Floats
from macrohard.answers.reading import state_question
from macrohard.models import Budget, Model, Recorder, open_model

_TOLD_EACH = 100
"""Claims between two lines of progress."""


def reader(folder: Path) -> Model:
    """The embedded model with a record of all that it has read, in this folder."""
    return open_model("embedded", Recorder(folder / "grounding.db", "grounding"), Budget())


def states(name: str, found: Sequence[Found], model: Model) -> dict[str, Floats]:
    """For each claim of a set that is read: what is read -> the hidden state at its end."""
    texts = list(dict.fromkeys(item.shown for item in found if item.shown))
    known: dict[str, Floats] = {}
    for some in _alike(texts):
        before = len(known)
        answers = model.answer([state_question(text) for text in some])
        known |= {text: np.array(answer.replies[0].embedding) for text, answer in zip(some, answers, strict=True)}
        if len(known) // _TOLD_EACH > before // _TOLD_EACH and not all(answer.recorded for answer in answers):
            print(f"{name}: {len(known)} of {len(texts)} read", flush=True)
    return known


def _alike(texts: Sequence[str]) -> Iterable[list[str]]:
    """Those that begin alike together, and no others, so that what they begin with is read once."""
    groups: dict[str, list[str]] = {}
    for text in texts:
        groups.setdefault(text.rpartition("\n\n")[0], []).append(text)
    return groups.values()
