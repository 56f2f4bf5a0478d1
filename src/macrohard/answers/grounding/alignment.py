"""A claim beside the sentences that may speak of it: which has most of its words, and which words stand nowhere near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from macrohard.answers.grounding.context import Context
from macrohard.answers.grounding.words import Word, Words


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
        return self.context.around(self.best) if self.best >= 0 else ()

    @cached_property
    def near_stems(self) -> set[str]:
        """Of the best sentence and its neighbours."""
        return set().union(*(sentence.stems for sentence in self.near))

    def absent(self, stems: frozenset[str] | set[str]) -> list[Word]:
        """The words of the claim that are not among these."""
        return [word for word in self.claim.content if word.stem not in stems and not self._is_known_figure(word)]

    def cover(self, stems: frozenset[str] | set[str]) -> float:
        """The share of the claim's words that are among these, rare words counting more."""
        weights = self._weights
        return sum(weight for stem, weight in weights if stem in stems) / max(
            1e-9, sum(weight for _, weight in weights)
        )

    def without(self, absent: Sequence[Word]) -> float:
        """The share of the claim that is left when these words are taken away."""
        gone = {word.start for word in absent}
        weights = [(self.context.weight(word.stem), word.start) for word in self.claim.content]
        return sum(weight for weight, start in weights if start not in gone) / max(
            1e-9, sum(weight for weight, _ in weights)
        )

    def _is_known_figure(self, word: Word) -> bool:
        """A number or a date that stands near in another form, such as rounded."""
        numbers = [item for item in self.claim.numbers if item.start <= word.start < item.end]
        dates = [item for item in self.claim.dates if item.start <= word.start < item.end]
        known = [number for sentence in self.near for number in sentence.numbers]
        days = [date for sentence in self.near for date in sentence.dates]
        same_number = any(mine.same(other) for mine in numbers for other in known)
        return same_number or any(mine.same(other) for mine in dates for other in days)

    @cached_property
    def _weights(self) -> list[tuple[str, float]]:
        return [(word.stem, self.context.weight(word.stem)) for word in self.claim.content]


def absent_numbers(claim: Words, sentences: Sequence[Words]) -> int:
    """How many of the claim's numbers and dates stand in none of the sentences."""
    known = [number for sentence in sentences for number in sentence.numbers]
    days = [date for sentence in sentences for date in sentence.dates]
    missing = sum(not any(mine.same(other) for other in known) for mine in claim.numbers)
    return missing + sum(not any(mine.same(other) for other in days) for mine in claim.dates)
