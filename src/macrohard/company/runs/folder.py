"""The folder of one run: its order, where it stands, its events, its report, its lock and its journal.

Nothing here says 'running' or 'interrupted': what a killed process can no longer write must not need writing. The
state follows from the files and from who holds the lock (`RunFolder.state`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from macrohard.company.order import Order
from macrohard.company.progress import Event
from macrohard.company.report import Report
from macrohard.company.runs.lock import RunLock, disk_told
from macrohard.company.runs.records import Happened, Ordered, Position, State
from macrohard.errors import UserError
from macrohard.truth.check import Record
from macrohard.writing import sync

__all__ = ["RunFolder"]


class RunFolder:
    """The files of one run. Every method raises UserError when the folder cannot be written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.run_id = path.name
        self.journal = path / "journal.sqlite"
        self._lock = RunLock(path / "lock")

    def exists(self) -> bool:
        """Whether the run was ever begun."""
        return (self.path / "order.json").exists()

    def begin(self, order: Order) -> None:
        """Note the order, with its time when it is the first."""
        created = self.ordered().created if self.exists() else datetime.now(UTC)
        self._write("order.json", Ordered(created=created, order=order), lasting=True)

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
        with disk_told(self.path), (self.path / "events.jsonl").open("a", encoding="utf-8") as log:
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
        self._write("report.json", report, lasting=True)

    def report(self) -> Report | None:
        """The report of a finished run."""
        try:
            return Report.model_validate_json((self.path / "report.json").read_bytes())
        except (OSError, ValidationError):
            return None

    def cancel(self) -> None:
        """Ask the run to end; its process sees it between two steps."""
        with disk_told(self.path):
            (self.path / "cancelled").touch()

    @property
    def cancelled(self) -> bool:
        """Whether the run was asked to end."""
        return (self.path / "cancelled").exists()

    def state(self) -> State:
        """Where the run stands."""
        if self.report():
            return State.FINISHED
        if self._lock.is_held():
            return State.RUNNING
        if self.cancelled:
            return State.CANCELLED
        if (self.path / "report.json").exists():
            return State.UNREADABLE
        return State.FAILED if self.position().error else State.INTERRUPTED

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the run for this process; the kernel frees it when the process ends, however that is.

        Raises UserError when another process holds it.
        """
        with disk_told(self.path):
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._lock.hold(self.run_id):
            yield

    def _write(self, name: str, record: Record, *, lasting: bool = False) -> None:
        """Replace a file in one piece, so that a reader and a killed writer see the old one or the new one.

        `lasting`: a power cut too. That takes 10 ms on a busy disk, so what is written at every step and can be missing
        goes without it.
        """
        draft = self.path / f".{name}.draft"
        with disk_told(self.path):
            draft.write_text(record.model_dump_json(), encoding="utf-8")
            if lasting:
                sync(draft)
            draft.replace(self.path / name)
        if lasting:
            with suppress(OSError):  # not every file system can do it for a folder
                sync(self.path)


def _happened(line: bytes) -> Happened | None:
    try:
        return Happened.model_validate_json(line)
    except ValidationError:
        return None
