from __future__ import annotations

import ast
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.company.brief import Argument, ArgumentType
from macrohard.company.choices import choices_of
from macrohard.company.order import Kind
from macrohard.company.proposals import one_line, read_brief

from .scripted import argument, cli_brief, command, library_brief

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
BRIEFS = [
    json.loads(cli_brief("p", command("up", "word", options=[argument("--loud", "flag")]), state_file="a.json")),
    json.loads(library_brief("p", ("f", {"a": "int"}, "int"))),
]


@given(st.text(), st.sampled_from(Kind))
def test_any_text_is_a_brief_or_none(text: str, kind: Kind) -> None:
    brief = read_brief(text, kind, "request")
    assert brief is None or brief.commands or brief.functions


@given(st.sampled_from(BRIEFS), st.data())
def test_any_member_may_be_anything(brief: dict[str, Any], data: st.DataObject) -> None:
    changed = json.loads(json.dumps(brief))
    where = data.draw(st.sampled_from(sorted(_places(changed))))
    holder: Any = changed
    for step in where[:-1]:
        holder = holder[step]
    holder[where[-1]] = data.draw(json_values)
    for kind in Kind:
        read_brief(json.dumps(changed), kind, "kept in a.json")


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all members of a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, item in inner for found in ((*path, key), *_places(item, (*path, key)))]


@given(st.text() | st.text("\"\\'\n %{}", max_size=10))
def test_a_line_of_a_model_is_safe_in_a_docstring(text: str) -> None:
    line = one_line(text)
    assert line.isprintable() and len(line) <= 300
    assert ast.get_docstring(ast.parse(f'"""{line}"""'), clean=False) == (line or None) or line == ""


def test_a_brief_is_read() -> None:
    text = cli_brief("Tasks", command("add", "Title", options=[argument("urgent", "flag"), argument("--help", "flag")]),
                     command("list"), state_file="tasks.json", fields=[argument("title")])  # fmt: skip
    brief = read_brief(text, Kind.CLI, "Keeps tasks in tasks.json. Errors end with exit status 3.")
    assert brief is not None
    assert (brief.name, brief.package, brief.state_file) == ("Tasks", "Tasks", "tasks.json")
    assert brief.commands[0].arguments == (
        Argument(name="title"),
        Argument(name="--urgent", type=ArgumentType.FLAG),
    )
    assert brief.statements == ("Keeps tasks in tasks.json.", "Errors end with exit status 3.")


def test_a_state_file_must_stand_in_the_request() -> None:
    brief = read_brief(
        cli_brief("p", command("add"), command("list"), state_file="mine.json"), Kind.CLI, "Keeps tasks."
    )
    assert brief is not None and brief.state_file is None


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "~/passwd", "C:\\passwd"])
def test_a_path_leads_to_no_other_folder(path: str) -> None:
    """The program keeps its file where it is called, and its choices say so."""
    brief = read_brief(cli_brief("p", command("a"), state_file=path), Kind.CLI, f"It keeps things in {path}.")
    assert brief is not None and brief.state_file == "passwd"
    assert any("kept in passwd there" in choice for choice in choices_of(brief))


@pytest.mark.parametrize(
    "request_text",
    [
        "A to-do list. It remembers the tasks between runs.",
        "A to-do list that saves its tasks to a JSON file.",
        "It stores tasks across sessions.",
    ],
)
def test_what_is_to_be_remembered_is_kept_where_no_file_is_named(request_text: str) -> None:
    for proposed in ("", "todo.json", "mine.json"):
        brief = read_brief(
            cli_brief("todo", command("add"), command("list"), state_file=proposed), Kind.CLI, request_text
        )
        assert brief is not None and brief.state_file == "todo.json"
        assert any("kept in todo.json there" in choice for choice in choices_of(brief))


