"""The terminal that is written on."""

from __future__ import annotations

from rich.console import Console

__all__ = ["LISTS", "NARROWEST", "console"]

NARROWEST = 48
"""Columns. In fewer a table drops the column that says the most, and in none nothing is printed at all."""
LISTS = 72
"""Columns of a list whose names may not be cut, since they are copied."""


def console(least: int = NARROWEST, *, stderr: bool = False) -> Console:
    """Prints on stdout or stderr, in so many columns at least: a narrower terminal folds the lines itself, and nothing is lost."""
    made = Console(stderr=stderr, highlight=False)
    made.width = max(made.width, least)
    return made
