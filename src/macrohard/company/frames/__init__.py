"""Frames: the part of a program that is ours, the same for every program of its kind."""

from macrohard.company.frames.program import Program, frame

__all__ = ["Program", "frame"]
