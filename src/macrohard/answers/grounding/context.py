"""What a claim is held against: the sentences that may speak of it, each taken apart once."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from macrohard.answers.grounding.flags import Flag
from macrohard.answers.grounding.words import Words

WINDOW = 1
"""Sentences before and after one that may say the rest: names stand there that it only points to."""
_FEW = 3
"""Sentences, from which nothing can be learned about how rare a word is."""


@dataclass(frozen=True)
class Context:
    """Sentences of the sources, in their order."""

    sentences: Sequence[Words]
    is_prose: bool = True
    """False for records, each of them a sentence here: none says anything of its neighbours."""
    cuts: frozenset[int] = frozenset()
    """Numbers of sentences that do not follow on the one before: other words stand between them in the source."""
    flags: Sequence[Flag] = ()
    """What the records of the source answer with yes or no."""

    @cached_property
    def windows(self) -> list[frozenset[str]]:
        """For each sentence the stems of it and of its neighbours."""
        return [
            frozenset[str]().union(*(self.sentences[other].stems for other in self.around(number)))
            for number in range(len(self.sentences))
        ]

    @cached_property
    def stems(self) -> frozenset[str]:
        """Of all sentences."""
        return frozenset[str]().union(*(sentence.stems for sentence in self.sentences))

    def around(self, number: int) -> range:
        """The numbers of a sentence and its neighbours; a record is alone."""
        if not self.is_prose:
            return range(number, number + 1)
        first, last = number, number
        while first > max(0, number - WINDOW) and first not in self.cuts:
            first -= 1
        while last < min(len(self.sentences) - 1, number + WINDOW) and last + 1 not in self.cuts:
            last += 1
        return range(first, last + 1)

    def weight(self, stem: str) -> float:
        """How much a word tells: rare ones more (inverse document frequency, a sentence being a document)."""
        if len(self.sentences) <= _FEW:
            return 1.0
        return math.log(1 + (len(self.sentences) + 1) / (0.5 + self._counts[stem]))

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(stem for sentence in self.sentences for stem in sentence.stems)
