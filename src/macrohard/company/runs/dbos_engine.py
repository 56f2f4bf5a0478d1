"""DBOS for one run at a time: no server, no telemetry, nothing on the terminal, JSON instead of pickle.

Each run has a SQLite database of its own, so no process can ever pick up the workflow of another, one run's trouble (a
full disk, a damaged file, a newer format) stays its own, and deleting a run is deleting a folder.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from macrohard.company.runs.journal import Journal, told
from macrohard.errors import UserError

__all__ = ["open_journal"]

WORKFLOW = "macrohard-run"
POLLING_SECONDS = 0.1
"""How often the one thread of DBOS that sleeps without an alarm looks up: the longest that a shutdown waits for it."""

_one_at_a_time = threading.Lock()
"""DBOS is one object per process, so a process works on one run at a time."""


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
        with told(database):
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
    from sqlalchemy import URL

    DBOS(
        config={
            "name": "macrohard",
            "system_database_url": URL.create("sqlite", database=str(database)).render_as_string(),
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
