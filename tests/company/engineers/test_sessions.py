from __future__ import annotations

import ast
import doctest
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.company.brief import Brief
from macrohard.company.engineers.sessions import joined_sessions, session_of
from macrohard.company.order import Kind
from macrohard.company.proposals import read_brief
from macrohard.company.tester.acceptance import checks_of
from macrohard.truth import Check, Source
from macrohard.truth.examples import CommandExample, Line, find_examples

from ..scripted import argument, cli_brief, command

TASKS = "It keeps a.json.\n\n    $ tool add Tea 2\n    Added Tea\n    $ tool add Sea 1\n    Added Sea\n    $ tool show\n    Tea\n    Sea\n"
ADD = command("add", "title", argument("count", "integer"))


def told(request: str, *commands: dict[str, Any], state_file: str = "") -> list[tuple[str, ...]]:
    """The session of each example of a request."""
    brief, checks = read(request, *commands, state_file=state_file)
    return [session_of(brief, check) for check in checks]


def read(request: str, *commands: dict[str, Any], state_file: str = "") -> tuple[Brief, tuple[Check, ...]]:
    brief = read_brief(cli_brief("tool", *commands, state_file=state_file), Kind.CLI, request)
    assert brief is not None
    return brief, checks_of(brief, find_examples(request), Source.REQUEST)


def broken(lines: tuple[str, ...], code: str) -> int:
    """How many results of a session a program does not give; Python itself runs it."""
    known: dict[str, Any] = {"Any": Any}
    exec(code, known)  # noqa: S102 - the programs are ours
    test = doctest.DocTestParser().get_doctest("\n".join(lines) + "\n", known, "session", None, None)
    return doctest.DocTestRunner(verbose=False).run(test, out=lambda _: None).failed


@pytest.mark.parametrize(
    ("request_text", "made", "session"),
    [
        ("`tool up 'green tea'` prints TEA", command("up", "word"), (">>> up('green tea')", "'TEA'")),
        ("`tool half 3` prints 1", command("half", argument("n", "integer")), (">>> half(3)", "'1'")),
        ("`tool half 1.5` prints 1", command("half", argument("n", "number")), (">>> half(1.5)", "'1'")),
        ("`tool half 3` prints 1", command("half", argument("n", "number")), (">>> half(3)", "'1'")),
        (r"`printf 'a\nb' | tool count` prints 2", command("count", stdin=True), (r">>> count('a\nb')", "'2'")),
        (
            "`tool up a --loud` prints A", command("up", "word", options=[argument("--loud", "flag"), argument("--end")]),
            (">>> up('a', loud=True, end=None)", "'A'"),
        ),
        (
            "With this file a.txt:\n\n    x\n\n    $ tool show a.txt\n    x\n", command("show", argument("path", "file")),
            (r">>> show('x\n')", "'x'"),
        ),
    ],
    ids=["text", "integer", "number", "whole number", "standard input", "options", "file"],
)  # fmt: skip
def test_a_command_line_is_a_call(request_text: str, made: dict[str, Any], session: tuple[str, ...]) -> None:
    assert told(request_text, made) == [session]


@pytest.mark.parametrize(
    ("request_text", "made"),
    [
        ("`tool up 7` exits with status 2", command("up", "word")),
        ("`tool half x` prints 1", command("half", argument("n", "integer"))),
        ("`tool up a b` prints A", command("up", "word")),
        ("`tool down tea` prints TEA", command("up", "word")),
        ("`tool show none.txt` prints TEA", command("show", argument("path", "file"))),
    ],
    ids=["an error", "no number", "too many words", "no such command", "no such file"],
)
def test_what_cannot_be_told_as_a_call(request_text: str, made: dict[str, Any]) -> None:
    assert told(request_text, made) == [()]


def test_lines_before_share_the_records() -> None:
    *_, last = told(TASKS, ADD, command("show"), state_file="a.json")
    assert last == (
        ">>> records: list[dict[str, Any]] = []",
        ">>> _ = add(records, 'Tea', 2)",
        ">>> _ = add(records, 'Sea', 1)",
        ">>> show(records)",
        r"'Tea\nSea'",
    )


def test_a_line_that_must_fail_on_the_way_cannot_be_told() -> None:
    """A session with an error in its middle does not go on to the call that is shown."""
    failing = TASKS.replace("Added Sea", "error: no Sea")
    tea, sea, shown = told(failing, ADD, command("show"), state_file="a.json")
    assert tea and (sea, shown) == ((), ())


def test_records_that_are_there_already_cannot_be_told() -> None:
    """The session would begin with none."""
    request = "With this file {}:\n\n    []\n\n    $ tool show\n    nothing\n"
    assert told(request.format("a.json"), command("show"), state_file="a.json") == [()]
    assert told(request.format("b.json"), command("show"), state_file="a.json") != [()]


def test_a_session_that_goes_on_is_told_once() -> None:
    lines = joined_sessions(told(TASKS, ADD, command("show"), state_file="a.json"))
    assert lines == (
        ">>> records: list[dict[str, Any]] = []",
        ">>> add(records, 'Tea', 2)",
        "'Added Tea'",
        ">>> add(records, 'Sea', 1)",
        "'Added Sea'",
        ">>> show(records)",
        r"'Tea\nSea'",
    )


def test_a_session_that_starts_elsewhere_begins_anew() -> None:
    first, other = ("records", ">>> add(1)", "'1'"), ("records", ">>> _ = add(2)", ">>> show()", "'2'")
    assert joined_sessions([first, other]) == (*first, *other)
    assert joined_sessions([]) == ()


def test_python_itself_reads_the_session() -> None:
    """It is shown as what a right program does, so a right program must do it."""
    right = (
        "def add(records, title, count):\n    records.append(title)\n    return f'Added {title}'\n"
        "def show(records):\n    return '\\n'.join(records)\n"
    )
    lines = joined_sessions(told(TASKS, ADD, command("show"), state_file="a.json"))
    assert broken(lines, right) == 0
    assert broken(lines, right.replace(".join(records)", ".join(sorted(records))")) == 1


@given(st.text(), st.text(), st.text())
def test_any_words_are_literals(word: str, stdin: str, printed: str) -> None:
    brief, _ = read("", command("up", "word", stdin=True))
    example = CommandExample(lines=(Line(words=("tool", "up", word), stdin=stdin, stdout=printed),), quotation="")
    (check,) = checks_of(brief, [example], Source.REQUEST)
    lines = session_of(brief, check)
    # A word such as '--loud' is no argument.
    assert lines == () or ast.literal_eval(lines[1]) == printed.rstrip("\n")
    assert word.startswith("-") or (ast.literal_eval(lines[0].removeprefix(">>> up")) == (stdin, word))
