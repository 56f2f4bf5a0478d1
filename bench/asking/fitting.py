"""Fits the probability that a passage answers, and says how `ask` does with it on questions that a fold had not seen.

A probe is fitted on the hidden states, and a second fit weighs what it says of passages that it has not seen together with the words. The
threshold is where `MOST_INVENTED` of the questions without an answer get one. For what is counted, the
questions of a fold have no part in the probe, the second fit or the threshold that are used for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bench.asking.reading import Case, Read
from bench.logistic import Logistic, folds_of, logistic
from bench.measures import Floats
from bench.probes import Crossed, Examples, best_linear
from macrohard.answers.asking.sureness import at_least_one, told

MOST_INVENTED = 0.09
"""Silence on nine of ten such questions was asked for, which a threshold that just holds it here would miss on every second set of new
ones. 0.08 to 0.1 were tried (`docs/log.md`)."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a case."""

    case: Case
    said: tuple[float, ...]
    """Of each passage that was read the probability that it answers, by fits that have not seen its question."""
    passages: tuple[Read, ...]
    """Those that are told, the surest first."""


@dataclass(frozen=True, slots=True)
class Fits:
    """What is shipped, and what fits without a question say of it."""

    intercept: float
    weights: Floats
    """Of the hidden state."""
    penalty: float
    second: Logistic
    threshold: float
    unseen: list[Told]


def fit(cases: Sequence[Case]) -> Fits:
    """Fit on what was read of all questions."""
    return _Material(cases).fits()


@dataclass(frozen=True)
class _Material:
    """Every passage of every case, so that each question weighs the same and each of its cases does."""

    cases: Sequence[Case]

    @cached_property
    def _read(self) -> list[Read]:
        return [item for case in self.cases for item in case.read]

    @cached_property
    def _rows(self) -> list[NDArray[np.int64]]:
        """Of each case."""
        bounds = np.cumsum([len(case.read) for case in self.cases])
        return list(np.split(np.arange(bounds[-1]), bounds[:-1]))

    @cached_property
    def _states(self) -> Examples:
        questions = [item.question for item in self._read]
        right = np.array([float(item.right) for item in self._read])
        return Examples(np.array([item.state for item in self._read]), right, folds_of(questions), questions)

    def fits(self) -> Fits:
        linear = best_linear(self._states)
        crossed = Crossed(self._states.folds, linear.says)
        second, threshold = self._second(crossed.single, np.ones(len(crossed.folds), dtype=bool))
        intercept, weights = linear.direction()
        return Fits(intercept, weights, linear.penalty, second, threshold, self._unseen(crossed))

    def _unseen(self, crossed: Crossed) -> list[Told]:
        found = dict[int, Told]()
        for fold in sorted(set(crossed.folds.tolist())):
            here = crossed.folds == fold
            second, threshold = self._second(crossed.without(fold), ~here)
            for number, rows in enumerate(self._rows):
                if len(rows) and here[rows[0]]:
                    said = tuple(second.probability(item) for item in self._measured(crossed.single, rows))
                    found[number] = self._told(self.cases[number], said, threshold)
        return [found.get(number, Told(case, (), ())) for number, case in enumerate(self.cases)]

    def _told(self, case: Case, said: tuple[float, ...], threshold: float) -> Told:
        return Told(case, said, tuple(case.read[number] for number in told(said, threshold)))

    def _second(self, scores: Floats, rows: NDArray[np.bool_]) -> tuple[Logistic, float]:
        """The second fit on these rows, and the threshold that its own cross-validation chooses."""
        chosen = np.flatnonzero(rows)
        measured = self._measured(scores, chosen)
        names = list(measured[0])
        values = np.array([[item[name] for name in names] for item in measured])
        questions = [self._read[row].question for row in chosen.tolist()]
        found = logistic(names, values, self._states.right[chosen], questions)
        said = np.zeros(len(rows))
        said[chosen] = found.unseen
        return found, self._threshold(said, rows)

    def _measured(self, scores: Floats, rows: NDArray[np.int64]) -> list[dict[str, float]]:
        return [{"read": float(scores[row]), **self._read[row].features} for row in rows.tolist()]

    def _threshold(self, said: Floats, rows: NDArray[np.bool_]) -> float:
        """From which few enough of the cases without an answer get one; between those that were seen, by the estimate of a quantile that
        is right in the median (Hyndman and Fan 1996, definition 8)."""
        surest = [
            at_least_one(said[own].tolist())
            for case, own in zip(self.cases, self._rows, strict=True)
            if not case.left and len(own) and rows[own[0]]
        ]
        return min(0.9999, round(float(np.quantile(surest, 1 - MOST_INVENTED, method="median_unbiased")), 4))
