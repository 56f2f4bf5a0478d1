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

from .kill_worker import every_place, singly
from .killables import KILLABLE

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
    """In one run that was killed everywhere, one place after the other; for the build also in runs of their own for some places."""
    steps = len(_undisturbed(outcomes)["steps"])
    assert steps >= 6
    killed = {outcome["scenario"]: outcome["killed"] for outcome in outcomes}
    assert killed["everywhere"] == 2 * steps + 2
    assert killed["chance"] >= 1
    if f"finish {steps}" in killed:
        alone = [str(place) for place in singly(list(every_place(steps)))]
        assert len(alone) >= 8 and all(killed[place] == 1 for place in alone)


def test_the_build_was_killed_in_its_model_calls(results: dict[str, list[dict[str, Any]]]) -> None:
    killed = {outcome["scenario"]: outcome["killed"] for outcome in results["build"]}
    assert killed["calls"] >= 3


def test_the_undisturbed_run_delivers_and_asks_nothing_twice(outcomes: list[dict[str, Any]]) -> None:
    undisturbed = _undisturbed(outcomes)
    assert undisturbed["delivered"]
    assert undisturbed["calls"]
    for what in ("calls", "steps"):
        assert len(set(undisturbed[what])) == len(undisturbed[what])


def test_every_killed_run_finishes_with_the_same_bytes(outcomes: list[dict[str, Any]]) -> None:
    for outcome in outcomes:
        assert outcome["finished"], outcome["scenario"]
        assert outcome["delivered"] == _undisturbed(outcomes, outcome["worker"])["delivered"], outcome["scenario"]


def test_nothing_is_done_again_but_the_step_in_flight(outcomes: list[dict[str, Any]]) -> None:
    for outcome in outcomes:
        assert len(_again(outcomes, outcome, "steps")) <= _died_in_a_step(outcome), outcome["scenario"]


def test_no_call_is_made_again_but_those_in_flight(
    outcomes: list[dict[str, Any]], request: pytest.FixtureRequest
) -> None:
    at_once = next(each.at_once for each in KILLABLE if each.name == request.node.callspec.params["outcomes"])
    for outcome in outcomes:
        again = _again(outcomes, outcome, "calls")
        assert len(again) <= _died_in_a_step(outcome) * at_once, outcome["scenario"]


def test_an_answer_outlives_the_step_it_was_given_in(results: dict[str, list[dict[str, Any]]]) -> None:
    """A build records each answer as it comes, so a step that is done again asks only what had not been answered."""
    for outcome in results["build"]:
        if outcome["scenario"] not in ("calls", "chance"):
            assert _again(results["build"], outcome, "calls") == [], outcome["scenario"]


def _again(outcomes: list[dict[str, Any]], outcome: dict[str, Any], what: str) -> list[str]:
    """What was done more often than in the undisturbed run; nothing was done less often."""
    once = Counter(_undisturbed(outcomes, outcome["worker"])[what])
    done = Counter(outcome[what])
    assert once <= done, outcome["scenario"]
    return list((done - once).elements())


def _died_in_a_step(outcome: dict[str, Any]) -> int:
    """How many processes died in a step, at most."""
    if outcome["scenario"] == "everywhere":
        return len(set(outcome["steps"]))
    inside = outcome["scenario"].startswith(("during", "calls", "chance"))
    return int(outcome["killed"]) if inside else 0
