"""The verdicts on a text: which of its words are supported, which are contradicted, and what was not looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, computed_field

from macrohard.answers.evidence import Evidence, Excerpt
from macrohard.truth.check import Record

Progress = Callable[[str, int, int], None]
"""Called before each source is read and each sentence is checked: with its address or words, how many are done, how many."""


class Standing(StrEnum):
    """How words of a text stand to what was seen. Nothing defaults to `supported`."""

    SUPPORTED = "supported"
    PARTLY = "partly supported"
    CONTRADICTED = "contradicted"
    DISPUTED = "disputed"
    NOT_IN_SOURCES = "not in the sources"
    OPINION = "opinion"
    NOT_CHECKED = "not checked"


class Unsupported(Record):
    """Words of a part that what was seen does not support."""

    start: int
    """Offset in the text that was checked."""
    end: int
    instead: str
    """What a source says instead; empty where it says nothing of it."""


class ModelReading(Record):
    """What a model makes of words that the tests leave open. It is no proof and changes no verdict."""

    model: str
    model_digest: str
    supports: bool
    """Whether it says that the sources support them."""
    likelihood: Annotated[float, Field(ge=0, le=1)] | None
    """How likely it says so, which is not calibrated; None of a model that does not tell."""
    evidence: tuple[Excerpt, ...] = ()
    """The sentences that it names, where it says so."""

    @property
    def told(self) -> str:
        """What it says, as a sentence."""
        sure = "" if self.likelihood is None else f" (how likely it says Yes, not calibrated: {self.likelihood:.0%})"
        if not self.supports:
            return f"{self.model} does not read it there either{sure}."
        return f"{self.model} reads it there{sure}; that is no proof."


class Part(Record):
    """Words of a statement that say one thing which something can decide."""

    words: str
    start: int
    """Offset of the first character in the text that was checked."""
    end: int
    verdict: Standing
    reason: str
    """What was seen, or why nothing was; a sentence."""
    evidence: tuple[Annotated[Evidence, Field(discriminator="kind")], ...] = ()
    unsupported: tuple[Unsupported, ...] = ()
    """The words that are not supported, where not all are; only of statements that were held against sources."""
    probability: Annotated[float, Field(ge=0, le=1)] | None = None
    """How often people call such a sentence supported where it was written without these sources, measured on public sets. None
    where nothing was measured: other languages, what is contradicted or disputed, statements that were decided by running or computing."""
    probability_from_sources: Annotated[float, Field(ge=0, le=1)] | None = None
    """The same where it was written from these sources, as a summary is."""
    probability_in_text: Annotated[float, Field(ge=0, le=1)] | None = None
    """The same where it is one of several sentences of a text that was written from them, by trees that give no reason: the risk of
    the whole text comes of it."""
    reading: ModelReading | None = None
    """None where no model was asked."""

    @property
    def sure(self) -> str:
        """How sure it is, as a sentence; empty where nothing was measured."""
        if self.probability is None or self.probability_from_sources is None:
            return ""
        return (
            f"People call {self.probability:.0%} of such sentences supported, "
            f"and {self.probability_from_sources:.0%} where a text was written from its sources."
        )


class SourceRead(Record):
    """A source that was looked at."""

    address: str
    media: str
    """'text', 'markdown', 'html', 'pdf', 'table', 'json' or 'code'."""
    dated: str
    sha256: str
    text_sha256: str
    characters: int
    """Of its text."""


class SourceUnread(Record):
    """A source, or a part of one, that was not looked at."""

    address: str
    reason: str


class Statement(Record):
    """One sentence, list item or transcript of the text; its verdict is about the words of its parts and no others."""

    text: str
    start: int
    end: int
    verdict: Standing
    parts: tuple[Part, ...] = ()
    """Empty when nothing in it can be decided by running or reading."""


class CheckReport(Record):
    """What came of a check."""

    schema_version: Literal["macrohard/check/v1"] = "macrohard/check/v1"
    text: str = ""
    """What was checked; the offsets below count in it."""
    given: tuple[str, ...] = ()
    """The files, folders and web addresses it was held against, as the user named them."""
    repository: str | None = None
    """None when the text was held against sources alone."""
    environment: str | None = None
    """The virtual environment whose packages were used; None: the standard library alone."""
    files_sha256: str | None = None
    """One hash for all files of the repository that were looked at."""
    sources: tuple[SourceRead, ...] = ()
    unread: tuple[SourceUnread, ...] = ()
    statements: tuple[Statement, ...]
    risk: Annotated[float, Field(ge=0, le=1)] | None = None
    """How probable it is that the text, where it was written from these sources, holds something that they do not support. None
    where no sentence has a probability, and where one is contradicted or disputed: then no number is needed."""

    @computed_field  # type: ignore[prop-decorator]  # pydantic documents that mypy cannot see through this pair
    @property
    def exit_status(self) -> int:
        """0 when all that could be decided is supported, 3 when something is not, 4 when nothing could be decided."""
        decided = {part.verdict for part in self.parts} - {Standing.NOT_CHECKED, Standing.OPINION}
        if not decided:
            return 4
        return 0 if decided == {Standing.SUPPORTED} else 3

    @property
    def risky(self) -> str:
        """The risk, as a sentence; empty where nothing was measured."""
        if self.risk is None:
            return ""
        return f"Of texts like it that were written from their sources {self.risk:.0%} hold something that these do not support."

    @property
    def parts(self) -> tuple[Part, ...]:
        """All words that something could decide, in their order."""
        return tuple(part for statement in self.statements for part in statement.parts)


def together(verdicts: Iterable[Standing]) -> Standing:
    """The verdict on a whole: one contradicted part contradicts it, and it is supported only when all its parts are."""
    found = set(verdicts)
    if len(found) == 1:
        return found.pop()
    if Standing.CONTRADICTED in found:
        return Standing.CONTRADICTED
    return Standing.PARTLY if found else Standing.NOT_CHECKED
