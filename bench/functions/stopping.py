"""Stopping: more candidates are asked for until a function is sure enough, so it is called verified the first time that
it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.measures import Floats

MOST_WRONG = 0.03
"""Of what is called verified."""
LEAST_CALLED = 20
"""Tasks that a threshold must call verified, so that it is not chosen on a handful."""
NEVER = 1.0
"""A threshold that nothing reaches: no probability is 1."""
BARRED = -1.0
"""Said instead of a probability where the product calls nothing verified, however probable it is."""


def in_order(rows: Sequence[Mapping[str, Any]]) -> list[list[int]]:
    """For each task the numbers of the examples that it goes through, those with few candidates first, those without the
    tester before."""
    found: dict[str, list[int]] = {}
    way = [index for index, row in enumerate(rows) if row.get("on_the_way", True)]
    for index in sorted(way, key=lambda index: (rows[index]["count"], rows[index].get("tester", True))):
        found.setdefault(rows[index]["task"], []).append(index)
    return list(found.values())


def endings(order: Sequence[Sequence[int]], said: Floats, threshold: float) -> list[int]:
    """For each task the number of the example with which it ends: the first that is sure enough, or the last."""
    return [next((index for index in indices if said[index] >= threshold), indices[-1]) for indices in order]


def best_threshold(order: Sequence[Sequence[int]], said: Floats) -> float:
    """The least probability with which at most 3 % of what is called verified is wrong, by the probabilities themselves;
    `NEVER` where there is none.

    Counts of wrong ones would decide by one or two tasks: where 40 are called, 3 % are one.
    """
    own = said[[index for indices in order for index in indices]]
    values = np.unique(own[own > 0])
    good = [float(value) for value in values if _holds(order, said, float(value))]
    return good[0] if good else NEVER


def calls(order: Sequence[Sequence[int]], said: Floats, folds: NDArray[np.int64]) -> list[int]:
    """The examples that are called verified, each with a threshold that was chosen on the other folds, by what fits
    without these said of them."""
    found = []
    for fold in np.unique(folds):
        others = [indices for indices in order if folds[indices[0]] != fold]
        mine = [indices for indices in order if folds[indices[0]] == fold]
        threshold = best_threshold(others, said)
        found += [index for index in endings(mine, said, threshold) if said[index] >= threshold]
    return found


def _holds(order: Sequence[Sequence[int]], said: Floats, threshold: float) -> bool:
    called = [index for index in endings(order, said, threshold) if said[index] >= threshold]
    return len(called) >= LEAST_CALLED and float(np.mean(1 - said[called])) <= MOST_WRONG
