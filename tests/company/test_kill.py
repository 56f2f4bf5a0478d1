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


def _undisturbed(outcomes: list[dict[str, Any]], worker: int = 0) -> dict[str, Any]:
    return next(each for each in outcomes if each["scenario"] == "undisturbed" and each["worker"] == worker)


def test_every_boundary_and_every_middle_of_a_step_was_killed(outcomes: list[dict[str, Any]]) -> None:
    """In one run that was killed everywhere, one place after the other; for a quick command also in a run for each."""
    count = len(_undisturbed(outcomes)["steps"])
    assert count >= 6
    killed = {outcome["scenario"]: outcome["killed"] for outcome in outcomes}
    assert killed["everywhere"] == 2 * count + 2
    assert killed["chance"] >= 2
    if f"finish {count}" in killed:
        wanted = {f"{moment} {step}" for step in range(count) for moment in ("before", "during")}
        assert all(killed[place] == 1 for place in wanted | {f"after {count - 1}", f"finish {count}"})


def test_the_undisturbed_run_delivers_and_asks(outcomes: list[dict[str, Any]]) -> None:
    undisturbed = _undisturbed(outcomes)
    assert undisturbed["delivered"]
    assert undisturbed["calls"]


def test_every_killed_run_finishes_with_the_same_bytes(outcomes: list[dict[str, Any]]) -> None:
    for outcome in outcomes:
        assert outcome["finished"], outcome["scenario"]
        assert outcome["delivered"] == _undisturbed(outcomes, outcome["worker"])["delivered"], outcome["scenario"]


def test_nothing_is_done_again_but_the_step_in_flight(outcomes: list[dict[str, Any]]) -> None:
    for outcome in outcomes:
        undisturbed = _undisturbed(outcomes, outcome["worker"])
        again = Counter(outcome["steps"]) - Counter(undisturbed["steps"])
        assert again.total() <= _in_flight(outcome, undisturbed), outcome["scenario"]
        assert not Counter(undisturbed["steps"]) - Counter(outcome["steps"]), outcome["scenario"]


def test_no_call_is_made_again_but_those_of_the_step_in_flight(outcomes: list[dict[str, Any]]) -> None:
    for outcome in outcomes:
        undisturbed = _undisturbed(outcomes, outcome["worker"])
        calls = Counter(outcome["calls"]) - Counter(undisturbed["calls"])
        steps = Counter(outcome["steps"]) - Counter(undisturbed["steps"])
        assert calls.total() <= steps.total(), outcome["scenario"]
        assert not Counter(undisturbed["calls"]) - Counter(outcome["calls"]), outcome["scenario"]


def _in_flight(outcome: dict[str, Any], undisturbed: dict[str, Any]) -> int:
    """How many times a process died inside a step, at most."""
    if outcome["scenario"] == "everywhere":
        return len(undisturbed["steps"])
    return int(outcome["killed"]) if outcome["scenario"].startswith(("during", "chance")) else 0
