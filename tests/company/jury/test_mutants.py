"""Mutants: small changes of a function, and whether its checks notice them."""

from __future__ import annotations

import ast
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.company.engineers.engineering import Candidate
from macrohard.company.frames import frame
from macrohard.company.jury import Court, Killed, choose, killed_by_checks
from macrohard.company.jury.mutants import MOST_MUTANTS, mutants_of
from macrohard.company.jury.probes import probes_from
from macrohard.company.jury.seeding import constants, seeded
from macrohard.company.plan import units_by_check
from macrohard.company.tester.acceptance import checks_of
from macrohard.company.tester.inputs import call_of
from macrohard.company.trial import SKIPPED
from macrohard.sandbox import open_sandbox
from macrohard.truth import Source
from macrohard.truth.examples import find_calls

from .test_choice import brief_of

LIMIT = "def double(x):\n    if x > 100:\n        return 0\n    return x * 2"


def court(source: str, examples: str = "double(2) returns 4") -> Court:
    """Where a program is judged that has the one function `double`."""
    brief = brief_of("double")
    checks = checks_of(brief, find_calls(examples), Source.REQUEST)
    units, _ = units_by_check(brief, checks)
    probes, probed = probes_from(checks, (), units)
    return Court(
        names=["double"], candidates=[[Candidate(function="double", source=source)]], assemble=partial(frame, brief),
        checks=checks, probes=probes, units={**units, **probed}, sandbox=open_sandbox(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("def f(x):\n    return x < 1", "x <= 1"),
        ("def f(x):\n    return x + y", "x - y"),
        ("def f(x):\n    return x and y", "x or y"),
        ("def f(x):\n    return g(x, 3)", "g(x, 4)"),
        ("def f(x):\n    if x:\n        g()", "if not x"),
        ("def f(x):\n    return x", "return None"),
        ("def f(x):\n    return x in y", "x not in y"),
    ],
)
def test_changes(source: str, changed: str) -> None:
    assert any(changed in mutant for mutant in mutants_of(source))


def test_each_differs_in_one_place() -> None:
    mutants = mutants_of(LIMIT)
    assert len(mutants) == len(set(mutants)) > 4
    for mutant in mutants:
        lines = zip(ast.unparse(ast.parse(LIMIT)).split("\n"), mutant.split("\n"), strict=True)
        assert sum(old != new for old, new in lines) == 1


@given(st.lists(st.integers(0, 9), min_size=1, max_size=60))
def test_a_long_function_has_no_more_than_sixteen(numbers: list[int]) -> None:
    mutants = mutants_of("def f():\n" + "".join(f"    g({number})\n" for number in numbers))
    assert 1 <= len(mutants) <= MOST_MUTANTS


def test_a_function_that_nothing_can_be_changed_in() -> None:
    assert mutants_of("def f():\n    g()") == []
    here = court("def double(x):\n    g(x)")
    assert killed_by_checks(here, (0,), 0) == Killed(mutants=0, killed=0)


def test_what_the_checks_do_not_look_at_lives() -> None:
    """The example is double(2): neither the limit nor what lies beyond it is looked at by a check."""
    here = court(LIMIT)
    found = killed_by_checks(here, choose(here).pick, 0)
    assert 0 < found.killed < found.mutants


def test_a_change_that_changes_nothing_is_not_missed() -> None:
    """Nothing is less than itself, nor less than or equal to one less."""
    same = "def double(x):\n    if x < x:\n        return x - x\n    return x * 2"
    here = court(same)
    assert killed_by_checks(here, (0,), 0).mutants < len(mutants_of(same))


def test_a_change_that_lives_asks_for_an_input_on_which_it_shows() -> None:
    """x > 100 or x >= 100: only 100 tells, which stands in the program and in no example."""
    here = court(LIMIT)
    asked = killed_by_checks(here, (0,), 0).untold
    assert {(item.given, item.gives) for item in asked} >= {("double(100)", "200")}
    assert all(item.notices for item in asked) and len(asked) <= 3


def test_who_says_it_has_more_changes_noticed() -> None:
    before = killed_by_checks(court(LIMIT), (0,), 0)
    told = "".join(f"; {item.given} returns {item.gives}" for item in before.untold)
    after = killed_by_checks(court(LIMIT, f"double(2) returns 4{told}"), (0,), 0)
    assert after.killed >= before.killed + sum(item.notices for item in before.untold)


def test_constants_that_no_input_means_are_not_tried() -> None:
    """A loop of 10**9 turns would not end, nor would its mutants."""
    here = court(
        "def double(x):\n    total = 0\n    for _ in range(x):\n        total = (total + 2) % 1000000007\n    return total"
    )
    assert not any("100000000" in check.steps[0].argv[-1] for check in seeded(here, 0, here.candidates[0][0].source))
    assert killed_by_checks(here, (0,), 0).mutants > 0


def test_where_every_change_is_noticed_nothing_is_asked() -> None:
    assert killed_by_checks(court("def double(x):\n    return x + x"), (0,), 0).untold == ()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('"""Up to 7."""\ndef f(x):\n    """Not 3."""\n    return x > 100 and x != "a"', [100, "a"]),
        ("def f(x):\n    return True, None, 1.5, -2, 2, 2.0", [1.5, 2, 2.0, -2]),
        ("def f(x):\n    return '\\ud800', '\\x00', 'é'", ["é"]),
    ],
)
def test_constants(source: str, expected: list[object]) -> None:
    found = constants(source)
    assert sorted(map(repr, found)) == sorted(map(repr, expected))


@pytest.mark.parametrize("result", ["x / 3", "(x,)", "set()", "[2.0 ** 0.5]"])
def test_what_is_not_shown_as_it_is_is_not_asked(result: str) -> None:
    """An example with it would refute the very function that gives it."""
    here = court(f"def double(x):\n    if x > 100:\n        return {result}\n    return x * 2")
    asked = killed_by_checks(here, (0,), 0).untold
    assert asked and all(item.gives.lstrip("-").isdigit() for item in asked)


def test_what_was_skipped_shows_nothing() -> None:
    """After two endless loops the other inputs of a mutant are left out: nobody saw that it differs there."""
    here = court("def double(x):\n    return x * 2")
    hangs = "def double(x):\n    while x in (3, 1, 6):\n        x = x + 0\n    return x * 2"
    here.candidates = [
        [Candidate(function="double", source=source) for source in ("def double(x):\n    return x * 2", hangs)]
    ]
    here.run([(0,), (1,)], here.probes)
    differ = {call_of(probe.steps[0]) for probe in here.probes if here.differ((0,), (1,), probe)}
    skipped = {call_of(probe.steps[0]) for probe in here.probes if here.seen((1,), probe)[-1]["ending"] == SKIPPED}
    assert len(differ) == 2 and skipped and not differ & skipped


def test_an_endless_mutant_does_not_hold_up() -> None:
    here = court("def double(x):\n    count = 0\n    while count < 2:\n        count = count + 1\n    return x * count")
    assert killed_by_checks(here, (0,), 0).killed > 0
