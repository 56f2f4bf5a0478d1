"""Which checks are the same case: the same inputs, whatever is expected of them."""

from __future__ import annotations

import pytest

from macrohard.company.brief import Brief
from macrohard.company.order import Kind
from macrohard.company.tester.acceptance import checks_of
from macrohard.company.tester.inputs import Inputs, inputs_of_check
from macrohard.truth import PROGRAM, PYTHON, Check, Expectation, Source, Step
from macrohard.truth.examples import find_examples


def inputs_of(example: str, kind: Kind = Kind.LIBRARY) -> Inputs:
    """The inputs of the one check that this text makes."""
    brief = Brief(kind=kind, name="tool", summary="", request="")
    (check,) = checks_of(brief, find_examples(example), Source.REQUEST)
    return inputs_of_check(check)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('up("tea") returns "TEA"', "up('tea') returns 'TEA'"),
        ('up("tea") returns "TEA"', 'up("tea") returns "Tea"'),
        ("add(1,2) returns 3", "add( 1, 2 ) returns 4"),
        ('up("") raises ValueError', "up('') raises TypeError"),
        ('up("") raises ValueError', "up('') returns ''"),
    ],
    ids=["other quotes", "another value", "other blanks", "another exception", "a value and an exception"],
)
def test_calls_are_the_same_however_they_are_typed_and_whatever_they_return(one: str, other: str) -> None:
    assert inputs_of(one) == inputs_of(other)


@pytest.mark.parametrize(
    "other",
    ["up('sea') returns 'TEA'", "down('tea') returns 'TEA'", "up('tea', 2) returns 'TEA'", "up(['tea']) is 'TEA'"],
)
def test_other_calls_are_others(other: str) -> None:
    assert inputs_of("up('tea') returns 'TEA'") != inputs_of(other)


def test_command_lines_are_the_same_with_the_same_words_and_standard_input() -> None:
    tea = inputs_of("`printf 'a' | tool up 'tea'` prints TEA", Kind.CLI)
    assert tea == inputs_of('`printf "a" | tool up tea` prints COFFEE', Kind.CLI)
    assert tea != inputs_of("`printf 'b' | tool up tea` prints TEA", Kind.CLI)
    assert tea != inputs_of("`printf 'a' | tool up sea` prints TEA", Kind.CLI)


def test_another_text_in_a_file_is_another_input() -> None:
    (step,) = (Step(argv=(PROGRAM, "sum", "a.txt"), expect=Expectation()),)
    one, other = (
        Check(id="", statement="", source=Source.USER, files={"a.txt": text}, steps=(step,)) for text in ("1\n", "2\n")
    )
    assert inputs_of_check(one) != inputs_of_check(other)


def test_code_that_cannot_be_read_is_compared_as_it_stands() -> None:
    """A user may write anything into a check that is up for review."""

    def check(code: str) -> Check:
        step = Step(argv=(PYTHON, "-c", code), expect=Expectation())
        return Check(id="", statement="", source=Source.USER, steps=(step,))

    assert inputs_of_check(check("result = (")) == inputs_of_check(check("result = ("))
    assert inputs_of_check(check("result = (")) != inputs_of_check(check("result = ["))
    assert inputs_of_check(check("print(1)")) != inputs_of_check(check("print(2)"))
