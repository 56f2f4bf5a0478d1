"""The results page says what the result files say, and nothing about what was not measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench import machine, page_functions, page_peers, page_programs
from bench.functions.reporting import summary

PEER_ROW = {"right": True, "claimed": True, "seconds": 12.0, "tokens": {"prompt": 1200, "completion": 34}}
PEER = {
    "command": "python -m bench.peers aider humaneval+ --data DIR --limit 2",
    "date": "2026-11-27T20:00:00Z",
    "peer": "aider-chat==1",
    "set": "humaneval+",
    "tasks": {"t/0": PEER_ROW, "t/1": {**PEER_ROW, "right": False}},
}


@pytest.fixture(autouse=True)
def _results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "RESULTS", tmp_path)
    monkeypatch.setattr(page_peers, "RESULTS", tmp_path)


def task(number: int, *, bare: bool, right: bool, called: bool) -> dict[str, Any]:
    said = 0.95 if called else 0.3
    return {
        "task": f"t/{number}", "bare": bare, "right": right, "any": True, "called": called, "said": said, "tokens": 10,
        "best_of_tokens": 20, "own_tests_tokens": 7, "best_of": bare, "best_of_claimed": bare,
    }  # fmt: skip


def test_nothing_is_said_of_what_was_not_measured() -> None:
    assert page_functions.functions_part() == ""


def test_systems_stand_side_by_side() -> None:
    rows = [
        task(0, bare=True, right=True, called=True),
        task(1, bare=False, right=True, called=False),
        task(2, bare=False, right=False, called=True),
    ]
    result = {"command": "python -m bench.functions report humaneval+", "n": 3, "seed": 0, **summary(rows)}
    machine.write_result("functions-humaneval-plus", {**result, "tasks": {row["task"]: row for row in rows}})
    machine.write_result("peers/aider-humaneval+", PEER)
    lines = page_functions.functions_part().splitlines()
    (bare,) = [line for line in lines if "greedy answer |" in line]
    assert "| 3 | 1 of 3, 33.3%" in bare and "| 3 | 2 of 3, 66.7%" in bare
    (best,) = [line for line in lines if "best of eight by its own tests |" in line]
    assert "| 3 | 1 of 3, 33.3%" in best and "| 1 | 0 of 1, 0.0%" in best
    own, replayed = [line for line in lines if line.startswith("| Macrohard")]
    assert (
        "| 2 of 3, 66.7%" in own and "| 2 | 1 of 2, 50.0%" in own and own.endswith("| 1 of 2, 50.0% (9.5% to 90.5%) |")
    )
    assert "| 2 | 2 of 2, 100.0%" in replayed and "| 1 of 2, 50.0%" in replayed and "| – | – | 10 |" in replayed
    (peer,) = [line for line in lines if line.startswith("| aider-chat==1")]
    assert "| 2 | 1 of 2, 50.0%" in peer and peer.endswith("| 12 | 1,200 | 34 | 1, 0 of 2; p = 1.0 |")
    assert page_functions.functions_figures()[1] == (
        "- On 2 of them aider-chat==1 is right in 1, and of 2 that it says are done 1 are wrong; Macrohard is right in 2, and of 1 that "
        "it calls verified 0 are wrong."
    )
    assert any("3 of the 164 tasks are sampled so far" in line for line in lines)
    assert any("1 only Macrohard has right, 0 only the bare model" in line for line in lines)


def test_a_peer_is_shown_under_its_set_alone() -> None:
    machine.write_result("peers/aider-humaneval+", PEER)
    assert "### HumanEval+" in page_functions.functions_part() and "MBPP+" not in page_functions.functions_part()


def test_acceptance_and_whole_programs_are_counted_apart() -> None:
    """A declined request has nothing open because it has nothing."""
    beyond, check = ({"statement": text} for text in ("`f` is right beyond the inputs above", "`f 1` prints `2`"))
    rows: list[dict[str, Any]] = [
        {"not_verified": [], "audit": {"verified": 3}},
        {"not_verified": [beyond], "audit": {"verified": 3}},
        {"not_verified": [beyond, check], "audit": {"verified": 3}},
        {"not_verified": []},
    ]
    assert page_programs.accepted(rows) == 2


def test_macrohard_is_shown_live_beside_its_peers_where_it_was_run() -> None:
    machine.write_result("peers/aider-humaneval+", PEER)
    own = {**PEER, "peer": "macrohard==1, confidence of today", "tasks": {"t/0": {**PEER_ROW, "claimed": False}}}
    machine.write_result("peers/macrohard-humaneval+", own)
    lines = page_functions.functions_part().splitlines()
    (line,) = [line for line in lines if line.startswith("| Macrohard |")]
    assert "| 1 | 1 of 1, 100.0%" in line and "| 0 of 1, 0.0%" in line
    (peer,) = [line for line in lines if line.startswith("| aider-chat==1")]
    assert peer.endswith("| 0, 0 of 1; p = 1.0 |")


def test_seconds_beside_other_tasks_are_told() -> None:
    machine.write_result("peers/aider-humaneval+", PEER)
    assert "at once" not in page_peers.peers_part("humaneval+", {})
    machine.write_result(
        "peers/aider-humaneval+", {**PEER, "tasks": {"t/0": {**PEER_ROW, "at_once": 4, "minutes_allowed": 20.0}}}
    )
    assert "alone: aider-chat==1: 4 at once, 20 minutes each." in page_peers.peers_part("humaneval+", {})


def test_a_system_that_never_says_that_it_is_done() -> None:
    silent = {"t/0": {**PEER_ROW, "right": False, "claimed": False}}
    machine.write_result("peers/aider-humaneval+", {**PEER, "tasks": silent})
    (line,) = page_peers.peers_figures("humaneval+", {"t/0": {"right": True, "called": True, "tokens": 9}})
    assert "aider-chat==1 is right in 0, and says of none that it is done; Macrohard is right in 1" in line
    assert "| 1 of 1, 100.0% (20.7% to 100.0%) | 12 | 1,200 |" in page_peers.peers_part("humaneval+", {})


def test_programs_are_held_against_what_macrohard_delivered() -> None:
    assert page_peers.programs_part() == ""
    machine.write_result(
        "peers/aider-requests", {**PEER, "set": "requests", "tasks": {"01-a": {**PEER_ROW, "right": False}}}
    )
    cost = {"prompt_tokens": 5000, "completion_tokens": 600}
    machine.write_result(
        "requests", {"requests": {"01-a": {"outcome": "verified", "wall_seconds": 80.0, "cost": cost}}}
    )
    machine.write_result("keys", {"requests": {"01-a": {"right": 9, "n": 9}}})
    lines = page_peers.programs_part().splitlines()
    (own,) = [line for line in lines if line.startswith("| Macrohard |")]
    assert own.startswith("| Macrohard | 1 | 1 of 1, 100.0%") and "| 80 | 5,000 | 600 |" in own
    (peer,) = [line for line in lines if line.startswith("| aider-chat==1")]
    assert peer.endswith("| 1, 0 of 1; p = 1.0 |")
    (line,) = page_peers.programs_figures()
    assert line.startswith(
        "- On the 1 simple requests aider-chat==1 is right in 0, and of 1 that it says are done 1 are wrong; Macrohard"
    )
