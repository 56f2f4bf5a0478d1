"""`kill -9` at any moment, then the same command again: the same bytes, and no model call made twice.

A step in which the process dies may be done twice; nothing else may.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from .works import KILLABLE

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """Workflow -> outcomes of all scenarios, an undisturbed run of each worker among them."""
    folder = tmp_path_factory.mktemp("killed")
    command = [sys.executable, "-m", "tests.company.kill_worker", str(folder)]
    workers = [
        subprocess.Popen([*command, str(share), str(WORKERS)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for share in range(WORKERS)
    ]
    outputs = [worker.communicate(timeout=300)[0] for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * WORKERS
    merged: dict[str, list[dict[str, Any]]] = {}
    for line in "".join(outputs).splitlines():
        found = json.loads(line)
        merged.setdefault(found["work"], []).extend(found["outcomes"])
    return merged


@pytest.fixture(params=[killable.name for killable in KILLABLE])
def outcomes(request: pytest.FixtureRequest, results: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The outcomes of one workflow."""
    return results[request.param]


def _undisturbed(outcomes: list[dict[str, Any]]) -> dict[str, Any]:
    return next(outcome for outcome in outcomes if outcome["scenario"] == "undisturbed")


def test_every_boundary_and_every_middle_of_a_step_was_killed(outcomes: list[dict[str, Any]]) -> None:
    count = len(_undisturbed(outcomes)["steps"])
    assert count >= 6
    wanted = {f"{moment} {step}" for step in range(count) for moment in ("before", "during")}
    wanted |= {f"after {count - 1}", f"finish {count}"}
    killed = {outcome["scenario"] for outcome in outcomes if outcome["killed"]}
    assert wanted <= killed


def test_the_undisturbed_run_delivers_and_asks(outcomes: list[dict[str, Any]]) -> None:
    undisturbed = _undisturbed(outcomes)
    assert undisturbed["delivered"]
    assert undisturbed["calls"]
    assert len(set(undisturbed["calls"])) == len(undisturbed["calls"])


def test_every_killed_run_finishes_with_the_same_bytes(outcomes: list[dict[str, Any]]) -> None:
    wanted = _undisturbed(outcomes)["delivered"]
    for outcome in outcomes:
        assert outcome["finished"], outcome["scenario"]
        assert outcome["delivered"] == wanted, outcome["scenario"]


def test_no_step_is_done_again_but_the_one_in_flight(outcomes: list[dict[str, Any]]) -> None:
    undisturbed = _undisturbed(outcomes)
    for outcome in outcomes:
        for what in ("steps", "calls"):
            again = Counter(outcome[what]) - Counter(undisturbed[what])
            in_flight = outcome["killed"] if outcome["scenario"].startswith(("during", "chaos")) else 0
            if what == "steps":
                assert again.total() <= in_flight, outcome["scenario"]
            elif not in_flight:
                assert not again, outcome["scenario"]
            assert not Counter(undisturbed[what]) - Counter(outcome[what]), outcome["scenario"]


def test_only_the_calls_of_the_step_in_flight_are_made_again(outcomes: list[dict[str, Any]]) -> None:
    undisturbed = _undisturbed(outcomes)
    for outcome in (outcome for outcome in outcomes if outcome["scenario"].startswith("during")):
        steps = Counter(outcome["steps"]) - Counter(undisturbed["steps"])
        calls = Counter(outcome["calls"]) - Counter(undisturbed["calls"])
        assert steps.total() == 1, outcome["scenario"]
        assert calls.total() <= 1, outcome["scenario"]
