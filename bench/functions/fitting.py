"""Fits the confidence: logistic regression with a penalty, everything that is chosen chosen by cross-validation.

    python -m bench.functions fit mbpp-fit --data DIR

All examples of a task are in the same fold and weigh one task together. Writes the calibration that Macrohard ships and
`bench/results/fit.json`, which says how it does on tasks that a fold had not seen.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]
from scipy.special import expit  # type: ignore[import-untyped]

from bench.functions.measures import Floats, area_under_curve, calibration_error, interval, reliability, surest_first
from bench.functions.stopping import BARRED, best_threshold, calls, endings, in_order
from bench.page_parts import wilson
from macrohard.truth.confidence import Term, told

FOLDS = 10
PENALTIES = (0.3, 1.0, 3.0, 10.0, 30.0)
"""Of the sum of squared weights, halved; the data weigh one for each task."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The coefficients, and what cross-validation says of them."""

    intercept: float
    terms: dict[str, Term]
    threshold: float
    summary: dict[str, Any]


def fit(rows: Sequence[dict[str, Any]]) -> Fit:
    """Fit on labelled examples, as `examples` makes them."""
    names = list(rows[0]["features"])
    values = np.array([[row["features"][name] for name in names] for row in rows])
    right = np.array([float(row["right"]) for row in rows])
    per_task = Counter(row["task"] for row in rows)
    weights = np.array([1 / per_task[row["task"]] for row in rows])
    mean, scale = values.mean(axis=0), np.where(values.std(axis=0) > 1e-6, values.std(axis=0), 1.0)
    scaled = (values - mean) / scale
    order = {task: number for number, task in enumerate(sorted(per_task))}
    folds = np.array([order[row["task"]] % FOLDS for row in rows])
    unseen = {penalty: _unseen(scaled, right, weights, folds, penalty) for penalty in PENALTIES}
    losses = {penalty: _loss(found, right, weights) for penalty, found in unseen.items()}
    best = min(losses, key=lambda penalty: losses[penalty])
    solved = _solve(scaled, right, weights, best)
    crossed = _Crossed(unseen[best], right, np.array([row["barred"] for row in rows]), in_order(rows), folds)
    seen = zip(names, mean, scale, solved[:-1], values.min(axis=0), values.max(axis=0), strict=True)
    terms = {name: _term(*map(float, numbers)) for name, *numbers in seen}
    summary = {
        "tasks": len(per_task),
        "examples": len(rows),
        "penalty": best,
        "log_losses": {str(penalty): round(loss, 4) for penalty, loss in losses.items()},
        **crossed.summary(np.array([row["count"] for row in rows])),
    }
    return Fit(round(float(solved[-1]), 6), terms, crossed.threshold, summary)


def _term(mean: float, scale: float, weight: float, low: float, high: float) -> Term:
    """Rounded, the range outwards."""
    bounds = {"low": math.floor(low * 1e6) / 1e6, "high": math.ceil(high * 1e6) / 1e6}
    return Term(mean=round(mean, 6), scale=round(scale, 6), weight=round(weight, 6), **bounds)


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
        return best_threshold(self.tasks, self._callable, self.right)

    @cached_property
    def _callable(self) -> Floats:
        return np.where(self.barred, BARRED, self.said)

    def summary(self, counts: NDArray[np.int64]) -> dict[str, Any]:
        """How the tasks end, each with the example at which the product stops. What is called verified is counted with
        thresholds that were chosen on the other folds, since one that was chosen on a task flatters it."""
        last = endings(self.tasks, self._callable, self.threshold)
        said, right = self.said[last], self.right[last]
        called = calls(self.tasks, self._callable, self.right, self.folds)
        wrong = int((1 - self.right[called]).sum())
        return {
            "threshold": self.threshold,
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


def _unseen(values: Floats, right: Floats, weights: Floats, folds: NDArray[np.int64], penalty: float) -> Floats:
    """For each example what a fit without its fold says; one half where there is nothing but its fold."""
    found = np.full(len(right), 0.5)
    for fold in set(folds.tolist()):
        seen = folds != fold
        if not seen.any():
            continue
        solved = _solve(values[seen], right[seen], weights[seen], penalty)
        within = np.clip(values[~seen], values[seen].min(axis=0), values[seen].max(axis=0))
        found[~seen] = [told(float(value)) for value in _probability(within, solved)]
    return found


def _probability(values: Floats, solved: Floats) -> Floats:
    found: Floats = expit(values @ solved[:-1] + solved[-1])
    return found


def _solve(values: Floats, right: Floats, weights: Floats, penalty: float) -> Floats:
    """Weights, and the intercept at the end, which is not penalised."""

    def cost(solved: Floats) -> tuple[float, Floats]:
        found = _probability(values, solved)
        off = weights * (found - right)
        gradient = np.append(values.T @ off + penalty * solved[:-1], off.sum())
        size = penalty / 2 * float(solved[:-1] @ solved[:-1])
        return _loss(found, right, weights) * float(weights.sum()) + size, gradient

    found: Floats = minimize(cost, np.zeros(values.shape[1] + 1), jac=True, method="L-BFGS-B").x
    return found


def _loss(found: Floats, right: Floats, weights: Floats) -> float:
    """Mean log loss a task."""
    safe = np.clip(found, 1e-9, 1 - 1e-9)
    return float(-(weights * (right * np.log(safe) + (1 - right) * np.log(1 - safe))).sum() / weights.sum())
