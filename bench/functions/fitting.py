"""Fits the confidence: logistic regression with a penalty, everything that is chosen chosen by cross-validation.

    python -m bench.functions fit mbpp-fit algorithms --data DIR

All examples of a task are in the same fold and weigh one task together. Writes the calibration that Macrohard ships and
`bench/results/fit.json`, which says how it does on tasks that a fold had not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.functions.stopping import BARRED, best_threshold, calls, endings, in_order
from bench.logistic import Fit, logistic
from bench.measures import Floats, area_under_curve, calibration_error, interval, reliability, surest_first
from bench.page_parts import wilson


def fit(rows: Sequence[dict[str, Any]]) -> Fit:
    """Fit on labelled examples, as `examples` makes them."""
    names = list(rows[0]["features"])
    values = np.array([[row["features"][name] for name in names] for row in rows])
    right = np.array([float(row["right"]) for row in rows])
    found = logistic(names, values, right, [row["task"] for row in rows])
    crossed = _Crossed(found.unseen, right, np.array([row["barred"] for row in rows]), in_order(rows), found.folds)
    counts = np.array([row["count"] for row in rows])
    summary = {**found.summary, "threshold": crossed.threshold, **crossed.summary(counts)}
    sets = [str(row.get("set", "")) for row in rows]
    if len(set(sets)) > 1:
        parts = {
            name: [indices for indices in crossed.tasks if sets[indices[0]] == name] for name in dict.fromkeys(sets)
        }
        summary["sets"] = {name: crossed.summary(counts, tasks) for name, tasks in parts.items()}
    return Fit(found.intercept, found.terms, crossed.threshold, summary)


@dataclass(frozen=True)
class _Crossed:
    """What cross-validation says: of each example by a fit without its fold."""

    said: Floats
    right: Floats
    barred: NDArray[np.bool_]
    tasks: Sequence[Sequence[int]]
    folds: NDArray[np.int64]

    @cached_property
    def threshold(self) -> float:
        """Of the product, chosen on all tasks."""
        return best_threshold(self.tasks, self._callable)

    @cached_property
    def _callable(self) -> Floats:
        return np.where(self.barred, BARRED, self.said)

    @cached_property
    def _called(self) -> set[int]:
        return set(calls(self.tasks, self._callable, self.folds))

    def summary(self, counts: NDArray[np.int64], tasks: Sequence[Sequence[int]] | None = None) -> dict[str, Any]:
        """How these tasks end, all where none are named, each with the example at which the product stops. What is called
        verified is counted with thresholds that were chosen on the other folds of all tasks, since one that was chosen on a task
        flatters it."""
        tasks = self.tasks if tasks is None else tasks
        last = endings(tasks, self._callable, self.threshold)
        said, right = self.said[last], self.right[last]
        called = [index for indices in tasks for index in indices if index in self._called]
        wrong = int((1 - self.right[called]).sum())
        return {
            "tasks": len(tasks),
            "auroc": interval(area_under_curve, said, right),
            "ece": interval(calibration_error, said, right),
            "right": int(right.sum()),
            "called": len(called),
            "called_wrong": wrong,
            "called_wrong_interval_95": [round(bound, 4) for bound in wilson(wrong, len(called))],
            "mean_candidates": round(float(counts[last].mean()), 2),
            "reliability": reliability(said, right),
            "ended": surest_first(said, right),
        }
