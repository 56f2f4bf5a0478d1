"""From which probability on something is called so: where a measure of the calls should be best, if the probabilities hold.

Not where it was best on the labels, which jumps with a few of them (`docs/log.md`, Thresholds).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bench.measures import Floats

Measure = Callable[[Floats, Floats], float]
_STEPS = np.arange(0.02, 1.0, 0.01)
"""Thresholds that are tried."""


def calls(measure: Measure, said: Floats, folds: NDArray[np.int64]) -> Floats:
    """For each 1 where it reaches the threshold that should be best on the other folds."""
    found = np.zeros(len(said))
    for fold in np.unique(folds):
        others = folds != fold
        found[~others] = said[~others] >= best(measure, said[others])
    return found


def best(measure: Measure, said: Floats) -> float:
    """The threshold with the best measure of what is expected: each counts as right as far as it is probable."""
    return round(float(max(_STEPS, key=lambda step: measure((said >= step).astype(float), said))), 2)


def balanced_accuracy(called: Floats, right: Floats) -> float:
    """The mean of the shares that are called so among what is so, and not among what is not; 0.5 where there is but one kind."""
    so, others = float(right.sum()), float((1 - right).sum())
    if not so or not others:
        return 0.5
    return (float((called * right).sum()) / so + float(((1 - called) * (1 - right)).sum()) / others) / 2


def f1(called: Floats, right: Floats) -> float:
    """The harmonic mean of precision and recall."""
    both = float((called * right).sum())
    return 2 * both / max(1.0, float(called.sum() + right.sum()))
