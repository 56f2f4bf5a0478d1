"""What the tests leave open is shown to a model, which may know a paraphrase: it says whether the sources support it, and where.

A model's reading changes no verdict: it is told beside it, with the sentences that it names, word for word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from macrohard.answers.grounding.languages import ENGLISH, language_of
from macrohard.answers.grounding.words import Words
from macrohard.answers.reading import Asked, Reading, read
from macrohard.answers.report import CheckReport, ModelReading, Progress, Standing, Statement
from macrohard.answers.sentences import Sentence
from macrohard.answers.sources import Index
from macrohard.answers.witnesses import Place, Witnesses, excerpt_of
from macrohard.models import Model

OPEN = (Standing.PARTLY, Standing.NOT_IN_SOURCES)
"""Verdicts that say how far words were found, and not that something else was."""
_WHETHER = "Does the source support the claim? Reply with one word, Yes or No."
_WHICH = "Which sentences support the claim? Reply with their numbers only, such as [2], [3], or with None."


@dataclass(frozen=True, slots=True)
class _Open:
    """A statement that the tests leave open, with the sentences that come nearest to it."""

    number: int
    subject: str
    places: Sequence[Place]

    @property
    def asked(self) -> Asked:
        texts = [document.text[start:end] for document, (start, end) in self.places]
        return Asked(texts, self.subject, _WHETHER, _WHICH)


def with_readings(report: CheckReport, index: Index, model: Model, progress: Progress | None = None) -> CheckReport:
    """The report with what a model makes of what the tests left open, all asked at once. Raises as `Model.answer` does."""
    found = _open_ones(report, index)
    if progress and found:
        progress(f"{model.name} reads what is left open", 0, len(found))
    statements = list(report.statements)
    for item, reading in zip(found, read([item.asked for item in found], model), strict=True):
        statements[item.number] = _told(statements[item.number], item, reading, model)
    return report.model_copy(update={"statements": tuple(statements)})


def _open_ones(report: CheckReport, index: Index) -> list[_Open]:
    witnesses = Witnesses(index, language_of(report.text))
    found, before = [], None
    for number, statement in enumerate(report.statements):
        if statement.verdict in OPEN:
            claim = Words(statement.text, witnesses.language or ENGLISH)
            places = witnesses.nearest(claim, before)
            found += [_Open(number, _subject(claim, before), places)] if places else []
        before = Sentence(statement.text, statement.start, statement.end)
    return found


def _subject(claim: Words, before: Sentence | None) -> str:
    """The claim; where it begins with a pronoun, with the sentence before it."""
    words = " ".join(claim.text.split())
    return f"Claim: {' '.join(before.words.split())} {words}" if before and claim.points_back else f"Claim: {words}"


def _told(statement: Statement, item: _Open, reading: Reading, model: Model) -> Statement:
    picked = [place for place, is_picked in zip(item.places, reading.picked, strict=True) if is_picked]
    told = ModelReading(
        model=model.name,
        model_digest=model.digest,
        supports=reading.says_yes,
        likelihood=round(reading.likelihood, 4) if reading.is_graded else None,
        evidence=tuple(excerpt_of(*place) for place in picked) if reading.says_yes else (),
    )
    (part,) = statement.parts
    return statement.model_copy(update={"parts": (part.model_copy(update={"reading": told}),)})
