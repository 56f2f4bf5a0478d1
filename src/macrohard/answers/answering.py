"""The answer to a question: search -> read -> keep the sentences that answer -> ask the other sources.

The model picks; what is said is what stands in a source, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from macrohard.answers.answer import AnswerReport, AnswerSentence
from macrohard.answers.asking.candidates import MOST_READ, Candidate, candidates
from macrohard.answers.asking.questions import Asking
from macrohard.answers.asking.reader import Reading, read
from macrohard.answers.asking.sureness import answers, calibration_for, told
from macrohard.answers.grounding.judging import Says
from macrohard.answers.report import Standing
from macrohard.answers.sourced import Progress, read_of, unread_of
from macrohard.answers.sources import Index, Web, open_index
from macrohard.answers.witnesses import Testimony, Witnesses, excerpt_of
from macrohard.errors import UserError
from macrohard.models import Model
from macrohard.truth.confidence import Calibration

LONGEST_QUESTION = 1000
"""Characters: a model reads it with each passage."""


@dataclass(frozen=True)
class _Kept:
    """A sentence that answers."""

    candidate: Candidate
    number: int
    probability: float | None

    @property
    def span(self) -> tuple[int, int]:
        """With the sentence before it where it begins with a pronoun, so that it says of what it speaks."""
        first = self.number
        while first and self.candidate.points_back(first):
            first -= 1
        return self.candidate.spans[first][0], self.candidate.spans[self.number][1]

    @property
    def text(self) -> str:
        start, end = self.span
        return " ".join(self.candidate.document.text[start:end].split())


def ask(
    question: str, paths: Sequence[str], model: Model, progress: Progress | None = None, *, web: Web | None = None
) -> AnswerReport:
    """What these files, folders and web addresses say to a question; runs nothing of them.

    `web` says which hosts of the user's own network may be asked; none otherwise. Raises UserError for a question without a word
    or of more than 1,000 characters; it and SandboxUnavailable as `check_sources` does; and as the model does when it cannot be
    asked.
    """
    if not any(map(str.isalnum, question)):
        raise UserError("There is no question; ask in words.")
    if len(question) > LONGEST_QUESTION:
        raise UserError(f"The question is longer than {LONGEST_QUESTION} characters; ask in a sentence or two.")
    index = open_index(paths, progress=progress, web=web or Web())
    return answer(question, index, model, progress).model_copy(update={"given": tuple(paths)})


def answer(question: str, index: Index, model: Model, progress: Progress | None = None) -> AnswerReport:
    """What an index of sources says to a question."""
    asking = Asking(question)
    found = candidates(asking, index)[:MOST_READ]
    if progress:
        progress(asking.plain, 0, 1)
    readings = read(asking.plain, found, model)
    witnesses = Witnesses(index, asking.words.language)
    calibration = calibration_for(model.digest, asking, found)
    sentences = tuple(_told(_kept(found, readings, calibration), witnesses))
    verdicts = {item.verdict for item in sentences} or {Standing.NOT_IN_SOURCES}
    return AnswerReport(
        question=question,
        asked=asking.plain,
        verdict=Standing.DISPUTED if Standing.DISPUTED in verdicts else verdicts.pop(),
        sentences=sentences,
        unsaid=tuple(_unsaid(asking, index)),
        passages=len(found),
        model=model.name,
        model_digest=model.digest,
        sources=read_of(index),
        unread=unread_of(index),
    )


def _kept(found: Sequence[Candidate], readings: Sequence[Reading], calibration: Calibration | None) -> list[_Kept]:
    """The sentences that answer, the surest passage first; what stands in several passages once."""
    judged = [
        (*answers(candidate, reading, calibration), candidate, reading)
        for candidate, reading in zip(found, readings, strict=True)
    ]
    ranked = sorted((item for item in judged if item[0]), key=lambda item: -(item[1] or 0.0))
    kept = [
        _Kept(candidate, number, said) for _, said, candidate, reading in ranked for number in told(candidate, reading)
    ]
    return list(_once(kept))


def _once(kept: Iterable[_Kept]) -> Iterator[_Kept]:
    seen = set()
    for item in kept:
        if item.text not in seen:
            seen.add(item.text)
            yield item


def _told(kept: Sequence[_Kept], witnesses: Witnesses) -> list[AnswerSentence]:
    """The sentences, each with its proof; a dispute counts for both sides."""
    found = [_sentence(item, _otherwise(item, witnesses)) for item in kept]
    sides = [item for item in found if item.verdict is Standing.DISPUTED]
    return [next((_turned(item, side) for side in sides if _is_other_side(item, side)), item) for item in found]


def _sentence(kept: _Kept, other: Testimony | None) -> AnswerSentence:
    own = excerpt_of(kept.candidate.document, kept.span)
    name = own.where
    return AnswerSentence(
        text=kept.text,
        verdict=Standing.DISPUTED if other else Standing.SUPPORTED,
        reason=f"{name} says it; {other.otherwise}" if other else f"{name} says it.",
        probability=kept.probability,
        evidence=(own, other.excerpt()) if other else (own,),
    )


def _is_other_side(item: AnswerSentence, side: AnswerSentence) -> bool:
    mine, other = item.evidence[0], side.evidence[1]
    overlaps = mine.start < other.end and other.start < mine.end
    return item.verdict is not Standing.DISPUTED and mine.address == other.address and overlaps


def _turned(item: AnswerSentence, side: AnswerSentence) -> AnswerSentence:
    """The sentence that a disputed one stands against."""
    own, other = item.evidence[0], side.evidence[0]
    why = f"{own.where} says it; {other.where} says otherwise."
    return item.model_copy(update={"verdict": Standing.DISPUTED, "reason": why, "evidence": (own, other)})


def _otherwise(kept: _Kept, witnesses: Witnesses) -> Testimony | None:
    """The other source that says something else, if one does."""
    testimonies = witnesses.testify(kept.candidate.sentences[kept.number])
    others = [item for item in testimonies if item.document.address != kept.candidate.document.address]
    return next((item for item in others if item.judgement.says is Says.OTHERWISE), None)


def _unsaid(asking: Asking, index: Index) -> Iterator[str]:
    for word in asking.topics:
        written = asking.written(word)
        if not index.search(written.lower().replace("-", " ").replace(".", " ").split(), 1):
            yield written
