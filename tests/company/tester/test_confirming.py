from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.company.brief import Brief
from macrohard.company.order import Kind
from macrohard.company.tester.confirming import confirmed
from macrohard.models.scripted import ScriptedModel
from macrohard.truth.examples import CallExample, CommandExample, Example, Line, find_calls

from ...truth.test_examples import texts

COMMANDS = Brief(kind=Kind.CLI, name="shout", summary="", request="A tool called shout.")
LIBRARY = Brief(kind=Kind.LIBRARY, name="words", summary="", request="A library called words.")


def line(*words: str, prints: str | None = None, stdin: str = "", error: bool = False) -> Line:
    """A command line of shout; with `error` it must end in one."""
    return Line(
        words=("shout", *words),
        stdout=prints,
        stdin=stdin,
        error=error,
        exit_status=COMMANDS.error_status if error else 0,
    )


def session(*lines: Line) -> CommandExample:
    return CommandExample(lines=lines, quotation="")


def call(text: str) -> CallExample:
    (found,) = find_calls(text)
    return found


def is_confirmed(example: Example, *replies: str) -> bool:
    """Whether a tester who replies this keeps the case."""
    brief = LIBRARY if isinstance(example, CallExample) else COMMANDS
    (found,) = confirmed([(brief, example)], ScriptedModel({"tester: confirm *": [replies]}), 0)
    return found


def test_two_of_three_replies_are_enough() -> None:
    sea = session(line("up", "sea", prints="SEA"))
    assert is_confirmed(sea, "SEA", "See", "SEA")
    assert not is_confirmed(sea, "SEA", "See", "Sea")


@pytest.mark.parametrize(
    ("example", "said"),
    [
        (session(line("up", "sea", prints="SEA\n")), " SEA\n"),
        (session(line("up", "sea", prints="SEA")), '"SEA"'),
        (session(line("up", "sea", prints='"SEA"')), "SEA"),
        (session(line("two", prints="A\nB")), "A\nB"),
        (session(line("up", "", prints="")), ""),
        (session(line("up", "7", error=True)), "Error"),
        (call("up('a') returns 'A'"), '"A"'),
        (call("up('a') returns 'A'"), "A"),
        (call("half(4) returns 2.0"), "2"),
        (call("both(1) returns {'a': 1, 'b': 2}"), "{'b': 2, 'a': 1}"),
        (call("none(1) returns None"), "None"),
        (call("up(7) raises TypeError"), "raises TypeError"),
    ],
)
def test_the_same_may_be_said_in_other_ways(example: Example, said: str) -> None:
    assert is_confirmed(example, said)


@pytest.mark.parametrize(
    ("example", "said"),
    [
        (session(line("up", "sea", prints="SEA")), "sea"),
        (session(line("up", "sea", prints="SEA")), "SEA\nSEA"),
        (session(line("up", "sea", prints="SEA")), "error"),
        (session(line("up", "7", error=True)), "7"),
        (session(line("up", "7", error=True)), "error: no word"),
        (call("up('a') returns '1'"), "1"),
        (call("half(4) returns 2.0"), "raises ValueError"),
        (call("up(7) raises TypeError"), "raises ValueError"),
    ],
)
def test_something_else_is_not_the_same(example: Example, said: str) -> None:
    assert not is_confirmed(example, said)


def test_the_tester_is_not_shown_what_it_had_expected() -> None:
    model = ScriptedModel({"tester: confirm *": ["no idea"]})
    printed = session(line("add", "green tea"), line("up", prints="EXPECTED", stdin="a\n"))
    returned = call("up('a') returns 'EXPECTED'")
    assert confirmed([(COMMANDS, printed), (LIBRARY, returned)], model, 5) == [False, False]
    assert [question.purpose for question in model.calls] == [
        r"tester: confirm printf 'a\n' | shout up", "tester: confirm up('a')",
    ]  # fmt: skip
    asked = [question.messages[-1].content for question in model.calls]
    assert asked[0].startswith("Another one. A tool called shout.\n")
    assert asked[0].endswith("$ shout add 'green tea'\n...\n$ printf 'a\\n' | shout up")
    assert asked[1].startswith("Another one. A library called words.\n") and asked[1].endswith(">>> up('a')")
    assert not any("EXPECTED" in message.content for question in model.calls for message in question.messages)
    assert {(question.sampling.count, question.sampling.seed) for question in model.calls} == {(3, 5)}


@pytest.mark.parametrize(
    ("example", "named"),
    [
        (session(line("up", "7", error=True)), "error"),
        (call("up(7) raises TypeError"), "raises ValueError"),
    ],
)
def test_errors_are_shown_as_an_answer_only_where_one_may_come(example: Example, named: str) -> None:
    """A small model that has seen an error as an answer gives it too often."""
    brief, model = LIBRARY if isinstance(example, CallExample) else COMMANDS, ScriptedModel({"tester: *": ["error"]})
    good = session(line("up", "a", prints="A")) if brief is COMMANDS else call("up('a') returns 'A'")
    confirmed([(brief, example), (brief, good)], model, 0)
    shown = [
        [message.content for message in question.messages if message.role == "assistant"] for question in model.calls
    ]
    assert named in shown[0] and named not in shown[1]


def test_nothing_is_asked_where_there_are_no_cases() -> None:
    model = ScriptedModel({})
    assert confirmed([], model, 0) == [] and model.calls == []


LITERALS = ["{[]: 1}", "'\\d'", "[" * 5_000, "-" * 50_000 + "1", "9" * 5_000, "1if 2", "\0", "\ud800", "{1: }", "1_000"]
EXAMPLES: tuple[tuple[Example, str], ...] = (
    (session(line("up", "a", prints="A")), "A"),
    (session(line("up", "7", error=True)), "error"),
    (call("up('a') returns 'A'"), "A"),
    (call("up(7) raises TypeError"), "TypeError"),
)
"""Cases, and what a reply must at least hold to confirm them."""


@given(st.sampled_from(EXAMPLES), st.text() | texts | st.sampled_from(LITERALS))
def test_any_reply_is_read_or_counts_against(case: tuple[Example, str], said: str) -> None:
    example, least = case
    assert not is_confirmed(example, said) or least.lower() in said.lower()


@pytest.mark.parametrize("said", LITERALS, ids=range(len(LITERALS)))
def test_replies_that_are_hard_to_read_confirm_nothing(said: str) -> None:
    assert not any(is_confirmed(example, said) for example, _ in EXAMPLES)
