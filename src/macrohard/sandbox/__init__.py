"""Walls around untrusted programs: the only place where a line that a model wrote is ever run."""

from macrohard.sandbox.command import Command, Completed, Ending, Limits, Sandbox
from macrohard.sandbox.inspection import Walls
from macrohard.sandbox.opening import open_sandbox, walls
from macrohard.sandbox.printing import printable

__all__ = ["Command", "Completed", "Ending", "Limits", "Sandbox", "Walls", "open_sandbox", "printable", "walls"]
