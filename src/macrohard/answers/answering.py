"""The answer to a question: search -> read -> keep the sentences that answer -> ask the other sources.

The model picks; what is said is what stands in a source, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from macrohard.answers.answer import AnswerReport, AnswerSentence
from macrohard.answers.asking.candidates import MOST_READ, Candidate, candidates, firsts
from macrohard.answers.asking.passages import Passage, answering
from macrohard.answers.asking.questions import Asking
from macrohard.answers.grounding.context import Context
from macrohard.answers.grounding.judging import Says, judge
from macrohard.answers.grounding.words import Words, searchable
from macrohard.answers.report import Progress, Standing
from macrohard.answers.sentences import Sentence
from macrohard.answers.sourced import read_of, unread_of
from macrohard.answers.sources import Index, Web, open_index
from macrohard.answers.witnesses import Testimony, Witnesses, excerpt_of
from macrohard.errors import UserError
from macrohard.models import Model

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
        while self.candidate.points_back(first):
            first -= 1
        return self.candidate.spans[first][0], self.candidate.spans[self.number][1]

    @property
    def words(self) -> Words:
        """The sentence alone, taken apart."""
        return self.candidate.sentences[self.number]

    @property
    def before(self) -> Sentence | None:
        """The sentence before it, where it points back to that."""
        if not self.candidate.points_back(self.number):
            return None
        start, end = self.candidate.spans[self.number - 1]
        return Sentence(self.candidate.document.text[start:end], start, end)

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
    refuse_question(question)
    question = question.encode(errors="replace").decode()  # what is no character cannot be shown to a model
    index = open_index(paths, progress=progress, web=web or Web())
    return answer(question, index, model, progress).model_copy(update={"given": tuple(paths)})


def refuse_question(question: str) -> None:
    """Raise UserError for a question without a word or that is too long; to be called before a model is fetched."""
    if not any(map(str.isalnum, question)):
        raise UserError("There is no question; ask in words.")
    if len(question) > LONGEST_QUESTION:
        raise UserError(f"The question is longer than {LONGEST_QUESTION} characters; ask in a sentence or two.")


def answer(question: str, index: Index, model: Model, progress: Progress | None = None) -> AnswerReport:
    """What an index of sources says to a question."""
    asking = Asking(question)
    found = candidates(asking, index)[:MOST_READ]
    if progress:
        progress(asking.plain, 0, 1)
    witnesses = Witnesses(index, asking.words.language)
    sentences = tuple(_told(_kept(answering(asking, found, model)), witnesses))
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


def _kept(passages: Sequence[Passage]) -> list[_Kept]:
    """The sentences that answer, in the order of their passages; what stands in several of them once."""
    kept = [item for passage in passages for item in _merged(passage.candidate, passage.numbers, passage.probability)]
    return firsts(kept, lambda item: item.text)


def _merged(candidate: Candidate, numbers: Sequence[int], probability: float | None) -> list[_Kept]:
    """The sentences of one passage, those in one piece that overlap since one points back to another."""
    kept: list[_Kept] = []
    for number in numbers:
        item = _Kept(candidate, number, probability)
        if kept and item.span[0] < kept[-1].span[1]:
            kept.pop()
        kept.append(item)
    return kept


def _told(kept: Sequence[_Kept], witnesses: Witnesses) -> list[AnswerSentence]:
    """The sentences, each with its proof; a dispute counts for both sides."""
    found = [_sentence(item, _otherwise(item, kept, witnesses)) for item in kept]
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


def _otherwise(kept: _Kept, every: Sequence[_Kept], witnesses: Witnesses) -> Testimony | None:
    """The other source that says something else, or another sentence of the same one that answers too, if one does."""
    document = kept.candidate.document
    beside = [item for item in every if item is not kept and item.candidate.document.address == document.address]
    others = chain(
        witnesses.testify(kept.words, kept.before, but=document.address),
        (Testimony(document, item.span, judge(kept.words, Context([item.words]))) for item in beside),
    )
    return next((item for item in others if item.judgement.says is Says.OTHERWISE), None)


def _unsaid(asking: Asking, index: Index) -> Iterator[str]:
    for word in asking.topics:
        written = asking.written(word)
        if not index.search(searchable(written), 1):
            yield written
