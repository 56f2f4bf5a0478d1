"""What is shown while a run works."""

from __future__ import annotations

import io
import os
import sys

import pytest
from rich.console import Console

from macrohard.cli.screen import Board, Lines, clock, watch
from macrohard.company.progress import Event

HOSTILE = "wrote \x1b[31m[bold]x[/bold]\u202e"


def screen(*, terminal: bool) -> tuple[Console, io.StringIO]:
    """A console that writes into a string."""
    file = io.StringIO()
    return Console(file=file, force_terminal=terminal, width=100, color_system=None, highlight=False), file


def test_lines_say_each_thing_once() -> None:
    console, file = screen(terminal=False)
    lines = Lines(console)
    for done in range(6):
        lines(Event("engineers", "to_int", done, 5))
    lines(Event("engineers", "to_int", 5, 5))
    lines(Event("jury", "chose"))
    said = [line.partition("] ")[2] for line in file.getvalue().splitlines()]
    assert said == ["engineers: to_int (0 of 5)", "engineers: to_int (5 of 5)", "jury: chose"]


def test_lines_count_on_only_where_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    console, file = screen(terminal=False)
    lines, now = Lines(console), [100.0]
    monkeypatch.setattr("macrohard.cli.screen.time.monotonic", lambda: now[0])
    for second in range(40):
        now[0] = 100.0 + second
        lines(Event("tester", "Writing checks.", second, 39) if second else Event("tester", "Writing checks."))
    said = [line.partition("Writing checks.")[2] for line in file.getvalue().splitlines()]
    assert said == ["", " (15 of 39)", " (30 of 39)", " (39 of 39)"]


def test_the_work_goes_on_when_nobody_reads_how_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    with open(theirs, "w", buffering=1) as unread:
        monkeypatch.setattr(sys, "stderr", unread)
        with watch() as shown:
            for message in ("one", "two", "three"):
                shown(Event("analyst", message))


def test_long_lines_are_not_wrapped() -> None:
    console, file = screen(terminal=False)
    Lines(console)(Event("analyst", "word " * 100))
    assert len(file.getvalue().splitlines()) == 1


def test_nothing_in_a_message_acts() -> None:
    for terminal in (True, False):
        console, file = screen(terminal=terminal)
        if terminal:
            board = Board(console)
            board(Event("analyst", HOSTILE))
            console.print(board.live.get_renderable())
        else:
            Lines(console)(Event("analyst", HOSTILE))
        shown = file.getvalue()
        assert "wrote \\x1b[31m[bold]x[/bold]\\u202e" in shown
        assert "\x1b[31m" not in shown and "\u202e" not in shown


def test_board_has_a_row_for_each_department() -> None:
    console, file = screen(terminal=True)
    board = Board(console)
    board(Event("analyst", "read the request"))
    board(Event("engineers", "to_int", 1, 4))
    board(Event("tester", "wrote checks", 3, 3))
    board(Event("analyst", "asks again"))
    console.print(board.live.get_renderable())
    rows = file.getvalue().splitlines()
    assert [row.split()[1] for row in rows[:3]] == ["analyst", "engineers", "tester"]
    assert "asks again" in rows[0] and "read the request" not in rows[0]
    assert "3 of 3" in rows[2]


def test_what_stays_is_printed_above_the_board() -> None:
    console, file = screen(terminal=True)
    board = Board(console)
    with board.live:
        board(Event("analyst", "reads"))
        board(Event("analyst", "No example: " + "word " * 40, stays=True))
        board(Event("analyst", "goes on"))
    shown = file.getvalue()
    assert "analyst: No example: " in shown and shown.count("word") == 40


def test_board_fits_a_narrow_terminal() -> None:
    console, file = screen(terminal=True)
    console.width = 80
    board = Board(console)
    board(Event("integrator", "word " * 50, 1, 2))
    console.print(board.live.get_renderable())
    row = file.getvalue().splitlines()[0]
    assert "integrator" in row and "word word" in row and row.rstrip().endswith("0:00")
    assert len(row) <= 80


def test_board_steps_aside() -> None:
    console, _ = screen(terminal=True)
    board = Board(console)
    with board.live:
        with board.aside():
            assert not board.live.is_started
        assert board.live.is_started


def test_clock() -> None:
    assert [clock(seconds) for seconds in (0, 59.9, 60, 3661)] == ["0:00", "0:59", "1:00", "61:01"]
