"""Logistic regression with a penalty, the penalty chosen by cross-validation: how every calibration is fitted.

All examples of a task are in the same fold and weigh one task together.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]
from scipy.special import expit  # type: ignore[import-untyped]

from bench.measures import Floats
from macrohard.truth.confidence import Term, told

FOLDS = 10
PENALTIES = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
"""Of the sum of squared weights, halved; the data weigh one for each task."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The coefficients, and what cross-validation says of them."""

    intercept: float
    terms: dict[str, Term]
    threshold: float
    summary: dict[str, Any]


@dataclass(frozen=True)
class Logistic:
    """A fit on all examples, and what fits without the fold of each say of it."""

    intercept: float
    terms: dict[str, Term]
    unseen: Floats
    """For each example the probability by a fit that had not seen its fold."""
    folds: NDArray[np.int64]
    summary: dict[str, Any]
    """How many, the penalty and what it was chosen by."""

    def probability(self, measured: Mapping[str, float]) -> float:
        """What the fit says of numbers by their names, as a calibration with it would."""
        total = self.intercept + sum(term.adds(measured[name]) for name, term in self.terms.items())
        return told(float(expit(np.clip(total, -30, 30))))


def logistic(names: Sequence[str], values: Floats, right: Floats, tasks: Sequence[str]) -> Logistic:
    """Fit on examples: `values` is examples x features, `right` 0 or 1, `tasks` what each belongs to."""
    per_task = Counter(tasks)
    weights = np.array([1 / per_task[task] for task in tasks])
    mean, scale = values.mean(axis=0), np.where(values.std(axis=0) > 1e-6, values.std(axis=0), 1.0)
    scaled = (values - mean) / scale
    folds = folds_of(tasks)
    unseen = {penalty: _unseen(scaled, right, weights, folds, penalty) for penalty in PENALTIES}
    losses = {penalty: log_loss(found, right, weights) for penalty, found in unseen.items()}
    best = min(losses, key=lambda penalty: losses[penalty])
    solved = solve(scaled, right, weights, best)
    seen = zip(names, mean, scale, solved[:-1], values.min(axis=0), values.max(axis=0), strict=True)
    summary = {
        "tasks": len(per_task),
        "examples": len(tasks),
        "penalty": best,
        "log_losses": {str(penalty): round(loss, 4) for penalty, loss in losses.items()},
    }
    terms = {name: _term(*map(float, numbers)) for name, *numbers in seen}
    return Logistic(round(float(solved[-1]), 6), terms, unseen[best], folds, summary)


def folds_of(tasks: Sequence[str]) -> NDArray[np.int64]:
    """For each example the fold of its task."""
    order = {task: number for number, task in enumerate(sorted(set(tasks)))}
    return np.array([order[task] % FOLDS for task in tasks])


def _term(mean: float, scale: float, weight: float, low: float, high: float) -> Term:
    """Rounded, the range outwards."""
    bounds = {"low": math.floor(low * 1e6) / 1e6, "high": math.ceil(high * 1e6) / 1e6}
    return Term(mean=round(mean, 6), scale=round(scale, 6), weight=round(weight, 6), **bounds)


def _unseen(values: Floats, right: Floats, weights: Floats, folds: NDArray[np.int64], penalty: float) -> Floats:
    """For each example what a fit without its fold says; one half where there is nothing but its fold."""
    found = np.full(len(right), 0.5)
    for fold in set(folds.tolist()):
        seen = folds != fold
        if not seen.any():
            continue
        solved = solve(values[seen], right[seen], weights[seen], penalty)
        within = np.clip(values[~seen], values[seen].min(axis=0), values[seen].max(axis=0))
        found[~seen] = [told(float(value)) for value in _probability(within, solved)]
    return found


def _probability(values: Floats, solved: Floats) -> Floats:
    found: Floats = expit(values @ solved[:-1] + solved[-1])
    return found


def solve(values: Floats, right: Floats, weights: Floats, penalty: float) -> Floats:
    """Weights, and the intercept at the end, which is not penalised."""

    def cost(solved: Floats) -> tuple[float, Floats]:
        found = _probability(values, solved)
        off = weights * (found - right)
        gradient = np.append(values.T @ off + penalty * solved[:-1], off.sum())
        size = penalty / 2 * float(solved[:-1] @ solved[:-1])
        return log_loss(found, right, weights) * float(weights.sum()) + size, gradient

    found: Floats = minimize(cost, np.zeros(values.shape[1] + 1), jac=True, method="L-BFGS-B").x
    return found


def log_loss(found: Floats, right: Floats, weights: Floats) -> float:
    """Mean log loss a task."""
    safe = np.clip(found, 1e-9, 1 - 1e-9)
    return float(-(weights * (right * np.log(safe) + (1 - right) * np.log(1 - safe))).sum() / weights.sum())
