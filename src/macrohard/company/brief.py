"""The brief: a request in typed form, and nothing that the request does not say."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from macrohard.company.naming import package_name
from macrohard.company.order import Kind
from macrohard.truth.check import Record


class ArgumentType(StrEnum):
    """What a word on the command line stands for."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    """A whole number or one with decimals."""
    FILE = "file"
    """The name of a file that is read; the function gets its text."""
    FLAG = "flag"
    """An option without a value."""


class Argument(Record):
    """One positional argument, or one option when its name starts with '--'."""

    name: str
    type: ArgumentType = ArgumentType.TEXT
    repeated: bool = False
    """True: one or more of them, the last argument of its command."""
    optional: bool = False
    """True: it may be left out, the last argument of its command; the function gets None then."""

    @property
    def is_option(self) -> bool:
        """True for '--unique'."""
        return self.name.startswith("-")


class CommandBrief(Record):
    """One command of a command-line program; a program without commands has one, with an empty name."""

    name: str
    purpose: str
    arguments: tuple[Argument, ...] = ()
    reads_stdin: bool = False


class StateField(Record):
    """One key of the records that a program keeps."""

    name: str
    type: ArgumentType


class FunctionBrief(Record):
    """One function of a library."""

    name: str
    parameters: str
    """As in a definition: 'text: str, limit: int = 10'."""
    returns: str
    """The annotation of the result."""
    purpose: str


class Brief(Record):
    """What is to be built."""

    kind: Kind
    name: str
    """The name of the program and of its package, a Python identifier with hyphens allowed."""
    summary: str
    request: str
    """The request, verbatim: what the engineers read besides their own function."""
    error_status: int = 2
    """The exit status after an error of the user, as the request says it; 2 where it says nothing."""
    commands: tuple[CommandBrief, ...] = ()
    state_file: str | None = None
    """The file in the current folder in which records are kept."""
    state_fields: tuple[StateField, ...] = ()
    functions: tuple[FunctionBrief, ...] = ()
    choices: tuple[str, ...] = ()
    """What was decided where the request is silent, as sentences."""
    statements: tuple[str, ...] = Field(default_factory=tuple)
    """The sentences of the request that say how the program behaves, verbatim."""

    @property
    def package(self) -> str:
        """The name of the Python package, which hides no module that a program may import."""
        return package_name(self.name)

    @property
    def has_commands(self) -> bool:
        """False for a program whose arguments follow its own name, and for a library."""
        return any(command.name for command in self.commands)
