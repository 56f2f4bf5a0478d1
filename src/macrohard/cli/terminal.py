"""The terminal that is written on."""

from __future__ import annotations

import sys

from rich.console import Console

from macrohard.cli.streams import Unread, give_up

__all__ = ["LISTS", "NARROWEST", "Stderr", "console"]

NARROWEST = 48
"""Columns. In fewer a table drops the column that says the most, and in none nothing is printed at all."""
LISTS = 72
"""Columns of a list whose names may not be cut, since they are copied."""


class Stderr(Console):
    """Prints on stderr. It falls silent when nobody reads that any more, and the work goes on: rich would end it."""

    def __init__(self) -> None:
        super().__init__(stderr=True, highlight=False)

    def on_broken_pipe(self) -> None:
        """Print nothing from now on."""
        self.quiet = True
        give_up(sys.stderr)


class _Stdout(Console):
    """Prints on stdout."""

    def on_broken_pipe(self) -> None:
        """End the command, since what it prints there is what it was called for."""
        raise Unread


def console(least: int = NARROWEST, *, stderr: bool = False) -> Console:
    """Prints on stdout or stderr, in so many columns at least: a narrower terminal folds the lines itself, and nothing is lost."""
    made = Stderr() if stderr else _Stdout(highlight=False)
    made.width = max(made.width, least)
    return made
