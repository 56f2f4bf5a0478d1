"""What stands in a request and becomes no check: it is said before the work begins, and in the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from macrohard.company.brief import Argument, Brief, CommandBrief, FunctionBrief
from macrohard.company.order import Kind, Order
from macrohard.company.unread import unread_notes, waiting_notes

from .scripted import built, cli_brief, code, command

POST = Brief(
    kind=Kind.CLI,
    name="post",
    summary="",
    request="",
    commands=(CommandBrief(name="size", purpose="", arguments=(Argument(name="text"),)),),
)
TODO = Brief(
    kind=Kind.CLI,
    name="todo",
    summary="",
    request="",
    state_file="todo.json",
    commands=(CommandBrief(name="done", purpose="", arguments=(Argument(name="number"),)),),
)
LIBRARY = Brief(
    kind=Kind.LIBRARY,
    name="fib",
    summary="",
    request="",
    functions=(FunctionBrief(name="fib", parameters="n: int", returns="int", purpose=""),),
)


def order(request: str, *given: str) -> Order:
    return Order(request=request, out=".", examples=given)


def notes(brief: Brief, request: str, *given: str) -> tuple[str, ...]:
    return unread_notes(brief.model_copy(update={"request": request}), order(request, *given))


def test_a_command_with_its_output_below_and_no_prompt() -> None:
    note = notes(POST, "A tool called post:\n\n```\npost size abc\n3\n```\n")[-1]
    assert note == (
        "Not read as an example, because nothing tells for sure what comes of it: `post size abc` (line 4). "
        "`--example 'ARGS => OUTPUT'` says it."
    )


@pytest.mark.parametrize(
    ("brief", "request_text"),
    [
        (POST, "A tool called post:\n\n    $ post size abc\n    3\n"),
        (POST, "A tool called post:\n\n$ post size abc\n3\n"),
        (POST, "A tool called post:\n\n```\npost size abc  # prints 3\n```\n"),
        (POST, "A tool called post. `post size abc` prints `3`.\n\n    post size abc\n"),
        (POST, "A tool called post:\n\n```\npost size TEXT\n```\n"),
        (POST, "A tool called post:\n\n```\npost - counts letters\n```\n"),
        (POST, "A tool called post:\n\n    $ post size abc\n    post size is 3\n"),
        (POST, "A tool called post. With this file a.txt:\n\n    post size x\n    post card\n"),
        (POST, "A tool called post:\n\n```python\npost size = 3\n```\n"),
        (POST, "A tool called post:\n\n```\npost --help\npost = 3\npost office\npost.py\n```\n"),
        (POST, "A tool called post that counts letters:\n\n    git clone post\n    {'post': 3}\n"),
        (LIBRARY, "A library fib:\n\n    >>> fib(3)\n    2\n"),
        (LIBRARY, "A library fib:\n\n```\nfib(3) -> 2\n```\n"),
        (LIBRARY, "A library fib:\n\n```\nimport fib\n```\n"),
    ],
)
def test_what_is_read_or_is_no_example_is_not_named(brief: Brief, request_text: str) -> None:
    assert not [note for note in notes(brief, request_text) if note.startswith("Not ")]


def test_what_an_example_beside_the_request_tells_is_not_named() -> None:
    request = "A tool called post:\n\n```\npost size abc\n3\n```\n"
    assert notes(POST, request, "size abc => 3") == ()
    assert notes(POST, request, "size abcd => 4") != ()


def test_calls_of_a_library() -> None:
    note = notes(LIBRARY, "A library fib:\n\n```\nfib(3)\nfib(4)  # three\n```\n")[-1]
    assert "`fib(3)` (line 4), `fib(4)  # three` (line 5)" in note and "'CALL => VALUE'" in note


def test_many_are_counted() -> None:
    block = "".join(f"post size {'a' * number}\n{number}\n" for number in range(1, 6))
    note = notes(POST, f"A tool called post:\n\n```\n{block}```\n")[-1]
    assert note.count("`post size a") == 3 and "(line 8) and 2 more." in note


def test_an_example_that_needs_what_was_done_before() -> None:
    request = "A to-do list called todo. `todo done 1` prints `Done: Milk`."
    (note,) = waiting_notes(TODO.model_copy(update={"request": request}), order(request))
    assert note.endswith("and is not tried: `todo done 1`.")
    assert waiting_notes(TODO.model_copy(update={"request": request}), order(request, "done 1 => Done: Milk")) == ()
    simple = "A tool called post. `post size abc` prints `3`."
    assert waiting_notes(POST.model_copy(update={"request": simple}), order(simple)) == ()


def test_what_a_terminal_would_obey_is_shown() -> None:
    assert "\x1b" not in "".join(notes(POST, "A tool called post:\n\n```\npost size \x1b[2Jabc\n3\n```\n"))


def test_a_request_without_any_example() -> None:
    assert notes(POST, "A tool called post that counts letters.") == (
        "There is no example that can be tried, and without one little can be verified: `--example 'ARGS => OUTPUT'` gives one.",
    )
    assert notes(POST, "A tool called post that counts letters.", "size abc => 3") == ()


def test_the_report_and_the_readme_say_so(tmp_path: Path) -> None:
    request = "A command-line tool called post. 'post size abc' prints 3.\n\n```\npost size abcd\n4\n```\n"
    size = code("def size(text):\n    return str(len(text))")
    report = built(
        tmp_path, request, {"analyst: brief": [cli_brief("post", command("size", "text"))], "engineer: size": [size]}
    )
    assert any("`post size abcd` (line 4)" in note for note in report.notes)
    assert "post size abcd" in Path(str(report.path), "README.md").read_text(encoding="utf-8")
