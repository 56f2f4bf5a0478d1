"""The journal of one run: a DBOS workflow that only keeps the books.

DBOS resumes a workflow in a thread of its own, but models and sandboxes belong to the main thread, where Ctrl-C
arrives. So for each step the workflow asks the thread that opened the journal to do the action, unless the result is
in the record. The two talk in the messages below.
"""

from __future__ import annotations

import queue
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from macrohard.errors import UserError

__all__ = ["Journal", "told"]

ARRIVAL_SECONDS = 30.0
"""The longest that DBOS may take to pick up a workflow; far more than it ever needs."""
ENDING_SECONDS = 2.0
"""The longest to wait until DBOS has noted that a workflow has ended."""


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
        self._ended: dict[str, Any] | None = None
        """The values of all steps, when the workflow has ended before."""

    def step(self, name: str, action: Callable[[], Any]) -> Any:
        """The kept value of the step, or what `action` returns, which is kept then.

        Raises what `action` raises, after which the journal can only be closed; UserError when it cannot be kept.
        """
        if self._ended is not None:
            return self._again(self._ended, name)
        self._to_workflow.put(_Take(name))
        answer = self._to_journal.get()
        if isinstance(answer, _Needed):
            self._to_workflow.put(_Done(action()))
            answer = self._to_journal.get()
        if isinstance(answer, _Broken):
            with told(self._database):
                raise answer.error
        assert isinstance(answer, _Kept)
        return answer.value

    def _again(self, values: dict[str, Any], name: str) -> Any:
        """The value of a step of a workflow that has ended, which does no action any more."""
        if name not in values:
            raise UserError(
                f"The record {self._database} is damaged (it has no step {name!r}): end the run with "
                f"`macrohard cancel {self._run_id}` and give its command again."
            )
        return values[name]

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
        """Start the workflow, or resume it, and wait until it runs.

        One that has ended does not run again: where the report was lost after that, it is made again from the record.
        """
        from dbos import DBOS, SetWorkflowID

        status = self._status()
        if status == "SUCCESS":
            steps = DBOS.list_workflow_steps(self._run_id)
            self._ended = {step["function_name"]: step["output"] for step in steps}
            return
        if status is None:
            with SetWorkflowID(self._run_id):
                DBOS.start_workflow(workflow)
        else:
            # DBOS's queue thread picks it up within a second.
            DBOS.resume_workflow(self._run_id)
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
def told(database: Path) -> Iterator[None]:
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
