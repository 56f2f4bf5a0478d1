"""The folder of one run: its order, where it stands, its events, its report, its lock and its journal.

Nothing here says 'running' or 'interrupted': what a killed process can no longer write must not need writing. The
state follows from the files and from who holds the lock (`RunFolder.state`).
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from pydantic import AwareDatetime, ValidationError

from macrohard import __version__
from macrohard.company.order import Order
from macrohard.company.progress import Event
from macrohard.company.report import Report
from macrohard.errors import UserError
from macrohard.truth.check import Record

FORMAT = 1
"""The format of the folder and of the sequence of steps; raised when unfinished runs could not go on with new code."""
VERSION = f"{__version__}+{FORMAT}"
"""A run goes on only with the version that started it."""
PROBING_SECONDS = 1.0
"""How long to insist on a lock: someone who only looks whether it is held has it for a moment."""


class State(StrEnum):
    """Where a run stands."""

    RUNNING = "running"
    """A process works on it now."""
    INTERRUPTED = "interrupted"
    """Its process ended in the middle; it can be resumed."""
    FAILED = "failed"
    """It stopped with an error; it can be resumed."""
    CANCELLED = "cancelled"
    FINISHED = "finished"
    UNREADABLE = "unreadable"
    """Written by a newer version, or damaged."""

    @property
    def resumable(self) -> bool:
        """Whether `resume` can go on with it."""
        return self in (State.INTERRUPTED, State.FAILED)


class Ordered(Record):
    """What a run is about."""

    format: int = FORMAT
    version: str = VERSION
    created: AwareDatetime
    order: Order


class Position(Record):
    """Where a run is."""

    updated: AwareDatetime
    step: str = ""
    """The step that was begun last; empty before the first."""
    error: str = ""
    """What stopped it, as a sentence."""


class Happened(Record):
    """An event and its time."""

    time: AwareDatetime
    event: Event


class RunFolder:
    """The files of one run. Every method raises UserError when the folder cannot be written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.run_id = path.name
        self.journal = path / "journal.sqlite"

    def exists(self) -> bool:
        """Whether the run was ever begun."""
        return (self.path / "order.json").exists()

    def begin(self, order: Order) -> None:
        """Note the order, with its time when it is the first."""
        created = self.ordered().created if self.exists() else datetime.now(UTC)
        self._write("order.json", Ordered(created=created, order=order))

    def ordered(self) -> Ordered:
        """What the run is about; raises UserError when it cannot be read."""
        try:
            return Ordered.model_validate_json((self.path / "order.json").read_bytes())
        except (OSError, ValidationError) as error:
            raise UserError(
                f"Run {self.run_id} was written by a newer version of Macrohard or is damaged; "
                f"use that version, or remove {self.path}."
            ) from error

    def move(self, position: Position) -> None:
        """Note where the run is."""
        self._write("position.json", position)

    def position(self) -> Position:
        """Where the run is; at its beginning when that was never written."""
        try:
            return Position.model_validate_json((self.path / "position.json").read_bytes())
        except (OSError, ValidationError):
            return Position(updated=self.ordered().created)

    def record(self, event: Event) -> None:
        """Add an event to the log."""
        line = Happened(time=datetime.now(UTC), event=event).model_dump_json() + "\n"
        with _told(self.path), (self.path / "events.jsonl").open("a", encoding="utf-8") as log:
            log.write(line)

    def events(self) -> tuple[Happened, ...]:
        """What happened so far. A line that a killed process left half-written is passed over."""
        try:
            lines = (self.path / "events.jsonl").read_bytes().splitlines()
        except OSError:
            return ()
        return tuple(event for line in lines if (event := _happened(line)))

    def finish(self, report: Report) -> None:
        """Note the report; from then on the run is finished."""
        self._write("report.json", report)

    def report(self) -> Report | None:
        """The report of a finished run."""
        try:
            return Report.model_validate_json((self.path / "report.json").read_bytes())
        except (OSError, ValidationError):
            return None

    def cancel(self) -> None:
        """Ask the run to end; its process sees it between two steps."""
        with _told(self.path):
            (self.path / "cancelled").touch()

    @property
    def cancelled(self) -> bool:
        """Whether the run was asked to end."""
        return (self.path / "cancelled").exists()

    def state(self) -> State:
        """Where the run stands."""
        if (self.path / "report.json").exists():
            return State.FINISHED if self.report() else State.UNREADABLE
        if self.is_locked():
            return State.RUNNING
        if self.cancelled:
            return State.CANCELLED
        return State.FAILED if self.position().error else State.INTERRUPTED

    def is_locked(self) -> bool:
        """Whether a process works on the run."""
        try:
            descriptor = os.open(self.path / "lock", os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            return not _try_lock(descriptor, fcntl.LOCK_SH)
        finally:
            os.close(descriptor)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the run for this process; the kernel frees it when the process ends, however that is.

        Raises UserError when another process holds it.
        """
        with _told(self.path):
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            self._insist(descriptor)
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, str(os.getpid()).encode(), 0)
            yield
        finally:
            os.close(descriptor)

    def _insist(self, descriptor: int) -> None:
        deadline = time.monotonic() + PROBING_SECONDS
        while not _try_lock(descriptor, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                holder = os.pread(descriptor, 20, 0).decode(errors="replace")
                raise UserError(
                    f"Run {self.run_id} is being worked on by process {holder or 'unknown'}; "
                    f"wait for it, or end it with `macrohard cancel {self.run_id}`."
                )
            time.sleep(0.02)

    def _write(self, name: str, record: Record) -> None:
        """Replace a file in one piece, so that a reader and a killed writer see the old one or the new one."""
        draft = self.path / f".{name}.draft"
        with _told(self.path):
            draft.write_text(record.model_dump_json(), encoding="utf-8")
            draft.replace(self.path / name)


def _happened(line: bytes) -> Happened | None:
    try:
        return Happened.model_validate_json(line)
    except ValidationError:
        return None


def _try_lock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn a full disk or a missing permission into a sentence."""
    try:
        yield
    except OSError as error:
        raise UserError(
            f"The run cannot be kept in {folder} ({error.strerror or error}); "
            "see that its disk has space and can be written, then give the command again."
        ) from error
