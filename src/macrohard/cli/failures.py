"""The one place that turns a failure into a sentence and an exit status."""

from __future__ import annotations

import contextlib
import errno
import json
import sqlite3
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence

import click

from macrohard.cli.plain import plain
from macrohard.cli.streams import UNREAD, Unread, give_up, is_unread
from macrohard.errors import MacrohardError

__all__ = ["FAULT", "INTERRUPTED", "USER", "status_of"]

SCHEMA = "macrohard/error/v1"
FAULT = 1
USER = 2
INTERRUPTED = 130


def status_of(command: Callable[[], object], *, as_json: bool, user: int = USER) -> int:
    """Run a command; returns the exit status, after telling what went wrong on stderr (and as JSON on stdout).

    A command returns its exit status, or anything else for 0. What the user can mend ends with the status `user`. Where
    nobody reads stdout any more, nothing is told.
    """
    try:
        result = command()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return user
    except click.ClickException as error:
        return _tell(_usage(error), user, as_json)
    except MacrohardError as error:
        status = user if error.exit_status == USER else error.exit_status
        return _tell(str(error), status, as_json, _notes(error))
    except click.Abort as error:
        return _tell("Interrupted.", INTERRUPTED, as_json, _notes(error))
    except Unread:
        if not (is_unread(sys.stdout) or is_unread(sys.stderr)):
            return _fault(as_json)  # it was another pipe
        _let_go()
        return UNREAD
    except Exception as error:  # noqa: BLE001  # the last place before the user: a fault is told with its traceback
        if _is_full(error):
            return _tell(_full(_notes(error)), user, as_json, _notes(error))
        return _fault(as_json)
    return result if isinstance(result, int) else 0


def _fault(as_json: bool) -> int:
    """Tell the exception that is being handled as a fault of ours."""
    with contextlib.suppress(OSError):
        click.echo(plain(traceback.format_exc(), lines=True), err=True, nl=False)
    return _tell("This is a fault of Macrohard; please report it with the lines above.", FAULT, as_json)


def _tell(sentence: str, status: int, as_json: bool, notes: Sequence[str] = ()) -> int:
    with contextlib.suppress(OSError):  # where nobody reads stderr, the status still tells
        for line in (f"macrohard: {plain(sentence)}", *map(plain, notes)):
            click.echo(line, err=True)
    if as_json:
        problem = {"schema_version": SCHEMA, "error": sentence, "notes": [*notes], "exit_status": status}
        with contextlib.suppress(
            OSError
        ):  # where stdout is what failed, the sentence on stderr is all that can be told
            click.echo(json.dumps(problem))
    _let_go()
    return status


def _let_go() -> None:
    """Give up what stdout and stderr do not take."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            give_up(stream)


def _notes(error: BaseException) -> list[str]:
    """What a run noted on the exception: how to go on."""
    return [note for cause in _causes(error) for note in getattr(cause, "__notes__", ())]


def _usage(error: click.ClickException) -> str:
    """What click found wrong with the command line, and where to read how it is meant."""
    message = " ".join(error.format_message().split()).rstrip(".")
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return f"{message}."
    link = " See" if message.endswith("?") else "; see"
    return f"{message}{link} '{context.command_path} --help'."


def _is_full(error: Exception) -> bool:
    """Whether it comes of a full disk, which can befall any step and is no fault of ours."""
    for cause in _causes(error):
        full = isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT)
        if full or (isinstance(cause, sqlite3.Error) and "disk is full" in str(cause)):
            return True
    return False


def _full(notes: Sequence[str]) -> str:
    """Only a run that was begun goes on; it notes how."""
    goes_on = ", which goes on where it stopped" if notes else ""
    return f"The disk is full; free some space and run the same command again{goes_on}."


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
