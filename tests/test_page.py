"""The results page says what the result files say, and nothing about what was not measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench import machine, page_functions, page_programs
from bench.functions.reporting import summary

PEER = {
    "command": "python -m bench.peers aider humaneval+ --data DIR --limit 2",
    "peer": "aider-chat==1",
    "set": "humaneval+",
    "tasks": {"a": {"right": True, "claimed": True}, "b": {"right": False, "claimed": True}},
}


@pytest.fixture(autouse=True)
def _results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "RESULTS", tmp_path)
    monkeypatch.setattr(page_functions, "RESULTS", tmp_path)


def task(number: int, *, bare: bool, right: bool, called: bool) -> dict[str, Any]:
    said = 0.95 if called else 0.3
    return {
        "task": f"t/{number}", "bare": bare, "right": right, "any": True, "called": called, "said": said, "tokens": 10,
        "best_of_tokens": 20, "best_of": bare, "best_of_claimed": bare,
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
    (own,) = [line for line in lines if line.startswith("| Macrohard")]
    assert (
        "| 2 of 3, 66.7%" in own and "| 2 | 1 of 2, 50.0%" in own and own.endswith("| 1 of 2, 50.0% (9.5% to 90.5%) |")
    )
    (peer,) = [line for line in lines if line.startswith("| aider-chat==1")]
    assert "| 2 | 1 of 2, 50.0%" in peer
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
