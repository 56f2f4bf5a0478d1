"""Durable steps: what a run has done once is never done again, however often its process is killed.

A workflow is a plain function `(order, steps, progress) -> Report`. All that it does to the world (asking a model,
running a sandbox, writing a file) happens in steps; between steps it only computes, and from the same results it
takes the same steps in the same order. Rules of a step:

- Its name is unique within the run.
- Its result is kept as JSON, and what `step` returns has always been read back from that JSON, so that a resumed
  run sees exactly what an undisturbed run saw.
- It may be done twice when the process dies inside it, so it must be idempotent: a folder is made from nothing again.
- An action that raises keeps nothing and ends this attempt of the run, which can be resumed at that step. A failure
  that the workflow is to survive must be a result, not an exception.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from pydantic import TypeAdapter

from macrohard.company.order import Order
from macrohard.company.progress import Progress
from macrohard.company.report import Report

__all__ = ["Steps", "VolatileSteps", "Work", "from_json", "to_json"]

T = TypeVar("T")


class Steps(Protocol):
    """The durable steps of one run: each is done once, its result is kept, and a resumed run reads it back."""

    @property
    def run_id(self) -> str:
        """The run that the steps belong to: 'build-3f9a2c1b'."""
        ...

    def step(self, name: str, kind: type[T], action: Callable[[], T]) -> T:
        """Do `action` once in the life of the run and return its result.

        `kind` is the type of the result: a pydantic model or anything that a pydantic TypeAdapter writes to JSON and
        reads back, such as `str` or `tuple[Check, ...]`. Call it from the thread that runs the workflow only.

        Raises what `action` raises, RunCancelled when the run has been cancelled since the step before, ValueError
        for a name that has been used, and UserError when the result cannot be kept.
        """
        ...


Work = Callable[[Order, Steps, Progress], Report]
"""A workflow. `Report.run_id` is `steps.run_id`."""


class VolatileSteps:
    """Steps that last no longer than their process, for tests and for trying a department out alone."""

    def __init__(self, run_id: str = "volatile") -> None:
        self._run_id = run_id
        self.names: list[str] = []
        """The steps that were taken, in order."""

    @property
    def run_id(self) -> str:
        """The run that the steps belong to."""
        return self._run_id

    def step(self, name: str, kind: type[T], action: Callable[[], T]) -> T:
        """Do `action`; its result goes through JSON as it would in a durable run."""
        if name in self.names:
            raise ValueError(f"a run has two steps with the name {name!r}")
        self.names.append(name)
        return from_json(kind, to_json(kind, action()))


def to_json(kind: type[T], value: T) -> str:
    """The JSON text in which a result is kept."""
    return TypeAdapter(kind).dump_json(value).decode()


def from_json(kind: type[T], text: str) -> T:
    """The result that was kept; raises pydantic's ValidationError when it is not of this kind."""
    return TypeAdapter(kind).validate_json(text)
