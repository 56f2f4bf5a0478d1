"""The reader: a model that is shown a passage and says whether it answers the question, and which of its sentences do."""

from __future__ import annotations

from collections.abc import Sequence

from macrohard.answers.asking.candidates import Candidate
from macrohard.answers.reading import Asked, Reading, read
from macrohard.models import Model

_WHETHER = "Does the source answer the question? Reply with one word, Yes or No."
_WHICH = "Which sentences answer the question? Reply with their numbers only, such as [2], [3], or with None."


def readings(question: str, candidates: Sequence[Candidate], model: Model) -> list[Reading]:
    """What the model makes of each passage, all asked at once. Raises as `Model.answer` does."""
    subject = f"Question: {question}"
    return read([Asked(_texts(candidate), subject, _WHETHER, _WHICH) for candidate in candidates], model)


def _texts(candidate: Candidate) -> list[str]:
    return [sentence.text for sentence in candidate.sentences]
