"""Walls around untrusted programs: the only place where a line that a model wrote is ever run."""

from macrohard.sandbox.command import Command, Completed, Ending, Limits, Sandbox

__all__ = ["Command", "Completed", "Ending", "Limits", "Sandbox"]
