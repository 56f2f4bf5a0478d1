"""The statements that the tests leave open, with what a model is shown of the sources to read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from macrohard.answers.grounding.languages import ENGLISH, language_of
from macrohard.answers.grounding.words import Words
from macrohard.answers.report import CheckReport, Standing
from macrohard.answers.sentences import Sentence
from macrohard.answers.sources import RECORDS, Index
from macrohard.answers.witnesses import Place, Witnesses

OPEN = (Standing.PARTLY, Standing.NOT_IN_SOURCES)
"""Verdicts that say how far words were found, and not that something else was."""
_WHOLE, _EACH = 6000, 1200
"""Characters of all sources together that are shown whole, at most, and for each statement: they are read once for all, where
sentences are read for each."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A statement that the tests leave open."""

    number: int
    """Among the statements of the report."""
    subject: str
    """The statement; where it begins with a pronoun, with the sentence before it."""
    places: Sequence[Place]
    """The sentences of the sources that together come nearest to it."""
    whole: str
    """All sources; '' where they are too long to be shown."""

    @property
    def is_of_prose(self) -> bool:
        """Whether some of these are sentences, and not all rows and fields."""
        return any(document.media not in RECORDS for document, _ in self.places)

    @property
    def sentences(self) -> list[str]:
        """The nearest sentences, word for word."""
        return [document.text[start:end] for document, (start, end) in self.places]

    @property
    def beside_its_sources(self) -> str:
        """What a model reads that says nothing."""
        shown = self.whole or "\n".join(" ".join(sentence.split()) for sentence in self.sentences)
        return f"Source:\n{shown}\n\n{self.subject}"


def opened(report: CheckReport, index: Index) -> list[Opened]:
    """Those of a report to which some sentence of the sources comes near."""
    left_open = sum(statement.verdict in OPEN for statement in report.statements)
    witnesses, whole = Witnesses(index, language_of(report.text)), _whole(index, min(_WHOLE, _EACH * left_open))
    found, before = [], None
    for number, statement in enumerate(report.statements):
        if statement.verdict in OPEN:
            claim = Words(statement.text, witnesses.language or ENGLISH)
            places = witnesses.nearest(claim, before)
            found += [Opened(number, _subject(claim, before), places, whole)] if places else []
        before = Sentence(statement.text, statement.start, statement.end)
    return found


def _whole(index: Index, most: int) -> str:
    if sum(len(document.text) for document in index.documents) > 2 * most:
        return ""  # without laying them together
    text = "\n\n".join(document.text.strip() for document in index.documents)
    return text if len(text) <= most else ""


def _subject(claim: Words, before: Sentence | None) -> str:
    words = " ".join(claim.text.split())
    return f"Claim: {' '.join(before.words.split())} {words}" if before and claim.points_back else f"Claim: {words}"
