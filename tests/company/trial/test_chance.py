"""What a program does only sometimes: seen by the jury before it is chosen."""

from __future__ import annotations

from functools import partial

import pytest

from macrohard.company.engineers.engineering import Candidate
from macrohard.company.frames import frame
from macrohard.company.jury import Court
from macrohard.company.plan import units_by_check
from macrohard.company.trial import CHANCE, Job, run_steadily
from macrohard.company.trial.chance import plays_dice
from macrohard.sandbox import open_sandbox

from ..jury.test_choice import brief_of, checks_from
from .test_runner import START, check

SHUFFLED = "print(*{'food', 'travel', 'rent', 'books', 'music', 'other'})\n"
SORTED = "print(*sorted({'food', 'travel', 'rent', 'books', 'music', 'other'}))\n"


def test_the_order_of_a_set_is_chance() -> None:
    programs = [{"tool/__init__.py": "", "tool/__main__.py": text} for text in (SHUFFLED, SORTED, "print(1)\n")]
    seen = run_steadily(programs, START, [Job(number, check()) for number in range(3)], open_sandbox())
    assert [steps[-1]["ending"] for steps in seen] == [CHANCE, "exit", "exit"]
    assert [steps[-1]["stdout"] for steps in seen] == ["", "books food music other rent travel\n", "1\n"]


@pytest.mark.parametrize(
    ("text", "risky"),
    [
        ("x = {1, 2}", True), ("x = {n for n in y}", True), ("x = set(y)", True), ("import random", True),
        ("from datetime import date", True), ("x = hash(y)", True),
        ("x = {1: 2}", False), ("x = sorted(y)", False), ("x.set(y)", False), ("import json", False), ("x = (", False),
    ],
)  # fmt: skip
def test_where_chance_may_play_a_part(text: str, risky: bool) -> None:
    assert plays_dice({"a.py": text}) is risky
    assert not plays_dice({"a.txt": text})


def test_the_jury_counts_it_as_a_failure() -> None:
    shuffles = "def unique(words):\n    return list(set(words))"
    found = court(shuffles, "def unique(words):\n    return list(dict.fromkeys(words))")
    found.run([(0,), (1,)], found.checks)
    assert found.failure((0,), found.checks[0]) == "it does not do the same each time"
    assert found.failure((1,), found.checks[0]) == ""


def court(*uniques: str) -> Court:
    brief = brief_of("unique")
    checks = checks_from(brief, "unique(['a', 'b', 'c', 'd', 'e', 'f']) returns ['a', 'b', 'c', 'd', 'e', 'f'].")
    units, _ = units_by_check(brief, checks)
    candidates = [[Candidate(function="unique", source=source) for source in uniques]]
    return Court(["unique"], candidates, partial(frame, brief), checks, [], units, open_sandbox())
