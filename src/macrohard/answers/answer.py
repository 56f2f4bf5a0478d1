"""The answer to a question: sentences of the sources, each with its proof, or that they do not say."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, computed_field

from macrohard.answers.evidence import Excerpt
from macrohard.answers.report import SourceRead, SourceUnread, Standing
from macrohard.truth.check import Record


class AnswerSentence(Record):
    """One sentence of an answer, word for word from a source."""

    text: str
    """The quotation on one line."""
    verdict: Standing
    """'supported', or 'disputed' where another source, or another sentence of the same one, says otherwise."""
    reason: str
    """Who says it and, of a disputed one, who says otherwise and what; a sentence."""
    probability: Annotated[float, Field(ge=0, le=1)] | None
    """Calibrated probability that the passage in which it stands answers the question; None where nothing is calibrated: other
    models, other languages than English, tables, JSON and code."""
    evidence: tuple[Excerpt, ...]
    """Where it stands; of a disputed one the other side too."""


class AnswerReport(Record):
    """What the sources say to a question."""

    schema_version: Literal["macrohard/answer/v1"] = "macrohard/answer/v1"
    question: str
    asked: str
    """What was asked of the sources: the question without what only leans on the one who answers."""
    given: tuple[str, ...] = ()
    """The files, folders and web addresses, as the user named them."""
    verdict: Standing
    """'supported', 'disputed', or 'not in the sources', which is an answer."""
    sentences: tuple[AnswerSentence, ...]
    """The surest passage first, within it in the order of the source."""
    unsaid: tuple[str, ...]
    """Words of the question that stand nowhere in the sources."""
    passages: int
    """That the model read."""
    model: str
    model_digest: str
    sources: tuple[SourceRead, ...]
    unread: tuple[SourceUnread, ...]

    @computed_field  # type: ignore[prop-decorator]  # pydantic documents that mypy cannot see through this pair
    @property
    def exit_status(self) -> int:
        """0 for an answer, 3 for one that the sources dispute, 4 where they do not say."""
        return {Standing.SUPPORTED: 0, Standing.DISPUTED: 3}.get(self.verdict, 4)
