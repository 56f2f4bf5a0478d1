"""The order: what the user asked for, with every setting, in the form in which a run keeps it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from macrohard.truth.check import Record


class Kind(StrEnum):
    """The kinds of program that can be ordered."""

    CLI = "cli"
    """A command-line program: commands, options, stdin, files, state files, exit statuses."""
    LIBRARY = "library"
    """A package of typed functions."""


class Limit(Record):
    """The hard budget of a run; None is no limit. It stops before a limit is passed."""

    minutes: float | None = None
    tokens: int | None = None
    usd: float | None = None


class Order(Record):
    """One order for `build` or `implement`. The same order in the same folder names the same run."""

    task: str = "build"
    """'build' or 'implement'."""
    request: str
    """The request in the user's words; for `implement` the text of the stub file."""
    examples: tuple[str, ...] = ()
    """'ARGS => OUTPUT' as given with `--example`."""
    tests: dict[str, str] = Field(default_factory=dict)
    """File name -> text of the user's own tests (`--tests DIR`)."""
    kind: Kind | None = None
    """None: the analyst decides."""
    out: str
    """Absolute path of the folder in which the project folder is made, or of the file `implement` writes."""
    file_name: str = ""
    """For `implement`: the name of the stub file."""
    model: str = "embedded"
    candidates: int | None = None
    """Independent candidates per function; None: the default of the model."""
    seed: int = 0
    limit: Limit = Limit()
    review: bool = False
    """True: the brief and the checks are shown, edited and approved before anything is built."""
