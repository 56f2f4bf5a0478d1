"""DBOS behind our own small interface: the journal of one run, in a SQLite file of its own.

A run is one DBOS workflow. DBOS resumes a workflow in a thread of its own, but models and sandboxes belong to the main
thread, where Ctrl-C arrives. So the workflow in DBOS's thread only keeps the books: for each step it asks the thread
that opened the journal to do the action, unless the result is in the record.

Each run has its own database, so no process can ever pick up the workflow of another, one run's trouble (a full disk,
a damaged file, a newer format) stays its own, and deleting a run is deleting a folder.
"""

from __future__ import annotations

import json
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from macrohard.errors import UserError

__all__ = ["Journal", "open_journal"]

WORKFLOW = "macrohard-run"
QUEUE = "macrohard"
"""Where a resumed workflow waits until DBOS's thread picks it up, a moment later."""
POLLING_SECONDS = 0.1
"""How often DBOS's threads look up from their sleep: the longest that a resume or a shutdown waits for them."""
ARRIVAL_SECONDS = 30.0
"""The longest that DBOS may take to pick up a workflow; far more than it ever needs."""
ENDING_SECONDS = 2.0
"""The longest to wait until DBOS has noted that a workflow has ended."""

_one_at_a_time = threading.Lock()
"""DBOS is one object per process, so a process works on one run at a time."""


class _Left(BaseException):
    """Unwinds the workflow so that DBOS keeps it as pending; no `except Exception` on the way may stop it."""


@dataclass(frozen=True)
class _Take:
    """To the workflow: take the step with this name. It answers _Needed, _Kept or _Broken."""

    name: str


@dataclass(frozen=True)
class _Done:
    """To the workflow: the action gave this value. It answers _Kept or _Broken."""

    value: Any


@dataclass(frozen=True)
class _Finish:
    """To the workflow: the run has ended."""


@dataclass(frozen=True)
class _Leave:
    """To the workflow: stop here, to be resumed another time."""


@dataclass(frozen=True)
class _Arrived:
    """To the journal: the workflow runs."""


@dataclass(frozen=True)
class _Needed:
    """To the journal: nothing is kept for this step, so do the action."""


@dataclass(frozen=True)
class _Kept:
    """To the journal: this is the value of the step, and it is in the record."""

    value: Any


@dataclass(frozen=True)
class _Broken:
    """To the journal: DBOS could not go on."""

    error: BaseException


class Journal:
    """The steps of one run, kept by DBOS. All values are what `json.loads` gives."""

    def __init__(self, database: Path, run_id: str) -> None:
        self._database = database
        self._run_id = run_id
        self._to_workflow: queue.SimpleQueue[_Take | _Done | _Finish | _Leave] = queue.SimpleQueue()
        self._to_journal: queue.SimpleQueue[_Arrived | _Needed | _Kept | _Broken] = queue.SimpleQueue()

    def step(self, name: str, action: Callable[[], Any]) -> Any:
        """The kept value of the step, or what `action` returns, which is kept then.

        Raises what `action` raises, after which the journal can only be closed; UserError when it cannot be kept.
        """
        self._to_workflow.put(_Take(name))
        answer = self._to_journal.get()
        if isinstance(answer, _Needed):
            self._to_workflow.put(_Done(action()))
            answer = self._to_journal.get()
        if isinstance(answer, _Broken):
            with _told(self._database):
                raise answer.error
        assert isinstance(answer, _Kept)
        return answer.value

    def finish(self) -> None:
        """Let DBOS note that the run has ended. Nothing depends on the note, so a full disk is no error here."""
        self._to_workflow.put(_Finish())
        deadline = time.monotonic() + ENDING_SECONDS
        while self._status() != "SUCCESS" and time.monotonic() < deadline:
            time.sleep(0.005)

    def workflow(self) -> None:
        """The workflow, in DBOS's thread."""
        from dbos import DBOS

        try:
            self._to_journal.put(_Arrived())
            while isinstance(message := self._to_workflow.get(), _Take):
                self._to_journal.put(_Kept(DBOS.run_step({"name": message.name}, self._perform)))
            if not isinstance(message, _Finish):
                raise _Left
        except _Left:
            raise
        except BaseException as error:
            self._to_journal.put(_Broken(error))
            raise _Left from error

    def _perform(self) -> Any:
        """The action of a step, in DBOS's thread: have the thread that opened the journal do it."""
        self._to_journal.put(_Needed())
        message = self._to_workflow.get()
        if not isinstance(message, _Done):
            raise _Left
        return message.value

    def begin(self, workflow: Callable[[], None]) -> None:
        """Start the workflow, or resume it, and wait until it runs."""
        from dbos import DBOS, SetWorkflowID

        if self._status() is None:
            with SetWorkflowID(self._run_id):
                DBOS.start_workflow(workflow)
        else:
            DBOS.resume_workflow(self._run_id, queue_name=QUEUE)
        try:
            self._to_journal.get(timeout=ARRIVAL_SECONDS)
        except queue.Empty:
            raise _unusable(self._database, f"its workflow is {self._status()} and did not start") from None

    def leave(self) -> None:
        """Let the workflow stop where it is; without effect when it has ended."""
        self._to_workflow.put(_Leave())

    def _status(self) -> str | None:
        from dbos import DBOS

        status = DBOS.get_workflow_status(self._run_id)
        return None if status is None else status.status


