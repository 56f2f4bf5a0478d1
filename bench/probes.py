"""Linear probes on hidden states: fits without some folds, so that what is said of an example comes from fits that had not seen it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit  # type: ignore[import-untyped]

from bench.logistic import log_loss, solve
from bench.measures import Floats

PENALTIES = (10.0, 30.0, 100.0, 300.0, 1000.0)
"""Of the squared weights of a probe, which has more dimensions than there are tasks."""
Rows = NDArray[np.bool_]
Pair = tuple[int, int]
Says = Callable[[Rows], Floats]
"""Log-odds of all examples by a fit on these rows."""


@dataclass(frozen=True, slots=True)
class Examples:
    """What a fit learns from."""

    values: Floats
    """Examples x numbers."""
    right: Floats
    folds: NDArray[np.int64]
    tasks: Sequence[str]
    """What each belongs to; each task weighs the same."""

    @property
    def weights(self) -> Floats:
        """Of each example."""
        counts = Counter(self.tasks)
        return np.array([1 / counts[task] for task in self.tasks])


@dataclass(frozen=True, slots=True)
class Linear:
    """Fits weights on some of the examples."""

    examples: Examples
    penalty: float

    def says(self, rows: Rows) -> Floats:
        """Log-odds of all examples by a fit on these rows."""
        mean, scale, solved = self._fitted(rows)
        found: Floats = (self.examples.values - mean) / scale @ solved[:-1] + solved[-1]
        return found

    def direction(self) -> tuple[float, Floats]:
        """The intercept and the weights of a fit on all examples, for values as they are."""
        mean, scale, solved = self._fitted(np.ones(len(self.examples.right), dtype=bool))
        weights = solved[:-1] / scale
        return float(solved[-1] - weights @ mean), weights

    def _fitted(self, rows: Rows) -> tuple[Floats, Floats, Floats]:
        seen = self.examples.values[rows]
        mean, spread = seen.mean(axis=0), seen.std(axis=0)
        scale = np.where(spread > 1e-6, spread, 1.0)
        right, weights = self.examples.right[rows], self.examples.weights[rows]
        return mean, scale, solve((seen - mean) / scale, right, weights, self.penalty)


def best_linear(examples: Examples) -> Linear:
    """The one of PENALTIES with the least mean loss over all folds."""

    def loss(linear: Linear) -> float:
        said = expit(left_out(examples.folds, linear.says))
        return log_loss(said, examples.right, examples.weights)

    return min((Linear(examples, penalty) for penalty in PENALTIES), key=loss)


def left_out(folds: NDArray[np.int64], says: Says) -> Floats:
    """Log-odds of each example by a fit without its fold."""
    found = np.zeros(len(folds))
    for fold in sorted(set(folds.tolist())):
        here = folds == fold
        found[here] = says(~here)[here]
    return found


@dataclass(frozen=True)
class Crossed:
    """What fits say of examples that they have not seen, each fitted once."""

    folds: NDArray[np.int64]
    says: Says

    @cached_property
    def single(self) -> Floats:
        """Log-odds of each example by a fit without its fold."""
        return left_out(self.folds, self.says)

    @cached_property
    def _pairs(self) -> dict[Pair, Floats]:
        """Log-odds of all examples by fits without two folds, for each two."""
        return {
            pair: self.says(~np.isin(self.folds, pair)) for pair in combinations(sorted(set(self.folds.tolist())), 2)
        }

    def without(self, fold: int) -> Floats:
        """Log-odds of the examples of the other folds, for a second fit to learn from, by fits that have seen neither their own fold nor
        this one, and of those of this one by a fit that has not seen it."""
        found = self.single.copy()
        for other in set(self.folds.tolist()) - {fold}:
            rows = self.folds == other
            found[rows] = self._pairs[min(fold, other), max(fold, other)][rows]
        return found
