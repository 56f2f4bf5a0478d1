"""A clause of a request, and what must show it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Need(StrEnum):
    """What must pass before a clause counts as shown."""

    NOTHING = "nothing"
    """It only says what the program is for."""
    FILE = "file"
    """A check that looks for the file in which things are kept."""
    CALL = "call"
    """A call of each command or function that it names."""
    CASE = "case"
    """A check that was written for it."""
    ERROR = "error"
    """A check that was written for it and ends in the error that it names."""
    UNCHANGED = "unchanged"
    """An error that changes no file, of the clause before."""
    MORE = "more"
    """No check can be written that surely shows it."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a statement."""

    text: str
    """Verbatim."""
    statement: str
    """The statement that it stands in."""
    need: Need
    statuses: tuple[int, ...] = ()
    """The exit statuses that it names, 0 included."""
    unchanged: bool = False
    """True when the error that it demands changes nothing, as it says itself or the clause behind it."""
    errors: tuple[str, ...] = ()
    """Of a clause that says that errors change nothing, the clauses that demand these errors."""
