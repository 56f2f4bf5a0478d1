"""The fit of the confidence, on labelled examples whose truth is known."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np
import pytest

from bench.functions.fitting import Fit, fit
from bench.functions.stopping import NEVER, best_threshold, calls, endings, in_order
from bench.measures import area_under_curve, calibration_error, error_by_chance, interval, reliability


def example(task: int, agreement: float, noise: float, *, right: bool, count: int = 8) -> dict[str, Any]:
    return {
        "task": f"t/{task}",
        "count": count,
        "right": right,
        "barred": False,
        "features": {"agreement": agreement, "noise": noise},
    }


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
    assert found.summary["auroc"]["value"] > 0.7 and found.summary["ece"]["value"] < 0.1


def test_what_is_sure_is_called_verified_and_what_is_torn_is_not() -> None:
    sure = [example(task, 1.0, 0.0, right=True) for task in range(1000, 1100)]
    torn = [example(task, 0.0, 0.0, right=task % 2 == 0) for task in range(2000, 2100)]
    found = fit([*sure, *torn])
    assert found.summary["called"] == 100 and found.summary["called_wrong"] == 0
    assert found.summary["right"] == 150
    assert found.summary["called_wrong_interval_95"][0] == 0 < found.summary["called_wrong_interval_95"][1] < 0.04


def test_what_the_jury_abstains_from_is_not_called_verified() -> None:
    sure = [example(task, 1.0, 0.0, right=True) for task in range(100)]
    torn = [example(task, 0.0, 0.0, right=task % 2 == 0) for task in range(100, 200)]
    barred = [{**row, "barred": True} for row in sure[:40]]
    assert fit([*barred, *sure[40:], *torn]).summary["called"] == 60


def test_what_is_said_of_calls_holds_on_tasks_that_are_drawn_afresh() -> None:
    """A threshold that is reported on the tasks on which it was chosen flatters itself."""
    said, came = 0.0, 0.0
    fresh = rows(20_000, seed=77)
    for seed in range(12):
        found = fit(rows(300, seed))
        called = [row["right"] for row in fresh if _probability(found, row) >= found.threshold]
        if called and found.summary["called"]:
            said += found.summary["called_wrong"] / found.summary["called"]
            came += 1 - sum(called) / len(called)
    assert came > 0 and said == pytest.approx(came, abs=0.25)


def _probability(found: Fit, row: dict[str, Any]) -> float:
    total = found.intercept + sum(term.adds(row["features"][name]) for name, term in found.terms.items())
    return 1 / (1 + math.exp(-total))


def test_nothing_is_called_verified_where_nothing_tells() -> None:
    drawn = random.Random(1)
    found = fit([example(task, 0.5, 0.5, right=drawn.random() < 0.5) for task in range(100)])
    assert found.threshold == NEVER and found.summary["called"] == 0


def test_the_examples_of_one_task_count_once() -> None:
    once, thrice = rows(90), [row for row in rows(90) for _ in range(3)]
    assert fit(thrice).terms["agreement"].weight == pytest.approx(fit(once).terms["agreement"].weight, rel=0.01)


def test_a_task_ends_with_the_first_example_that_is_sure_enough() -> None:
    """So that a chance to be sure by mistake, which grows with every look, is counted."""
    every = [example(1, 0, 0, right=True, count=count) for count in (8, 4, 16)]
    order = in_order([*every, example(2, 0, 0, right=False)])
    assert order == [[1, 0, 2], [3]]
    said = np.array([0.9, 0.5, 0.95, 0.2])
    assert endings(order, said, 0.8) == [0, 3]
    assert endings(order, said, 0.4) == [1, 3]
    assert endings(order, said, 0.99) == [2, 3]


def test_the_threshold_is_the_least_that_keeps_the_promise() -> None:
    order = [[index] for index in range(60)]
    said = np.array([0.99] * 30 + [0.96] * 30)
    assert best_threshold(order, said) == 0.96
    assert best_threshold(order, np.where(said == 0.96, 0.9, said)) == 0.99
    assert best_threshold(order[:10], said) == NEVER


def test_a_threshold_is_never_chosen_on_the_fold_that_it_is_held_against() -> None:
    """The first fold is less sure: a threshold that was chosen with it would be another one."""
    order = [[index] for index in range(60)]
    folds = np.array([0] * 30 + [1] * 30)
    said = np.array([0.98] * 30 + [0.99] * 30)
    assert calls(order, said, folds) == list(range(30, 60))


def test_measures() -> None:
    right = np.array([1.0, 1.0, 0.0, 0.0])
    assert area_under_curve(np.array([0.9, 0.8, 0.2, 0.1]), right) == 1.0
    assert area_under_curve(np.array([0.5, 0.5, 0.5, 0.5]), right) == 0.5
    assert calibration_error(right, right) == 0.0
    assert calibration_error(np.array([0.55, 0.55, 0.55, 0.55]), right) == pytest.approx(0.05)
    (one,) = reliability(np.array([0.55, 0.55, 0.55, 0.55]), right)
    assert one == {"said": pytest.approx(0.55), "right": 0.5, "n": 4}


def test_an_interval_holds_the_value_and_shrinks_with_more_tasks() -> None:
    few, many = np.array([0.9, 0.7, 0.6, 0.1] * 5), np.array([0.9, 0.7, 0.6, 0.1] * 50)
    found = [interval(calibration_error, said, np.resize([1.0, 1.0, 0.0, 0.0], len(said))) for said in (few, many)]
    for item in found:
        assert item["interval_95"][0] <= item["value"] <= item["interval_95"][1]
    assert np.diff(found[1]["interval_95"]) < np.diff(found[0]["interval_95"])


def test_what_cannot_be_measured_is_absent() -> None:
    assert interval(area_under_curve, np.array([0.9, 0.8]), np.ones(2)) == {"value": None, "interval_95": None}


def test_a_calibration_error_is_held_against_what_chance_makes_of_right_probabilities() -> None:
    said = np.full(200, 0.5)
    mean, most = error_by_chance(said)
    assert mean == pytest.approx(math.sqrt(0.25 / 200) * math.sqrt(2 / math.pi), rel=0.1)  # of a normal distance from 0
    assert most == pytest.approx(1.96 * math.sqrt(0.25 / 200), rel=0.1)
    assert error_by_chance(np.array([0.0, 1.0])) == (0.0, 0.0)
