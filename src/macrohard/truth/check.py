"""Checks: what anyone can run to see whether a statement about a program holds.

A check is a scenario, one or more commands run one after the other in the same empty folder, each with what it
must do. It is plain data, so that it can be written to a file and run without Macrohard.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

PROGRAM = "{program}"
"""Stands in `Step.argv` for the words that start the program, as in `python3 -m roman`."""
PYTHON = "{python}"
"""Stands in `Step.argv` for the Python that runs the check."""


class Record(BaseModel):
    """The base of everything that is stored: immutable, strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(StrEnum):
    """Where a check comes from, in the order in which checks count."""

    USER = "user"
    """An example or test that the user gave, or approved in a review."""
    REQUEST = "request"
    """An example that stands in the request itself, word for word."""
    TESTER = "tester"
    """Written by the tester from the brief, without sight of the code."""
    HOST = "host"
    """A rule of the house for every program of its kind: it starts, it explains itself, it fails politely."""


PEOPLE = frozenset({Source.USER, Source.REQUEST})
"""Whose examples are hard constraints."""


class Expectation(Record):
    """What one command must do. A Python traceback on stderr always breaks it."""

    exit_status: int | None = 0
    """None: any exit status, but an exit."""
    stdout: str | None = None
    """The whole of stdout; spaces at line ends and newlines at the end do not count."""
    stdout_contains: tuple[str, ...] = ()
    stderr_contains: tuple[str, ...] = ()
    error_message: bool = False
    """True: something readable stands on stderr."""
    files: dict[str, str] = Field(default_factory=dict)
    """Path in the working folder -> its whole text afterwards, compared like `stdout`."""
    unchanged: bool = Field(default=False, exclude_if=lambda value: not value)
    """True: the working folder holds the same files afterwards, with the same content. Readers that are older refuse it, and read
    all others as before, since it is written only where it is true."""


class Step(Record):
    """One command of a check."""

    argv: tuple[str, ...]
    stdin: str = ""
    expect: Expectation


class Check(Record):
    """A scenario in an empty folder, in which `files` have been put first."""

    id: str
    statement: str
    """What it shows when it passes, as a sentence: '`roman to-int XIV` prints `14`'."""
    source: Source
    quotation: str | None = None
    """The words of the request or of the user that it comes from, verbatim."""
    files: dict[str, str] = Field(default_factory=dict)
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
