"""The reader: a model that is shown a passage and the question.

Of a model with a probe its hidden state behind both tells whether the passage answers; any other is asked for one word, Yes or No. Which
of the sentences answer it says in numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

from macrohard.answers import reading
from macrohard.answers.asking.candidates import Candidate
from macrohard.answers.reading import Asked, Reading, read
from macrohard.models import Model

_WHETHER = "Does the source answer the question? Reply with one word, Yes or No."
_WHICH = "Which sentences answer the question? Reply with their numbers only, such as [2], [3], or with None."
_SHOWN = "Source:\n{passage}\n\nQuestion: {question}\nAnswer:"
"""The state is best where the answer would begin: AUROC 0.956 there, 0.936 at the question mark (`docs/log.md`)."""


def readings(question: str, candidates: Sequence[Candidate], model: Model) -> list[Reading]:
    """What the model says of each passage, all asked at once. Raises as `Model.answer` does."""
    return read(_asked(question, candidates), model)


def picked(question: str, candidates: Sequence[Candidate], model: Model) -> list[tuple[bool, ...]]:
    """For each sentence of each passage whether the model names it. Raises as `Model.answer` does."""
    return reading.picked(_asked(question, candidates), model)


def states(question: str, candidates: Sequence[Candidate], model: Model) -> list[Sequence[float]]:
    """The hidden state of the model behind each passage and the question. Raises as `Model.answer` does."""
    texts = [_SHOWN.format(passage="\n".join(_texts(candidate)), question=question) for candidate in candidates]
    return reading.states(texts, model)


def _asked(question: str, candidates: Sequence[Candidate]) -> list[Asked]:
    return [Asked(_texts(candidate), f"Question: {question}", _WHETHER, _WHICH) for candidate in candidates]


def _texts(candidate: Candidate) -> list[str]:
    """Its sentences, each on one line."""
    return [" ".join(sentence.text.split()) for sentence in candidate.sentences]
