"""The rules of the house say what they look at, no more."""

from __future__ import annotations

from macrohard.company.brief import Argument, Brief, CommandBrief
from macrohard.company.order import Kind
from macrohard.company.tester.acceptance import checks_of
from macrohard.company.users.house import house_checks
from macrohard.truth import Source
from macrohard.truth.examples import find_examples

COMMANDS = (
    CommandBrief(name="add", purpose="", arguments=(Argument(name="task"),)),
    CommandBrief(name="list", purpose=""),
)


def statements(transcript: str, *commands: CommandBrief, state_file: str | None = None) -> list[str]:
    brief = Brief(kind=Kind.CLI, name="todo", summary="", request="", commands=commands, state_file=state_file)
    checks = checks_of(brief, find_examples(transcript), Source.REQUEST)
    return [check.statement for check in house_checks(brief, checks)]


def test_of_the_help_only_its_usage_and_the_names_of_commands_are_looked_at() -> None:
    assert statements("", *COMMANDS)[0] == "`todo --help` prints its usage and lists add, list"
    assert statements("", CommandBrief(name="", purpose=""))[0] == "`todo --help` prints its usage"


def test_what_is_looked_for_in_the_file_is_a_list() -> None:
    found = statements("    $ todo add Milk\n    Added Milk\n", *COMMANDS, state_file="todo.json")
    said = "After `todo add Milk`, todo.json in the current folder holds a JSON list that is not empty"
    assert said in found and not any("stores" in statement for statement in found)
