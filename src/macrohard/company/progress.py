"""What people see while they wait: departments say what they do, and the run tells whoever listens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

Department = Literal[
    "analyst", "tester", "engineers", "jury", "integrator", "users", "delivery", "model", "checker", "reader"
]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    department: Department
    message: str
    """One plain sentence without markup, safe to print: whatever a model wrote in it has been escaped."""
    done: int | None = None
    total: int | None = None
    """`done` of `total`, where progress can be counted."""
    stays: bool = False
    """Whether the user should be able to read it until the run ends: it may be a reason to stop it."""


class Progress(Protocol):
    """Listens to a run."""

    def __call__(self, event: Event) -> None: ...


def silent(event: Event) -> None:
    """A listener that ignores everything."""
