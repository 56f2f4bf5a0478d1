"""Fits how sure it is that a sentence is supported: logistic regression, and trees for whole texts, every figure by cross-validation over
sources.

Sets of claims that were made elsewhere and sets of texts that were written from their sources are fitted apart: how often a sentence
is supported of which little is found differs so much between them that one fit would be right about neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit  # type: ignore[import-untyped]

from bench.forests import Grower, Grown, grown
from bench.grounding.measuring import Found
from bench.grounding.probing import Material, probed
from bench.grounding.scored import Scored, values_of
from bench.grounding.thresholds import balanced_accuracy, best, calls
from bench.grounding.wholes import of_texts
from bench.logistic import Logistic, logistic
from bench.measures import Floats, area_under_curve, calibration_error, interval, reliability
from bench.probes import Crossed, Examples, Linear, Says
from macrohard.answers.grounding.sureness import ELSEWHERE, FROM_SOURCES, IN_TEXT, READ, WHOLE

KINDS = {ELSEWHERE: ("wice", "fever-symmetric"), FROM_SOURCES: ("ragtruth", "begin"), IN_TEXT: ("ragtruth",)}
"""Of the claims of each, the sets that it is fitted on."""
ANSWERS = "ragtruth"
"""The set of whole texts, in which each sentence is marked."""
Fitter = Callable[[Sequence[str], Floats, Floats, Sequence[str]], Logistic | Grown]
States = Mapping[str, Floats]
"""What is read -> the hidden state at its end."""


def fits(sets: Mapping[str, Sequence[Found]], states: Mapping[str, States]) -> dict[str, Scored]:
    """One for each kind of text and one for whole texts, by the words alone; and such with what a model has read, where it has read
    all sets of a kind."""
    scored: dict[str, Scored] = {}
    for kind, names in KINDS.items():
        claims = Claims.of_sets({name: sets[name] for name in names})
        scored[kind] = words = claims.by_words(grown if kind == IN_TEXT else logistic)
        if set(names) <= set(states):
            scored[f"{kind}{READ}"] = claims.read(words, states)
    for end in ("", READ):
        if in_text := scored.get(f"{IN_TEXT}{end}"):
            scored[f"{WHOLE}{end}"] = of_texts(sets[ANSWERS], in_text)
    return scored


@dataclass(frozen=True)
class Claims:
    """The claims of a kind of text that have a probability."""

    items: Sequence[Found]
    of: NDArray[np.str_]
    """The set of each."""
    counts: Mapping[str, int]
    """Set -> its claims, also those without a probability."""

    @classmethod
    def of_sets(cls, sets: Mapping[str, Sequence[Found]]) -> Claims:
        """Those of all sets, one after the other."""
        rows = [(name, item) for name, found in sets.items() for item in found if item.features is not None]
        names = np.array([name for name, _ in rows])
        return cls([item for _, item in rows], names, {name: len(found) for name, found in sets.items()})

    @cached_property
    def right(self) -> Floats:
        """1 for each that people call supported."""
        return np.array([float(item.supported) for item in self.items])

    @cached_property
    def tasks(self) -> list[str]:
        """The family that each belongs to."""
        return [f"{name}-{item.source}" for name, item in zip(self.of, self.items, strict=True)]

    @cached_property
    def values(self) -> Floats:
        """Claims x features."""
        return values_of([item.features or {} for item in self.items])

    def by_words(self, fitter: Fitter) -> Scored:
        """By what is found of them in their sources."""
        found = fitter(list(self.items[0].features or {}), self.values, self.right, self.tasks)
        threshold = best(balanced_accuracy, found.unseen)
        crossed = Crossed(found.folds, self._says(found))
        inner = dict(_inner(found, crossed)) if isinstance(found, Grown) else {}
        summary = {**found.summary, "sets": self._figures(found.unseen, found.folds)}
        return Scored(found, threshold, found.unseen, summary, found.folds, crossed, inner=inner)

    def read(self, by_words: Scored, states: Mapping[str, States]) -> Scored:
        """Those that a model reads by its probe and the words, the others by the words."""
        words, crossed = by_words.found, by_words.crossed
        assert crossed is not None  # it is of words
        rows = np.array([bool(item.shown) for item in self.items])
        read = np.flatnonzero(rows).tolist()
        right, tasks = self.right, self.tasks
        hidden = np.array([states[self.of[row]][self.items[row].shown] for row in read])
        found = probed(
            Material(
                words=crossed,
                rows=rows,
                states=Examples(hidden, right[rows], words.folds[rows], [tasks[row] for row in read]),
                characters=[len(self.items[row].shown) for row in read],
                whole=[self.items[row].is_whole for row in read],
            )
        )
        said = words.unseen.copy()
        said[rows] = found.unseen
        figures = {"read": int(rows.sum()), "probe_penalty": found.penalty, "sets": self._figures(said, words.folds)}
        threshold = best(balanced_accuracy, found.unseen)
        inner = {fold: said.copy() for fold, said in by_words.inner.items()}
        for fold, said_of_read in found.inner.items() if inner else ():
            inner[fold][rows] = said_of_read
        return Scored(
            found.second, threshold, said, {**found.second.summary, **figures}, words.folds, probed=found, inner=inner
        )

    def _says(self, words: Logistic | Grown) -> Says:
        """Such a fit on some of the claims."""
        examples = Examples(self.values, self.right, words.folds, self.tasks)
        return Grower(examples).says if isinstance(words, Grown) else Linear(examples, words.summary["penalty"]).says

    def _figures(self, said: Floats, folds: NDArray[np.int64]) -> dict[str, Any]:
        sources = np.array([item.source for item in self.items])
        return {
            name: _figures(
                said[self.of == name], self.right[self.of == name], folds[self.of == name], sources[self.of == name], n
            )
            for name, n in self.counts.items()
        }


def _inner(words: Grown, crossed: Crossed) -> Iterator[tuple[int, Floats]]:
    """For each fold what is said of each claim by fits that have not seen it."""
    for fold in sorted(set(words.folds.tolist())):
        yield fold, np.where(words.folds == fold, words.unseen, expit(crossed.without(fold)))


def _figures(said: Floats, own: Floats, folds: NDArray[np.int64], sources: NDArray[np.int64], n: int) -> dict[str, Any]:
    """Of one set: the threshold is chosen on its other folds, samples for the intervals are drawn by source."""
    return {
        "n": n,
        "scored": len(said),
        "auroc": interval(area_under_curve, said, own, sources),
        "ece": interval(calibration_error, said, own, sources),
        "balanced_accuracy": interval(balanced_accuracy, calls(balanced_accuracy, said, folds), own, sources),
        "reliability": reliability(said, own),
    }
