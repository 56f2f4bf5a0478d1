"""Which commands a sentence of errors speaks of: a wrong answer makes the engineers refuse good input."""

import pytest

from macrohard.company.brief import Argument, ArgumentType, Brief, CommandBrief
from macrohard.company.order import Kind
from macrohard.company.request.statements import concerned

TODO = Brief(
    kind=Kind.CLI,
    name="todo",
    summary="",
    request="",
    commands=(
        CommandBrief(name="add", purpose="", arguments=(Argument(name="task"),)),
        CommandBrief(name="list", purpose=""),
        CommandBrief(name="done", purpose="", arguments=(Argument(name="position", type=ArgumentType.INTEGER),)),
    ),
)


@pytest.mark.parametrize(
    ("statement", "commands"),
    [
        ("A number that does not exist is an error.", ["done"]),
        ("An empty task is an error.", ["add"]),
        ("Adding what is there already is an error.", ["add"]),
        ("`todo done` without a number fails.", ["done"]),
        ("Invalid input is an error.", ["add", "list", "done"]),
    ],
)
def test_error_sentence_concerns_the_commands_it_speaks_of(statement: str, commands: list[str]) -> None:
    assert [command.name for command in concerned(TODO, statement)] == commands
