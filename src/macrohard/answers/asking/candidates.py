"""The passages that may answer a question, the most promising first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from macrohard.answers.asking.questions import Asking
from macrohard.answers.grounding.context import Context
from macrohard.answers.grounding.words import Words, words_of
from macrohard.answers.sentences import is_heading
from macrohard.answers.sources import Document, Hit, Index

Item = TypeVar("Item")
MOST_FOUND = 24
MOST_READ = 4
"""Passages that a model reads: `bench/results/asking.json` tells how often the right one is among them."""
_BM25 = 0.3
"""What the search's own order counts beside the share of the question's words; tried by hand."""


@dataclass(frozen=True)
class Candidate:
    """A passage, with the question held against it."""

    document: Document
    spans: Sequence[tuple[int, int]]
    """Of its sentences in the text of the document."""
    weights: dict[str, float]
    """Stem of each topic of the question -> how much it tells."""
    search: float
    """How well the search thinks it fits, against the best: 0 to 1."""
    asking: Asking

    @cached_property
    def sentences(self) -> list[Words]:
        """Taken apart."""
        return [words_of(self.document.text[start:end], self.asking.words.language) for start, end in self.spans]

    @property
    def text(self) -> str:
        """Its words, on one line."""
        return " ".join(word for sentence in self.sentences for word in sentence.text.split())

    @cached_property
    def cover(self) -> float:
        """The share of the question's topics that it names, rare ones counting more."""
        return self.share(set[str]().union(*(sentence.stems for sentence in self.sentences)))

    def share(self, stems: Collection[str]) -> float:
        """The share of the question's topics that are among these stems."""
        total = sum(self.weights.values())
        return sum(weight for stem, weight in self.weights.items() if stem in stems) / total if total else 0.0

    def says(self, number: int) -> bool:
        """Whether a sentence says something: no heading and no question does."""
        is_question = self.sentences[number].text.rstrip().endswith("?")
        return not is_question and not is_heading(self.document.text, self.spans[number][0])

    def points_back(self, number: int) -> bool:
        """Whether a sentence begins with a pronoun, so that the one before it, of the same paragraph, says of what it speaks."""
        between = self.document.text[self.spans[number - 1][1] : self.spans[number][0]] if number else "\n\n"
        if between.count("\n") > 1 or not between.isspace():
            return False
        return self.sentences[number].points_back

    @property
    def promise(self) -> float:
        """By which they are ordered."""
        return self.cover + _BM25 * self.search


def candidates(asking: Asking, index: Index) -> list[Candidate]:
    """The passages that name anything of what is asked about; of those with the same words the first, since a copy is no second
    witness."""
    hits = index.search(asking.query, MOST_FOUND)
    weights = _weights(asking, hits)
    best = max((hit.score for hit in hits), default=1.0) or 1.0
    found = [Candidate(hit.document, hit.passage.sentences, weights, hit.score / best, asking) for hit in hits]
    ranked = sorted(found, key=lambda candidate: -candidate.promise)
    return firsts(ranked, lambda candidate: candidate.text)


def firsts(items: Iterable[Item], key: Callable[[Item], str]) -> list[Item]:
    """Of the items with the same key the first, in their order."""
    found: dict[str, Item] = {}
    for item in items:
        found.setdefault(key(item), item)
    return list(found.values())


def _weights(asking: Asking, hits: Sequence[Hit]) -> dict[str, float]:
    texts = [hit.document.text[start:end] for hit in hits for start, end in hit.passage.sentences]
    context = Context([words_of(text, asking.words.language) for text in texts])
    return {word.stem: context.weight(word.stem) for word in asking.topics}
