"""From which probability on something is called so: where a measure of the calls is best."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bench.measures import Floats

Measure = Callable[[Floats, Floats], float]
_STEPS = np.arange(0.02, 1.0, 0.01)
"""Thresholds that are tried."""


def calls(measure: Measure, said: Floats, right: Floats, folds: NDArray[np.int64]) -> Floats:
    """For each 1 where it reaches the threshold that is best on the other folds."""
    found = np.zeros(len(said))
    for fold in np.unique(folds):
        others = folds != fold
        found[~others] = said[~others] >= best(measure, said[others], right[others])
    return found


def best(measure: Measure, said: Floats, right: Floats) -> float:
    """The threshold."""
    return round(float(max(_STEPS, key=lambda step: measure((said >= step).astype(float), right))), 2)


def balanced_accuracy(called: Floats, right: Floats) -> float:
    """The mean of the shares that are called so among what is so, and not among what is not; 0.5 where there is but one kind."""
    if right.min() == right.max():
        return 0.5
    return float((called[right == 1].mean() + (1 - called[right == 0]).mean()) / 2)


def f1(called: Floats, right: Floats) -> float:
    """The harmonic mean of precision and recall."""
    both = float((called * right).sum())
    return 2 * both / max(1.0, float(called.sum() + right.sum()))
