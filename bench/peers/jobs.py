"""What a peer is given to do, and how the harness tells whether it did it right: functions with hidden tests, and programs."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.functions.hidden import passes
from bench.functions.tasks import Task, tasks
from bench.keys import tried
from bench.references import Library, key_of
from bench.requests import EXAMPLES, UNSEEN, texts
from macrohard.sandbox import open_sandbox
from macrohard.truth.examples import CommandExample, find_examples

FILE = "task.py"
"""What a peer is asked to write."""
PROGRAMS = (EXAMPLES, *UNSEEN)
"""The sets of requests for whole programs."""
SIMPLE = 6
"""The first requests of a set, which are the simple ones."""
_FUNCTION = (
    f"Complete the function `{{name}}` in {FILE}, so that it does what its docstring says. "
    "Keep its name and its parameters."
)
_PROGRAM = "{request}\n\nWrite it as one file, {file}, that needs nothing but Python's standard library. {called}"
_COMMAND = f"Where the text says `{{name}}`, the user types `python {FILE}`. Error messages go to standard error."
_LIBRARY = "The user imports its functions from this file."


@dataclass(frozen=True, slots=True)
class Grade:
    """How many results are right."""

    right: int
    n: int


@dataclass(frozen=True, slots=True)
class Job:
    """One file to write."""

    id: str
    instruction: str
    given: str
    """What stands in the file before; '' where there is none."""
    grade: Callable[[str], Grade]
    """Of what stands in it afterwards."""


def functions(name: str, data: Path) -> list[Job]:
    """The tasks of a set. Raises SystemExit for one that is fitted on: peers are measured on what is reported."""
    every = tasks(name, data)
    if not all(task.reported for task in every):
        raise SystemExit(f"{name} is for fitting: peers are measured on what is reported.")
    return [function_job(task) for task in every]


def function_job(task: Task) -> Job:
    """One function; its hidden tests pass or do not."""
    return Job(task.id, _FUNCTION.format(name=task.function), task.stub, partial(_hidden, task))


def _hidden(task: Task, source: str) -> Grade:
    return Grade(int(bool(source) and passes(task, [source], open_sandbox())[0]), 1)


def programs(name: str) -> Sequence[Job]:
    """The simple requests of a set, each with the answer key of `python -m bench.keys`, which nobody is shown."""
    return [_program(path) for path in texts(name)[:SIMPLE]]


def _program(path: Path) -> Job:
    request = path.read_text(encoding="utf-8").strip()
    called = _LIBRARY if isinstance(key_of(path.stem), Library) else _COMMAND.format(name=_command(request))
    return Job(path.stem, _PROGRAM.format(request=request, file=FILE, called=called), "", partial(_key, path.stem))


def _command(request: str) -> str:
    """What the request calls its program, in its first example."""
    return next(item.lines[0].words[0] for item in find_examples(request) if isinstance(item, CommandExample))


def _key(request: str, source: str) -> Grade:
    """The file takes the place of a package in a delivered project, as what the key imports and runs."""
    key = key_of(request)
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "program" / "src" / "program"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(source if isinstance(key, Library) else "", encoding="utf-8")
        (package / "__main__.py").write_text("" if isinstance(key, Library) else source, encoding="utf-8")
        found = tried(key, Path(folder) / "program", open_sandbox())
    return Grade(found["right"] if source else 0, found["n"])