@contextmanager
def open_journal(database: Path, run_id: str, version: str) -> Iterator[Journal]:
    """The journal of the run, begun or resumed. The caller holds the lock of the run.

    Leaving it before `finish` keeps the run as it is, to be resumed. `version` says which workflow code the run
    belongs to. Raises UserError when the database cannot be used or was written by a newer version.
    """
    if not _one_at_a_time.acquire(blocking=False):
        raise RuntimeError("a process works on one run at a time")
    journal = Journal(database, run_id)
    try:
        with _told(database):
            _prepare(database)
            _launch(database, version, journal)
        yield journal
    finally:
        journal.leave()
        _shut_down()
        _one_at_a_time.release()


def _launch(database: Path, version: str, journal: Journal) -> None:
    """Start DBOS for this run alone: no server, no telemetry, nothing on the terminal, no recovery of its own."""
    from dbos import DBOS

    DBOS(
        config={
            "name": "macrohard",
            "system_database_url": f"sqlite:///{database}",
            "application_version": version,
            # A new name for each process: DBOS recovers by itself only what carries its own name.
            "executor_id": uuid4().hex,
            "serializer": _serializer(),
            "log_level": "CRITICAL",
            "enable_otlp": False,
            "notification_listener_polling_interval_sec": POLLING_SECONDS,
        }
    )
    workflow = DBOS.workflow(name=WORKFLOW)(_function(journal))
    DBOS.launch()
    DBOS.register_queue(QUEUE, polling_interval_sec=POLLING_SECONDS, on_conflict="never_update")
    journal.begin(workflow)


def _shut_down() -> None:
    """End DBOS's threads and forget the workflow, so that the process can exit or work on another run."""
    from dbos import DBOS

    DBOS.destroy(destroy_registry=True)


def _function(journal: Journal) -> Callable[[], None]:
    """The workflow as the plain function that DBOS wants."""

    def workflow() -> None:
        journal.workflow()

    return workflow


def _serializer() -> Any:
    """DBOS keeps values with pickle unless it is told otherwise; reading a pickle can run anything."""
    from dbos import Serializer

    class Json(Serializer):
        def serialize(self, data: Any) -> str:
            return json.dumps(data, ensure_ascii=False, separators=(",", ":"))

        def deserialize(self, serialized_data: str) -> Any:
            return json.loads(serialized_data)

        def name(self) -> str:
            return "macrohard-json"

    return Json()


def _prepare(database: Path) -> None:
    """Make the database when it is missing, in WAL mode so that others can read it; refuse one from the future."""
    # DBOS passes over a schema that is newer than its own without a word.
    from dbos._migration import sqlite_migrations

    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'dbos_migrations'").fetchone():
            return
        (found,) = connection.execute("SELECT max(version) FROM dbos_migrations").fetchone()
    if found is not None and found > len(sqlite_migrations):
        raise UserError(
            f"The record {database} was written by a newer version of Macrohard; install that version to go on."
        )


@contextmanager
def _told(database: Path) -> Iterator[None]:
    """Turn what the database says about the disk or the file into a sentence; the rest is our fault and passes."""
    from sqlalchemy.exc import DatabaseError

    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        cause = error.orig if isinstance(error, DatabaseError) else error
        if isinstance(cause, (sqlite3.IntegrityError, sqlite3.ProgrammingError)):
            raise
        raise _unusable(database, str(cause)) from error


def _unusable(database: Path, why: str) -> UserError:
    return UserError(
        f"The record {database} cannot be used ({why}); see that its disk has space and can be written, then resume."
    )
