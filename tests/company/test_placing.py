"""Which examples of a request can be asked of the program that was understood."""

from __future__ import annotations

import pytest

from macrohard.company.brief import Argument, ArgumentType, Brief, CommandBrief, FunctionBrief
from macrohard.company.order import Kind
from macrohard.company.placing import askable
from macrohard.company.request.sentences import split_statements
from macrohard.truth.examples import find_examples

TASKS = Brief(
    kind=Kind.CLI,
    name="todo",
    summary="",
    request="",
    state_file="todo.json",
    commands=tuple(CommandBrief(name=name, purpose="", arguments=(Argument(name="task"),)) for name in ("add", "done"))
    + (CommandBrief(name="list", purpose=""),),
)
ROWS = Brief(
    kind=Kind.CLI,
    name="csvt",
    summary="",
    request="",
    commands=(CommandBrief(name="", purpose="", arguments=(Argument(name="path", type=ArgumentType.FILE),)),),
)
LIBRARY = Brief(
    kind=Kind.LIBRARY,
    name="fib",
    summary="",
    request="",
    functions=(FunctionBrief(name="fib", parameters="n: int", returns="int", purpose=""),),
)


@pytest.mark.parametrize(
    ("brief", "text", "many"),
    [
        (TASKS, "`todo add Milk` prints `Added: Milk`", 1),
        (TASKS, "`todo add Milk` prints `Added task 1`", 1),
        (TASKS, "`todo add Milk` prints `2026-03-06 Milk`", 0),
        (TASKS, "After `todo add Milk`, `todo done 1` prints `Done: Milk`", 1),
        (TASKS, "After `todo add Milk` and `todo add Tea`, `todo list all` prints `2. Tea`", 1),
        (TASKS, "After `todo add Milk`, `todo list all` prints `2. Milk`", 0),
        (TASKS, "After `todo done 1`, `todo list all` prints `1. Milk`", 0),
        (TASKS, "After `todo add Milk`, `todo add milk` exits with status 2", 1),
        (TASKS, "`todo done 9` exits with status 2", 1),
        (TASKS, "`todo add Milk` prints `Added task 3`", 0),
        (TASKS, "`todo done 1` prints `Done: Milk`", 0),
        (TASKS, "`todo list all` prints `1. Milk`", 0),
        (TASKS, "    $ todo list\n    1. Milk\n", 1),
        (TASKS.model_copy(update={"state_file": None}), "`todo done 1` prints `Done: 1`", 1),
        (TASKS, "`other add Milk` prints `Added: Milk`", 0),
        (ROWS, "Given `a.csv`:\n\n    x\n    1\n\n`csvt a.csv` prints 1.", 1),
        (ROWS, "`csvt a.csv` prints 1.", 0),
        (ROWS, "`csvt none.csv` exits with status 2", 1),
        (LIBRARY, "fib(7) returns 13, where F(0) = 0 and F(1) = 1", 1),
        (TASKS, "where F(0) = 0 and F(1) = 1", 0),
    ],
)
def test_how_many_can_be_asked(brief: Brief, text: str, many: int) -> None:
    """A sentence does not say what is in the folder: with a state file only what needs nothing there is asked."""
    assert len(askable(brief, find_examples(text))) == many


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("Adding a task twice is an error (`todo add Milk` exits with status 3).", 0),
        ("If the task is on the list already, `todo add Milk` exits with status 3.", 0),
        ("A second `todo add Milk` prints an error and exits with status 3.", 0),
        ("`todo add Milk` prints `Added: Milk`. Duplicates are refused: `todo add milk` exits with status 3.", 1),
        ("`todo add Milk` prints `Added: Milk`. But `todo add milk` exits with status 3.", 1),
        ("An empty task is an error: `todo add ''` exits with status 3.", 1),
        ("A task that does not exist is an error: `todo done 7` exits with status 3.", 1),
    ],
)
def test_what_fails_only_the_second_time_is_not_asked_the_first(text: str, many: int) -> None:
    brief = TASKS.model_copy(update={"request": text, "statements": split_statements(text)})
    assert len(askable(brief, find_examples(text))) == many
