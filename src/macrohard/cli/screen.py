"""What is shown while a run works: a live table on a terminal, plain lines anywhere else, always on stderr."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Protocol, get_args

from rich.console import Console
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from macrohard.cli import terminal
from macrohard.cli.plain import plain
from macrohard.company.progress import Department, Event

__all__ = ["Board", "Lines", "Screen", "watch"]

REPEAT_SECONDS = 15.0
"""How long a department that only counts stays silent where lines cannot be overwritten."""

DEPARTMENT_WIDTH = max(len(department) for department in get_args(Department))
BAR_WIDTH = 16
CLOCK_WIDTH = 6
"""Up to 999:59."""


class Screen(Protocol):
    """A listener that can step aside while the user is asked something."""

    def __call__(self, event: Event) -> None: ...

    def aside(self) -> AbstractContextManager[None]:
        """Leave the terminal to somebody else for a while."""
        ...


@contextmanager
def watch() -> Iterator[Screen]:
    """Show what happens until the block ends."""
    console = terminal.Stderr()
    if not console.is_terminal or console.is_dumb_terminal or console.width < terminal.NARROWEST:
        yield Lines(terminal.console(stderr=True))
        return
    table = Board(console)
    with table.live:
        yield table


@dataclass
class _Row:
    """What is known of one department."""

    message: str
    done: int | None
    total: int | None
    started: float
    changed: float

    @property
    def finished(self) -> bool:
        """Whether it counted up to its total."""
        return self.total is not None and self.done == self.total


class Board:
    """One row for each department that has done something, with a spinner at the one that was heard of last."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._spinner = Spinner("dots")
        self._started = time.monotonic()
        self._rows: dict[str, _Row] = {}
        self._latest = ""
        self._lock = threading.Lock()
        self.live = Live(console=console, get_renderable=self._render, refresh_per_second=8, transient=True)

    def __call__(self, event: Event) -> None:
        """Take in what happened; the next refresh shows it. What stays is printed above the rows."""
        if event.stays:
            self._console.print(Text(f"{event.department}: {plain(event.message)}", style="yellow"))
            return
        now = time.monotonic()
        with self._lock:
            started = self._rows[event.department].started if event.department in self._rows else now
            self._rows[event.department] = _Row(plain(event.message), event.done, event.total, started, now)
            self._latest = event.department

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Stop drawing until the block ends."""
        self.live.stop()
        try:
            yield
        finally:
            self.live.start()

    def _render(self) -> Table:
        now = time.monotonic()
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=1)
        grid.add_column(style="bold", width=DEPARTMENT_WIDTH)
        # A long message would squeeze the other columns, since none of it may be wrapped.
        message_width = max(self._console.width - DEPARTMENT_WIDTH - BAR_WIDTH - CLOCK_WIDTH - 7, 10)
        grid.add_column(no_wrap=True, overflow="ellipsis", width=message_width)
        grid.add_column(width=BAR_WIDTH)
        grid.add_column(justify="right", no_wrap=True, width=CLOCK_WIDTH)
        with self._lock:
            for department, row in self._rows.items():
                active = department == self._latest and not row.finished
                end = now if active else row.changed
                mark = self._spinner if active else Text("·")
                grid.add_row(mark, department, Text(row.message), _count(row), clock(end - row.started))
        grid.add_row("", "", "", "", Text(clock(now - self._started), style="dim"))
        return grid


class Lines:
    """One line for each new thing that happens."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._started = time.monotonic()
        self._said: dict[str, tuple[Event, float]] = {}
        self._lock = threading.Lock()

    def __call__(self, event: Event) -> None:
        """Print it, unless it only counts on from what was printed a moment ago."""
        now = time.monotonic()
        message = plain(event.message)
        with self._lock:
            if self._is_known(event, now):
                return
            self._said[event.department] = (event, now)
            count = f" ({event.done} of {event.total})" if event.total is not None else ""
            line = f"[{clock(now - self._started)}] {event.department}: {message}{count}"
            self._console.print(Text(line), soft_wrap=True)

    def _is_known(self, event: Event, now: float) -> bool:
        """Whether it only counts on from what was printed a moment ago, and is not the end of what was counted there."""
        before, when = self._said.get(event.department, (None, 0.0))
        if before is None or before.message != event.message or now - when >= REPEAT_SECONDS:
            return False
        return event.done is not None and (event.done != event.total or before.done in {None, event.done})

    def aside(self) -> AbstractContextManager[None]:
        """Nothing stands in the way."""
        return nullcontext()


def clock(seconds: float) -> str:
    """Minutes and seconds: '3:07'."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _count(row: _Row) -> ProgressBar | Text:
    if not row.total:
        return Text()
    return (
        Text(f"{row.done} of {row.total}") if row.finished else ProgressBar(row.total, row.done or 0, width=BAR_WIDTH)
    )
