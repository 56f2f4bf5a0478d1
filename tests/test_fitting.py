"""The fit of the confidence, on labelled examples whose truth is known."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from bench.functions.fitting import MOST_WRONG, fit
from bench.functions.measures import area_under_curve, calibration_error, reliability


def example(task: int, agreement: float, noise: float, *, right: bool) -> dict[str, Any]:
    return {"task": f"t/{task}", "count": 8, "right": right, "features": {"agreement": agreement, "noise": noise}}


def rows(count: int, seed: int = 0) -> list[dict[str, Any]]:
    """Right with the probability that the agreement says; the other feature says nothing."""
    drawn = random.Random(seed)
    found = []
    for task in range(count):
        agreement = drawn.random()
        found.append(example(task, agreement, drawn.random(), right=drawn.random() < agreement**0.5 * 0.98))
    return found


def test_what_tells_gets_the_weight() -> None:
    found = fit(rows(600))
    assert found.terms["agreement"].weight > 5 * abs(found.terms["noise"].weight)
    assert found.summary["auroc"] > 0.7 and found.summary["ece"] < 0.1


def test_the_threshold_keeps_its_promise_on_unseen_tasks() -> None:
    sure = [example(task, 1.0, 0.0, right=True) for task in range(1000, 1100)]
    torn = [example(task, 0.0, 0.0, right=task % 2 == 0) for task in range(2000, 2100)]
    found = fit([*sure, *torn])
    assert found.summary["called"] == 100 and found.summary["called_wrong"] <= MOST_WRONG * 100
    assert found.summary["right"] == 150 and found.summary["right_called"] == 100


def test_nothing_is_called_verified_where_nothing_tells() -> None:
    drawn = random.Random(1)
    found = fit([example(task, 0.5, 0.5, right=drawn.random() < 0.5) for task in range(100)])
    assert found.threshold == 1.0 and found.summary["called"] <= 1


def test_the_examples_of_one_task_count_once() -> None:
    once, thrice = rows(90), [row for row in rows(90) for _ in range(3)]
    assert fit(thrice).terms["agreement"].weight == pytest.approx(fit(once).terms["agreement"].weight, rel=0.01)


def test_measures() -> None:
    right, weights = np.array([1.0, 1.0, 0.0, 0.0]), np.ones(4)
    assert area_under_curve(np.array([0.9, 0.8, 0.2, 0.1]), right, weights) == 1.0
    assert area_under_curve(np.array([0.5, 0.5, 0.5, 0.5]), right, weights) == 0.5
    assert calibration_error(right, right, weights) == 0.0
    assert calibration_error(np.array([0.55, 0.55, 0.55, 0.55]), right, weights) == pytest.approx(0.05)
    (one,) = reliability(np.array([0.55, 0.55, 0.55, 0.55]), right, weights)
    assert one == {"said": pytest.approx(0.55), "right": 0.5, "weight": 4.0}
