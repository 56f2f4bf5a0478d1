"""Has the model read what the search finds for each question: with all passages, without those that answer, and with one of these
alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.asking.material import Asked, Without, document_name, numbers_of
from macrohard.answers.asking.candidates import MOST_READ, Candidate, candidates
from macrohard.answers.asking.passages import numbers_of as told_of
from macrohard.answers.asking.questions import Asking
from macrohard.answers.asking.reader import picked, states
from macrohard.answers.asking.sureness import features
from macrohard.answers.sources import Index
from macrohard.models import Model


@dataclass(frozen=True)
class Read:
    """A passage that was read for a question."""

    question: str
    candidate: Candidate
    state: Sequence[float]
    key: frozenset[int]
    """The numbers of the sentences of its document that answer."""

    @property
    def name(self) -> str:
        """Of its document."""
        return document_name(self.candidate.document)

    @property
    def right(self) -> bool:
        """Whether it answers."""
        return not self.key.isdisjoint(numbers_of(self.candidate.document, self.candidate.spans))

    def numbers(self, picked: Sequence[bool]) -> list[int]:
        """The numbers, in its document, of the sentences that are told when the model names these."""
        numbers = numbers_of(self.candidate.document, self.candidate.spans)
        return [numbers[place] for place in told_of(self.candidate, picked)]

    @property
    def features(self) -> dict[str, float]:
        """Without what a probe makes of it."""
        return {name: value for name, value in features(self.candidate, 0.0).items() if name != "read"}


@dataclass(frozen=True)
class Case:
    """A question over some of the sources."""

    question: str
    left: frozenset[str]
    """The names of the passages that answer and were left among the sources."""
    is_whole: bool
    """Whether none was taken away."""
    read: tuple[Read, ...]
    """What the model has read."""


def cases(asked: Asked, index: Index, model: Model) -> Iterator[Case]:
    """With all passages, with each alone of several that answer, and with none of them."""
    known: dict[tuple[str, object], Read] = {}
    for left in _lefts(asked.decisive):
        found = candidates(Asking(asked.question), Without(index, asked.decisive - left))[:MOST_READ]
        missing = [item for item in found if _place(item) not in known]
        for item, state in zip(missing, states(Asking(asked.question).plain, missing, model), strict=True):
            known[_place(item)] = Read(asked.id, item, state, _key(asked, item))
        read = tuple(known[_place(item)] for item in found)
        yield Case(asked.id, left, left == asked.decisive, read)


def _lefts(decisive: frozenset[str]) -> list[frozenset[str]]:
    alone = [frozenset({name}) for name in sorted(decisive)] if len(decisive) > 1 else []
    return list(dict.fromkeys([decisive, *alone, frozenset()]))


def _place(candidate: Candidate) -> tuple[str, object]:
    return document_name(candidate.document), tuple(candidate.spans)


def _key(asked: Asked, candidate: Candidate) -> frozenset[int]:
    name = document_name(candidate.document)
    return frozenset(number for passage, number in asked.key if name == f"{asked.id}-{passage}")


def all_cases(every: Sequence[Asked], index: Index, model: Model) -> list[Case]:
    """Those of all questions, told as they are read."""
    found = []
    for number, asked in enumerate(every, 1):
        found += list(cases(asked, index, model))
        print(f"{number} of {len(every)}: {asked.question}", flush=True)
    return found


def marks(read: Sequence[Read], model: Model) -> list[tuple[Read, list[bool]]]:
    """Of these passages of a question, which are told, the sentences that the model names: whether the key names them too. One of which
    it names none is not told."""
    if not read:
        return []
    candidates = [item.candidate for item in read]
    names = picked(candidates[0].asking.plain, candidates, model)
    found = [
        (item, [number in item.key for number in item.numbers(named)]) for item, named in zip(read, names, strict=True)
    ]
    return [(item, marked) for item, marked in found if marked]
