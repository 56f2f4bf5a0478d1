"""Walls around untrusted programs: the only place where a line that a model wrote is ever run."""

from macrohard.sandbox.command import Command, Completed, Ending, Limits, Sandbox
from macrohard.sandbox.opening import open_sandbox
from macrohard.sandbox.walls import Walls

__all__ = ["Command", "Completed", "Ending", "Limits", "Sandbox", "Walls", "open_sandbox"]
