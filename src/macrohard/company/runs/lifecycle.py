"""The life of a run: started, gone on with after a kill, ended.

A run is named after its order, so the same command again goes on with the run that it had begun.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from macrohard.company.order import Limit, Order
from macrohard.company.progress import Department, Event, Progress
from macrohard.company.report import Report
from macrohard.company.runs.catalogue import current, folder_of, has_ended
from macrohard.company.runs.durable import Work
from macrohard.company.runs.folder import RunFolder
from macrohard.company.runs.records import VERSION, State
from macrohard.errors import MacrohardError, RunCancelled, UserError


def start_run(order: Order, work: Work, progress: Progress) -> Report:
    """Do what is ordered, or go on with it where an unfinished run of the same order stopped.

    The order names the run, whatever its `limit`, so that a run that has spent its budget goes on with a larger one.
    A finished or cancelled run of the same order is left alone, and a new one begins.

    Raises what `work` raises, with a note that says how to go on; RunCancelled; UserError when the run is being
    worked on, was started by another version, or cannot be kept.
    """
    while True:
        folder = current(order)
        with folder.lock():
            # Another process may have ended it between the choice and the lock.
            if not has_ended(folder):
                return _go_on(folder, order, work, progress)


def resume_run(run_id: str, works: Mapping[str, Work], progress: Progress, limit: Limit | None = None) -> Report:
    """Go on with a run that was interrupted or failed, by the workflow in `works` that has the name of its task.

    `limit` replaces that of its order. Returns the report again when the run is finished. Raises as `start_run` does,
    and UserError for a run that is unknown or cancelled.
    """
    folder = folder_of(run_id)
    order = folder.ordered().order
    if limit is not None:
        order = order.model_copy(update={"limit": limit})
    if report := folder.report():
        return report
    with folder.lock():
        if folder.cancelled:
            raise UserError(f"Run {run_id} was cancelled; give its command again to start a new one.")
        return _go_on(folder, order, works[order.task], progress)


def cancel_run(run_id: str) -> None:
    """End a run for good; a process that works on it stops before its next step.

    Raises UserError for a run that is unknown or finished; a cancelled one stays cancelled.
    """
    folder = folder_of(run_id)
    if folder.state() is State.FINISHED:
        raise UserError(f"Run {run_id} is finished, so there is nothing to cancel.")
    folder.cancel()


def _go_on(folder: RunFolder, order: Order, work: Work, progress: Progress) -> Report:
    """Work on the locked run until it ends, from its beginning or from where it stopped."""
    # Only now, because DBOS takes long to load and looking at runs does not need it.
    from macrohard.company.runs.dbos_engine import open_journal
    from macrohard.company.runs.steps import DurableSteps

    _check_version(folder)
    folder.begin(order)
    with _noted(folder), open_journal(folder.journal, folder.run_id, VERSION) as journal:
        steps = DurableSteps(folder, journal)
        draft = work(order, steps, _logged(folder, progress))
        report = steps.step("run: report", Report, lambda: draft)
        folder.finish(report)
        journal.finish()
        return report


def _check_version(folder: RunFolder) -> None:
    if folder.exists() and (version := folder.ordered().version) != VERSION:
        raise UserError(
            f"Run {folder.run_id} was started by Macrohard {version} and cannot go on with {VERSION}; "
            f"end it with `macrohard cancel {folder.run_id}` and give its command again."
        )


@contextmanager
def _noted(folder: RunFolder) -> Iterator[None]:
    """Note in the folder what stops the run, and on the exception how to go on."""
    try:
        yield
    except RunCancelled:
        raise
    except BaseException as error:
        error.add_note(f"Go on with: macrohard resume {folder.run_id}")
        # With a full disk the note cannot be written either; what stopped the run is the news then.
        with suppress(UserError):
            folder.move(folder.position().model_copy(update={"updated": datetime.now(UTC), "error": _told(error)}))
        raise


def _told(error: BaseException) -> str:
    """What stopped a run, as a sentence; nothing when it was the user."""
    if isinstance(error, MacrohardError):
        return str(error)
    return f"{type(error).__name__}: {error}" if isinstance(error, Exception) else ""


def _logged(folder: RunFolder, progress: Progress) -> Progress:
    """A listener that also logs what happens, but for the counting of how far it is."""
    said: dict[Department, str] = {}

    def listen(event: Event) -> None:
        progress(event)
        if event.done is None or (event.done == event.total and said.get(event.department) != event.message):
            said[event.department] = event.message
            with suppress(UserError):
                folder.record(event)

    return listen