@pytest.mark.parametrize(
    ("names", "request_text"),
    [
        (("",), "It converts a table and saves it to a JSON file."),
        (("top", "tail"), "It keeps the lines in a file that are short."),
    ],
)
def test_what_only_reads_or_writes_a_file_remembers_nothing(names: tuple[str, ...], request_text: str) -> None:
    brief = read_brief(cli_brief("p", *map(command, names), state_file="p.json"), Kind.CLI, request_text)
    assert brief is not None and brief.state_file is None


def test_a_name_that_ends_like_another_is_not_the_one_of_the_request() -> None:
    brief = read_brief(
        cli_brief("p", command("a"), state_file="tasks.json"), Kind.CLI, "It keeps them in mytasks.json."
    )
    assert brief is not None and any("kept in tasks.json there" in choice for choice in choices_of(brief))


def test_commands_and_options_may_be_written_with_what_they_take() -> None:
    options = [argument("-n, --lines", "integer"), argument("--sep=CHAR", "text"), argument("--all [WHAT]", "flag")]
    brief = read_brief(
        cli_brief("p", command("add TEXT [TAG]", options=options), command("list")), Kind.CLI, "It does."
    )
    assert brief is not None and [item.name for item in brief.commands] == ["add", "list"]
    assert [item.name for item in brief.commands[0].arguments] == ["--lines", "--sep", "--all"]


@pytest.mark.parametrize(
    "text",
    [
        cli_brief("p"),
        cli_brief("p", command("--help")),
        cli_brief("p", command("../x")),
        cli_brief("p", command("a;rm -rf")),
        cli_brief("p", command("a"), command("")),
        cli_brief("p", command("a", "…")),
        cli_brief("p", command("a", options=[argument("--;x", "flag")])),
        cli_brief("p", command("a"), state_file="a/.."),
        cli_brief("p", command("a"), state_file="a/code.py"),
        "[" * 100_000,
        '"\\ud800"',
    ],
)
def test_what_is_no_brief(text: str) -> None:
    assert read_brief(text, Kind.CLI, "It keeps a/.. and a/code.py.") is None


@pytest.mark.parametrize(
    "function",
    [
        ("f", {"a": "int = exec('x')"}, "int"),
        ("f", {"a": "int): pass\ndef g(b"}, "int"),
        ("f", {'a": 1, "': "int"}, "int"),
        ("import os", {}, "int"),
        ("f", {}, "int: pass\nimport os"),
    ],
)
def test_functions_that_are_more_than_that(function: tuple[str, dict[str, str], str]) -> None:
    assert read_brief(library_brief("p", function), Kind.LIBRARY, "r") is None


def test_doubles_are_dropped() -> None:
    text = cli_brief("p", command("to-int", "n", "N", options=[argument("--n")]), command("to_int"))
    brief = read_brief(text, Kind.CLI, "r")
    assert brief is not None and [item.name for item in brief.commands] == ["to-int"]
    assert [item.name for item in brief.commands[0].arguments] == ["n"]


def test_what_was_copied_from_the_worked_example_is_left_out() -> None:
    have, size = command("have", options=[argument("--count", "flag")]), command("size", stdin=True)
    proposed = cli_brief("raffle", have, size)

    def read(request: str, *given: str) -> list[tuple[str, int]]:
        brief = read_brief(proposed, Kind.CLI, request, given)
        return [(item.name, len(item.arguments)) for item in brief.commands] if brief else []

    assert read("A tool raffle. `raffle have` prints the tickets.") == [("have", 0)]
    assert read("A tool raffle. `raffle have --count` counts, `raffle size` measures.") == [("have", 1), ("size", 0)]
    assert read("A tool raffle for counting tickets and sizing stubs.") == [("have", 1), ("size", 0)]
    assert read("A tool raffle.", "size => 3") == [("have", 0), ("size", 0)]


def test_a_brief_of_nothing_else_is_kept() -> None:
    found = read_brief(cli_brief("notes", command("size", stdin=True)), Kind.CLI, "How long is my text?")
    assert found is not None and [item.name for item in found.commands] == ["size"]
