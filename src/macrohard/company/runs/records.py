"""What a run keeps about itself, besides the results of its steps."""

from __future__ import annotations

from enum import StrEnum

from pydantic import AwareDatetime

from macrohard import __version__
from macrohard.company.order import Order
from macrohard.company.progress import Event
from macrohard.truth.check import Record

__all__ = ["VERSION", "Happened", "Ordered", "Position", "State"]

FORMAT = 1
"""The format of the folder and of the sequence of steps; raised when unfinished runs could not go on with new code."""
VERSION = f"{__version__}+{FORMAT}"
"""A run goes on only with the version that started it."""


class State(StrEnum):
    """Where a run stands."""

    RUNNING = "running"
    """A process works on it now."""
    INTERRUPTED = "interrupted"
    """Its process ended in the middle; it can be resumed."""
    FAILED = "failed"
    """It stopped with an error; it can be resumed."""
    CANCELLED = "cancelled"
    FINISHED = "finished"
    UNREADABLE = "unreadable"
    """Written by a newer version, or damaged."""

    @property
    def resumable(self) -> bool:
        """Whether `resume` can go on with it."""
        return self in (State.INTERRUPTED, State.FAILED)


class Ordered(Record):
    """What a run is about."""

    format: int = FORMAT
    version: str = VERSION
    created: AwareDatetime
    order: Order


class Position(Record):
    """Where a run is."""

    updated: AwareDatetime
    step: str = ""
    """The step that was begun last; empty before the first."""
    error: str = ""
    """What stopped it, as a sentence."""


class Happened(Record):
    """An event and its time."""

    time: AwareDatetime
    event: Event
