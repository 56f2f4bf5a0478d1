"""Stopping: more candidates are asked for until a function is sure enough, so it is called verified the first time that
it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bench.functions.measures import Floats

MOST_WRONG = 0.03
"""Of what is called verified, on tasks that the fold had not seen."""
LEAST_CALLED = 20
"""Tasks that a threshold must call verified, so that it is not chosen on a handful."""


def in_order(rows: Sequence[Mapping[str, Any]]) -> list[list[int]]:
    """For each task the numbers of its examples, those with few candidates first."""
    found: dict[str, list[int]] = {}
    for index in sorted(range(len(rows)), key=lambda index: rows[index]["count"]):
        found.setdefault(rows[index]["task"], []).append(index)
    return list(found.values())


def endings(order: Sequence[Sequence[int]], said: Floats, threshold: float) -> list[int]:
    """For each task the number of the example with which it ends: the first that is sure enough, or the last."""
    return [next((index for index in indices if said[index] >= threshold), indices[-1]) for indices in order]


def best_threshold(order: Sequence[Sequence[int]], said: Floats, right: Floats) -> float:
    """The least probability with which at most 3 % of what is called verified is wrong; 1 where there is none."""
    good = [value for value in np.unique(said) if _holds(order, said, right, float(value))]
    return float(good[0]) if good else 1.0


def _holds(order: Sequence[Sequence[int]], said: Floats, right: Floats, threshold: float) -> bool:
    called = [index for index in endings(order, said, threshold) if said[index] >= threshold]
    return len(called) >= LEAST_CALLED and float(np.mean(1 - right[called])) <= MOST_WRONG
