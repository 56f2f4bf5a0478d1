"""Stopping: more candidates are asked for until a function is sure enough, so it is called verified the first time that
it is; or until it is so improbable that none like it came to be sure."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
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
HALF = 8
"""Of the sixteen candidates that every function gets which is not settled before."""


@dataclass(frozen=True, slots=True)
class Rule:
    """When a function is called verified, and when it gets no more candidates."""

    threshold: float
    reach: float = 0.0

    def ends(self, said: float, at_half: bool) -> bool:
        """Whether an example ends its task; what is barred goes on."""
        return bool(said >= self.threshold or (at_half and 0 <= said < self.reach))


def in_order(rows: Sequence[Mapping[str, Any]]) -> list[list[int]]:
    """For each task the numbers of the examples that it goes through, those with few candidates first, those without the
    tester before."""
    found: dict[str, list[int]] = {}
    way = [index for index, row in enumerate(rows) if row.get("on_the_way", True)]
    for index in sorted(way, key=lambda index: (rows[index]["count"], rows[index].get("tester", True))):
        found.setdefault(rows[index]["task"], []).append(index)
    return list(found.values())


def is_half(row: Mapping[str, Any]) -> bool:
    """Whether an example has half of the usual candidates and the checks of the tester: what is hopeless then gets no more."""
    return bool(row["count"] == HALF and row.get("tester", False))


def endings(order: Sequence[Sequence[int]], said: Floats, rule: Rule, halves: Collection[int] = ()) -> list[int]:
    """For each task the number of the example with which it ends: the first that is sure enough, the one at half of the
    candidates that is hopeless, or the last."""
    return [
        next((index for index in indices if rule.ends(said[index], index in halves)), indices[-1]) for indices in order
    ]


def best_rule(order: Sequence[Sequence[int]], said: Floats, halves: Collection[int] = ()) -> Rule:
    """The threshold, and the reach that stops none which it would have called; in steps of five hundredths, downwards."""
    threshold = best_threshold(order, said)
    came = [
        said[half]
        for indices, end in zip(order, endings(order, said, Rule(threshold)), strict=True)
        for half in indices[: indices.index(end)]
        if half in halves and said[half] >= 0 and said[end] >= threshold
    ]
    return Rule(threshold, math.floor(20 * min(came)) / 20 if came else 0.0)


def best_threshold(order: Sequence[Sequence[int]], said: Floats) -> float:
    """The least probability with which at most 3 % of what is called verified is wrong, by the probabilities themselves;
    `NEVER` where there is none.

    Counts of wrong ones would decide by one or two tasks: where 40 are called, 3 % are one.
    """
    own = said[[index for indices in order for index in indices]]
    values = np.unique(own[own > 0])
    good = [float(value) for value in values if _holds(order, said, float(value))]
    return good[0] if good else NEVER


def calls(
    order: Sequence[Sequence[int]], said: Floats, folds: NDArray[np.int64], halves: Collection[int] = ()
) -> list[int]:
    """The examples that are called verified, each by a rule that was chosen on the other folds."""
    found = []
    for fold in np.unique(folds):
        others = [indices for indices in order if folds[indices[0]] != fold]
        mine = [indices for indices in order if folds[indices[0]] == fold]
        rule = best_rule(others, said, halves)
        found += [index for index in endings(mine, said, rule, halves) if said[index] >= rule.threshold]
    return found


def _holds(order: Sequence[Sequence[int]], said: Floats, threshold: float) -> bool:
    called = [index for index in endings(order, said, Rule(threshold)) if said[index] >= threshold]
    return len(called) >= LEAST_CALLED and float(np.mean(1 - said[called])) <= MOST_WRONG
