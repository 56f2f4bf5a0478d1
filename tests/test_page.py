"""The results page says what the result files say, and nothing about what was not measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench import machine, page_functions, page_goals, page_peers, page_programs, page_readme, page_unseen
from bench.functions.reporting import summary
from bench.keys import checks_of
from bench.peers import rows as peer_rows
from bench.references import key_of

WHERE = {
    "date": "2026-11-27T20:00:00Z", "cores": 2, "processor": "one of these", "python": "3.11", "model_digest": "sha256:1",
}  # fmt: skip
PEER_ROW = {"right": True, "claimed": True, "seconds": 12.0, "tokens": {"prompt": 1200, "completion": 34}}
PEER = {
    "command": "python -m bench.peers aider humaneval+ --data DIR --limit 2",
    **WHERE,
    "peer": "aider-chat==1",
    "set": "humaneval+",
    "tasks": {"t/0": PEER_ROW, "t/1": {**PEER_ROW, "right": False}},
}


@pytest.fixture(autouse=True)
def _results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "RESULTS", tmp_path)
    monkeypatch.setattr(peer_rows, "RESULTS", tmp_path)


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
    result = {
        "command": "python -m bench.functions report humaneval+",
        "n": 3,
        "drawn": 4,
        "seed": 0,
        **WHERE,
        **summary(rows),
    }
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
    assert page_functions.functions_rows() == [
        "| 2 functions of HumanEval+ | aider-chat==1 | 1 | 1 of 2 | 2 | 0 of 1 | 1.0 |"
    ]
    assert any("3 of the 164 tasks are judged so far" in line for line in lines)
    assert any("among the first 4; if none of the 1 unfinished ones came out right, 50.0%" in line for line in lines)
    assert any("it said 73.3% on the mean" in line for line in lines)
    assert any("1 only Macrohard has right, 0 only the bare model" in line for line in lines)


def test_systems_with_fewer_tasks_stand_below_what_macrohard_made_of_these() -> None:
    rows = [task(0, bare=False, right=True, called=True), task(1, bare=False, right=False, called=False)]
    machine.write_result("peers/aider-humaneval+", PEER)
    machine.write_result(
        "peers/gpt-engineer-humaneval+", {**PEER, "peer": "gpt-engineer==2", "tasks": {"t/0": PEER_ROW}}
    )
    lines = [line for line in page_peers.peers_part("humaneval+", {row["task"]: row for row in rows}).splitlines()]
    systems = [line.split(" | ")[:3] for line in lines if line.startswith("| ") and "| right |" not in line]
    assert [[name.removeprefix("| "), tasks, right.partition(",")[0]] for name, tasks, right in systems] == [
        ["Macrohard", "2", "1 of 2"],
        ["aider-chat==1", "2", "1 of 2"],
        ["Macrohard, on the same tasks", "1", "1 of 1"],
        ["gpt-engineer==2", "1", "1 of 1"],
    ]


def test_macrohard_is_shown_live_or_by_replay_and_never_as_some_of_both() -> None:
    replayed = {f"t/{number}": task(number, bare=False, right=True, called=True) for number in range(2)}
    machine.write_result("peers/aider-humaneval+", PEER)
    live = {**PEER, "peer": "macrohard", "tasks": {"t/0": {**PEER_ROW, "right": False}}}
    machine.write_result("peers/macrohard-humaneval+", live)
    (own,) = [line for line in page_peers.peers_part("humaneval+", replayed).splitlines() if "| Macrohard |" in line]
    assert own.startswith("| Macrohard | 1 | 0 of 1")


def test_what_macrohard_declined_is_not_right() -> None:
    row = {"wall_seconds": 9.0, "cost": {"prompt_tokens": 5, "completion_tokens": 6}}
    built = {
        "01-roman": {**row, "outcome": "delivered", "audit": {}},
        "02-slugs": {**row, "outcome": "declined"},
        "03-temp": {**row, "outcome": "delivered", "audit": {"verified": 1}},
    }
    machine.write_result("requests", {"requests": built})
    machine.write_result("keys", {"requests": {"01-roman": {"right": 4, "n": 4}}})
    found = peer_rows.program_rows("requests", {"01-roman", "02-slugs", "03-temp", "04-wc"})
    assert {name: row["right"] for name, row in found.items()} == {"01-roman": True, "02-slugs": False}, (
        "03-temp was not tried on its key yet"
    )


def test_goals_are_held_against_what_was_measured() -> None:
    assert page_goals.goals_part() == ""
    rows = [task(number, bare=False, right=number > 1, called=number > 7) for number in range(10)]
    result = {"n": 10, "drawn": 12, "seed": 0, **WHERE, **summary(rows)}
    machine.write_result("functions-mbpp-plus", result)
    lines = [line for line in page_goals.goals_part().splitlines() if line.startswith("|")]
    assert lines[0] == "| figure | goal | MBPP+, 10 of 378 |"
    assert lines[2] == "| right | ≥ 70% | 66.7% of 12 begun, **not reached** |"
    assert "| called verified and wrong, of all called verified | ≤ 3% | 0.0% (0 of 2), reached |" in lines
    assert "| called verified, of all right | ≥ 75% | 25.0% (2 of 8), **not reached** |" in lines
    assert "| more right than one greedy answer (exact McNemar) | p < 0.01 | p = 0.00781, reached |" in lines
    assert "| median tokens a function, against eight replies | ≤ 0.6 | 0.50, reached |" in lines


def test_fewer_right_ones_are_no_gain_and_nothing_is_no_share() -> None:
    rows = [task(number, bare=True, right=number > 8, called=False) for number in range(10)]
    machine.write_result("functions-mbpp-plus", {"n": 10, "drawn": 10, "seed": 0, **WHERE, **summary(rows)})
    lines = [line for line in page_goals.goals_part().splitlines() if line.startswith("|")]
    assert "| more right than one greedy answer (exact McNemar) | p < 0.01 | p = 0.00391, **not reached** |" in lines
    assert "| called verified and wrong, of all called verified | ≤ 3% | – |" in lines


def test_a_peer_is_shown_under_its_set_alone() -> None:
    machine.write_result("peers/aider-humaneval+", PEER)
    assert "### HumanEval+" in page_functions.functions_part() and "### MBPP+" not in page_functions.functions_part()


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
    silent = {"t/0": {**PEER_ROW, "right": False, "claimed": False, "exit_status": None}}
    machine.write_result("peers/aider-humaneval+", {**PEER, "tasks": silent})
    (line,) = page_peers.peers_rows("humaneval+", "HumanEval+", {"t/0": {"right": True, "called": True, "tokens": 9}})
    assert line == (
        "| 1 functions of HumanEval+ | aider-chat==1 | 0 | 0 of 0; 1 did not end in their time | 1 | 0 of 1 | 1.0 |"
    )
    assert "| 1 of 1, 100.0% (20.7% to 100.0%) | 12 | 1,200 |" in page_peers.peers_part("humaneval+", {})


def test_programs_are_held_against_what_macrohard_delivered() -> None:
    assert page_peers.programs_part("requests") == ""
    machine.write_result(
        "peers/aider-requests", {**PEER, "set": "requests", "tasks": {"01-a": {**PEER_ROW, "right": False}}}
    )
    cost = {"prompt_tokens": 5000, "completion_tokens": 600}
    machine.write_result(
        "requests", {"requests": {"01-a": {"outcome": "verified", "wall_seconds": 80.0, "cost": cost}}}
    )
    machine.write_result("keys", {"requests": {"01-a": {"right": 9, "n": 9}}})
    lines = page_peers.programs_part("requests").splitlines()
    (own,) = [line for line in lines if line.startswith("| Macrohard |")]
    assert own.startswith("| Macrohard | 1 | 1 of 1, 100.0%") and "| 80 | 5,000 | 600 |" in own
    (peer,) = [line for line in lines if line.startswith("| aider-chat==1")]
    assert peer.endswith("| 1, 0 of 1; p = 1.0 |")
    assert page_readme.beside_others()[-1] == "| 1 simple requests | aider-chat==1 | 0 | 1 of 1 | 1 | 0 of 1 | 1.0 |"


def test_requests_that_were_never_seen_are_held_against_their_keys() -> None:
    assert page_unseen.unseen_part("unseen") == "" and page_unseen.unseen_figures("unseen") == []
    row = {"confidence": 0.97, "verified": 3, "unverified": 0, "refuted": 0, "wall_seconds": 80.0, "not_verified": []}
    built = {"21-lent": {**row, "outcome": "verified"}, "22-raffle": {**row, "outcome": "declined", "confidence": None}}
    machine.write_result("unseen", {"command": "build", "n": 2, "seed": 0, **WHERE, "requests": built})
    wrong = {"statement": "a 1", "reason": "it printed `2`, not `1`."}
    machine.write_result(
        "unseen-keys", {"command": "try", "requests": {"21-lent": {"right": 8, "n": 9, "wrong": [wrong]}}}
    )
    lines = page_unseen.unseen_part("unseen").splitlines()
    assert "| 21-lent | verified | 97% | 3 | 0 | 0 | 8 of 9 | `a 1`: it printed `2`, not `1`. | 80.0 |" in lines
    most = len(list(checks_of(key_of("22-raffle"), "raffle", "raffle")))
    assert f"| 22-raffle | declined |  | 3 | 0 | 0 | 0 of {most} | nothing delivered | 80.0 |" in lines
    assert "Without a miss: 0 of 2, 0.0% (0.0% to 65.8%); of those called verified 0 of 1" in lines[2]
    (line,) = page_unseen.unseen_figures("unseen")
    assert (
        f"0 became programs without a miss on their keys; 8 of {9 + most} results right (1 declined, which gives none)."
        in line
    )
    assert line.endswith("Called `verified`: 1, 0 of 1 of these without a miss.")
