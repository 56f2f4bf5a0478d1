"""What evidence needs to be produced again, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from macrohard.sandbox import Limits, Sandbox
from macrohard.truth.check import Record


@dataclass(frozen=True, slots=True)
class Context:
    """Where evidence is produced again."""

    project: Path
    """The folder of the project, without its evidence if that may not be seen."""
    sandbox: Sandbox
    limits: Limits = field(default_factory=Limits)


class Outcome(Record):
    """What came of producing a piece of evidence again."""

    holds: bool
    reason: str = ""
    """Why it does not hold, as a sentence; empty when it holds."""
    changed_inputs: tuple[str, ...] = ()
    """Files of the program that were changed, added or removed since the evidence was made. When it holds all the
    same, it holds for the changed program."""
