"""Inputs like the known ones, and the author's own solution as a further hidden test."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from typing import Any

import pytest

from bench.functions.author import comparison
from bench.functions.distrusted import DISTRUSTED
from bench.functions.hidden import passes
from bench.functions.shapes import Arguments
from bench.functions.tasks import Task
from bench.functions.varied import varied
from macrohard.sandbox import open_sandbox


def made(*known: Arguments) -> list[Arguments]:
    found = varied(known, 40, random.Random(1))
    assert found and not {repr(item) for item in found} & {repr(item) for item in known}
    return found


def test_inputs_keep_types_signs_and_kinds_of_characters() -> None:
    for number, text in made((3, "ab1"), (12, "c9")):
        assert type(number) is int and 0 < number <= 29
        assert text and all(char.isalnum() for char in text)


def test_a_count_follows_what_it_counts() -> None:
    assert all(count == len(items) for items, count in made(([1, 5, 2], 3), ([4, 4], 2)))


def test_what_is_sorted_stays_so_and_rows_keep_their_length() -> None:
    assert all(list(items) == sorted(items) for (items,) in made(([1, 2, 9],), ([3, 5],)))
    assert all(len({len(row) for row in rows}) == 1 for (rows,) in made(([[1, 2], [3, 4]],), ([[5], [6]],)))


def test_flags_stay_flags_and_what_never_changes_stays() -> None:
    for bits, base in made(([1, 0, 1, 1], 2), ([0, 0, 1, 0], 2)):
        assert set(bits) <= {0, 1} and base == 2


def test_the_same_seed_makes_the_same_inputs() -> None:
    known = [([3, 1], "x"), ([2], "y")]
    assert varied(known, 20, random.Random(4)) == varied(known, 20, random.Random(4))


def test_every_process_makes_the_same_inputs() -> None:
    """Sets are in another order in each."""
    code = (
        "import random\nfrom bench.functions.varied import varied\nfrom macrohard.truth.syntax import written\n"
        "known = [({'tea', 'sea', 'pea', 'bee'}, 'ab'), ({'ivy', 'oak', 'elm'}, 'c')]\n"
        "print(*map(written, [*known, *varied(known, 20, random.Random(1))]), sep='\\n')"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert made[0] == made[1] and made[0].count("\n") > 10


ROW: dict[str, Any] = {
    "task_id": 7,
    "code": "def peak(items):\n    return max(items)",
    "test_list": ["assert peak([1, 5, 2]) == 5", "assert peak([4, 9]) == 9"],
    "challenge_test_list": [],
    "test_setup_code": "",
}


def judged(row: dict[str, Any], *sources: str) -> list[bool]:
    hidden = "\n".join([*row["test_list"], comparison(row, "peak")])
    return passes(Task("mbpp/7", "peak", "", hidden, reported=False), sources, open_sandbox())


def test_a_function_that_passes_the_asserts_alone_is_wrong() -> None:
    right, wrong = (
        "def peak(items):\n    return sorted(items)[-1]",
        "def peak(items):\n    return 5 if 5 in items else items[1]",
    )
    assert judged(ROW, right, wrong) == [True, False]


def test_an_input_on_which_the_author_fails_tells_nothing() -> None:
    code = "def peak(items):\n    assert len(items) in (2, 3)\n    return max(items)"
    short = "def peak(items):\n    return max(items) if len(items) in (2, 3) else None"
    assert judged({**ROW, "code": code}, short) == [True]


def test_a_function_that_changes_its_input_or_takes_forever() -> None:
    changing = "def peak(items):\n    items.sort()\n    return items.pop()"
    endless = "def peak(items):\n    while len(items) > 3:\n        pass\n    return max(items)"
    assert judged(ROW, changing, endless) == [True, False]


def test_floats_are_compared_with_a_tolerance() -> None:
    row = {
        **ROW,
        "code": "def peak(items):\n    return max(items) / 3",
        "test_list": ["assert peak([3.0, 6.0]) == 2.0"],
    }
    assert judged(row, "def peak(items):\n    return max(items) * (1 / 3)") == [True]


@pytest.mark.parametrize(
    "row",
    [
        {**ROW, "task_id": next(iter(DISTRUSTED))},
        {**ROW, "test_list": ["assert peak([1]) == 1", "assert set(peak([2])) == {2}"]},
        {**ROW, "test_list": ["assert peak([1]) != 2"]},
        {**ROW, "test_list": ["assert peak(peak([1])) == 2"]},
    ],
)
def test_where_the_author_is_not_asked(row: dict[str, Any]) -> None:
    assert comparison(row, "peak") == ""
