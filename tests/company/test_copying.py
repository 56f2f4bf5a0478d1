"""A case that only repeats the result of an example is no evidence."""

from __future__ import annotations

import pytest

from macrohard.company.acceptance import checks_of
from macrohard.company.brief import Argument, Brief, CommandBrief, FunctionBrief
from macrohard.company.copying import is_copy
from macrohard.company.examples import find_calls, find_examples
from macrohard.company.order import Kind
from macrohard.truth import Check, Source


def program(*names: str) -> Brief:
    commands = tuple(CommandBrief(name=name, purpose="", arguments=(Argument(name="text"),)) for name in names)
    return Brief(kind=Kind.CLI, name="tool", summary="", request="", commands=commands)


def session(brief: Brief, line: str, shown: str) -> Check:
    (check,) = checks_of(brief, find_examples(f"    $ tool {line}\n    {shown}\n"), Source.TESTER)
    return check


@pytest.mark.parametrize(
    ("line", "shown", "copied"),
    [
        ("atbash Hello", "zyx CBA", True),
        ("atbash Hello", "Svool", False),
        ("rot13 Hello", "zyx CBA", False),
        ("atbash 'abc XYZ'", "zyx CBA", False),
    ],
    ids=["copied", "worked out", "of another command", "the example itself"],
)
def test_a_result_that_an_example_shows_for_other_inputs(line: str, shown: str, copied: bool) -> None:
    brief = program("atbash", "rot13")
    example = session(brief, "atbash 'abc XYZ'", "zyx CBA")
    assert is_copy(brief, session(brief, line, shown), [example]) is copied


def test_short_results_are_shared_by_many_inputs() -> None:
    brief = program("check")
    assert not is_copy(brief, session(brief, "check 2028", "yes"), [session(brief, "check 2024", "yes")])


def test_a_program_without_commands_is_one_part() -> None:
    brief = program("")
    assert is_copy(brief, session(brief, "Hello", "zyx CBA"), [session(brief, "abc", "zyx CBA")])


@pytest.mark.parametrize(
    ("call", "copied"),
    [("f([2]) returns [1, 2, 3]", True), ("f([2]) returns True", False), ("f(0) raises ValueError", False)],
)
def test_calls(call: str, copied: bool) -> None:
    function = FunctionBrief(name="f", parameters="x: object", returns="object", purpose="")
    brief = Brief(kind=Kind.LIBRARY, name="tool", summary="", request="", functions=(function,))
    known = checks_of(
        brief, find_calls("f([1]) returns [1, 2, 3]. f(2) returns True. f(3) raises ValueError."), Source.USER
    )
    (case,) = checks_of(brief, find_calls(call), Source.TESTER)
    assert is_copy(brief, case, known) is copied
