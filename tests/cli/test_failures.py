"""Every failure is one sentence and an exit status."""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Callable
from typing import NoReturn

import click
import pytest

from macrohard.cli.failures import status_of
from macrohard.cli.streams import unread_told
from macrohard.errors import BudgetSpent, ModelUnavailable, RunCancelled, SandboxUnavailable, UserError


def raising(error: BaseException) -> Callable[[], NoReturn]:
    """A command that fails."""

    def command() -> NoReturn:
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (UserError("Mend it."), 2),
        (SandboxUnavailable("Mend it."), 2),
        (ModelUnavailable("Mend it."), 2),
        (BudgetSpent("Mend it."), 4),
        (RunCancelled("Mend it."), 130),
    ],
)
def test_expected_failures(error: Exception, status: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of(raising(error), as_json=False) == status
    assert capsys.readouterr() == ("", "macrohard: Mend it.\n")


def test_json_failure_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of(raising(UserError("Mend \x1b[2J it.")), as_json=True) == 2
    shown = capsys.readouterr()
    assert json.loads(shown.out) == {
        "schema_version": "macrohard/error/v1",
        "error": "Mend \x1b[2J it.",
        "notes": [],
        "exit_status": 2,
    }
    assert "\x1b" not in shown.out + shown.err


def test_interruption_says_how_to_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    interruption = KeyboardInterrupt()
    interruption.add_note("Go on with: macrohard resume build-0badcafe")

    @click.command()
    def command() -> None:
        raise interruption

    assert status_of(lambda: command.main([], standalone_mode=False), as_json=False) == 130
    assert capsys.readouterr().err == "\nmacrohard: Interrupted.\nGo on with: macrohard resume build-0badcafe\n"


def test_fault_of_ours_is_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of(raising(RuntimeError("a fault with \x1b]0;a title\x07")), as_json=True) == 1
    shown = capsys.readouterr()
    assert shown.err.startswith("Traceback (most recent call last):\n")
    assert "a fault with \\x1b]0;a title\\x07" in shown.err
    assert shown.err.endswith("macrohard: This is a fault of Macrohard; please report it with the lines above.\n")
    assert json.loads(shown.out)["exit_status"] == 1


def test_full_disk_is_nobodys_fault(capsys: pytest.CaptureFixture[str]) -> None:
    wrapped = RuntimeError("writing failed")
    wrapped.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    for error in (wrapped, sqlite3.OperationalError("database or disk is full")):
        assert status_of(raising(error), as_json=False) == 2
        assert (
            capsys.readouterr().err == "macrohard: The disk is full; free some space and run the same command again.\n"
        )


def test_only_a_run_goes_on_where_a_full_disk_stopped_it(capsys: pytest.CaptureFixture[str]) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    full.add_note("Go on with: macrohard resume build-0badcafe")
    assert status_of(raising(full), as_json=False) == 2
    told, note = capsys.readouterr().err.splitlines()
    assert told.endswith("the same command again, which goes on where it stopped.") and note.startswith("Go on with")


def test_another_pipe_that_breaks_is_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    """Only where nobody reads what the command prints does it end without a word (`test_process.py`)."""

    def command() -> None:
        with unread_told():
            raise BrokenPipeError

    assert status_of(command, as_json=False) == 1
    assert "BrokenPipeError" in capsys.readouterr().err


@pytest.mark.parametrize(("result", "status"), [(None, 0), (3, 3), ("text", 0)])
def test_result_of_a_command(result: object, status: int) -> None:
    assert status_of(lambda: result, as_json=False) == status
