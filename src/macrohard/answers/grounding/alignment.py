"""A claim beside the sentences that may speak of it: which has most of its words, and which words stand nowhere near."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from macrohard.answers.grounding.arithmetic import reckonings
from macrohard.answers.grounding.context import Context
from macrohard.answers.grounding.quantities import Number
from macrohard.answers.grounding.words import Word, Words

T = TypeVar("T")


@dataclass(frozen=True)
class Alignment:
    """A claim beside the sentences that may speak of it."""

    claim: Words
    context: Context

    @cached_property
    def single(self) -> list[float]:
        """For each sentence the share of the claim's words that stand in it, rare words counting more."""
        return [self.cover(sentence.stems) for sentence in self.context.sentences]

    @cached_property
    def wide(self) -> list[float]:
        """The same with the neighbours of each sentence."""
        return [self.cover(stems) for stems in self.context.windows]

    @cached_property
    def best(self) -> int:
        """The number of the sentence that, with its neighbours, has most of the claim; of equals the one that has most itself."""
        places = range(len(self.wide))
        return max(places, key=lambda place: (self.wide[place], self.single[place]), default=-1)

    @property
    def strength(self) -> float:
        """The share of the claim's words in the best sentence and its neighbours."""
        return self.wide[self.best] if self.best >= 0 else 0.0

    @cached_property
    def near(self) -> Sequence[Words]:
        """The best sentence and its neighbours."""
        return [self.context.sentences[number] for number in self.context.around(self.best)] if self.best >= 0 else ()

    @cached_property
    def telling(self) -> range:
        """The numbers of the best sentence and of those beside it that hold something of the claim that it lacks."""
        numbers = [number for number in self.context.around(self.best) if number == self.best or self._adds(number)]
        return range(numbers[0], numbers[-1] + 1)

    def _adds(self, number: int) -> bool:
        """Whether a neighbour of the best sentence holds a word or a figure of the claim that stands not in that one."""
        best, other = self.context.sentences[self.best], self.context.sentences[number]
        words = any(word.stem in other.stems - best.stems for word in self.claim.content)
        numbers = any(_only(mine.same, other.numbers, best.numbers) for mine in self.claim.numbers)
        return words or numbers or any(_only(mine.same, other.dates, best.dates) for mine in self.claim.dates)

    @cached_property
    def absent(self) -> tuple[Word, ...]:
        """The words of the claim that do not stand near the best sentence, not even as a number in another form."""
        stems = set[str]().union(*(sentence.stems for sentence in self.near))
        return tuple(word for word in self.claim.content if word.stem not in stems and not self._is_known_figure(word))

    @cached_property
    def has_absent_figures(self) -> bool:
        """Whether a number or a date of the claim does not stand near the best sentence."""
        return not all(known for _, _, known in self._figures)

    def cover(self, stems: frozenset[str] | set[str]) -> float:
        """The share of the claim's words that are among these."""
        return self.share(self.claim.content, lambda word: word.stem in stems)

    def share(self, words: Sequence[Word], there: Callable[[Word], bool]) -> float:
        """The share of these words of the claim that are there, rare ones counting more."""
        weights = [(self._weights[word.stem], there(word)) for word in words]
        return sum(weight for weight, found in weights if found) / max(1e-9, sum(weight for weight, _ in weights))

    def _is_known_figure(self, word: Word) -> bool:
        """Whether it belongs to a number or a date that stands near, such as rounded."""
        return any(known and start <= word.start < end for start, end, known in self._figures)

    @cached_property
    def _figures(self) -> list[tuple[int, int, bool]]:
        """Start and end of each number and date of the claim, and whether it stands near the best sentence."""
        known = [number for sentence in self.near for number in sentence.numbers]
        days = [date for sentence in self.near for date in sentence.dates]
        found = {mine: any(map(mine.same, known)) for mine in self.claim.numbers}
        for result, operands in self.computed.items():
            found[result] = found[result] or all(found[operand] for operand in operands)
        numbers = [(mine.start, mine.end, there) for mine, there in found.items()]
        return numbers + [(mine.start, mine.end, any(map(mine.same, days))) for mine in self.claim.dates]

    @cached_property
    def computed(self) -> dict[Number, tuple[Number, ...]]:
        """The numbers of the claim that follow from others in it: no source needs to say them, nor can say otherwise."""
        return {item.result: item.operands for item in reckonings(self.claim) if item.is_right}

    @cached_property
    def _weights(self) -> dict[str, float]:
        return {word.stem: self.context.weight(word.stem) for word in self.claim.content}


def _only(same: Callable[[T], bool], here: Sequence[T], there: Sequence[T]) -> bool:
    """Whether the same thing is here and not there."""
    return any(map(same, here)) and not any(map(same, there))
