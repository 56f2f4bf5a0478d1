"""Runs: start one, go on with one after a kill, look at them, end one.

A run is named after its order, so the same command again goes on with the run that it had begun.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from pydantic import AwareDatetime

from macrohard.company._folder import VERSION, Happened, RunFolder, State
from macrohard.company.durable import Work
from macrohard.company.order import Limit, Order
from macrohard.company.progress import Event, Progress
from macrohard.company.report import Report, Status
from macrohard.errors import MacrohardError, RunCancelled, UserError
from macrohard.paths import state_dir
from macrohard.truth.check import Record

__all__ = [
    "Happened",
    "RunDetails",
    "RunSummary",
    "State",
    "cancel_run",
    "find_run",
    "list_runs",
    "resume_run",
    "show_run",
    "start_run",
]

_RUN_ID = re.compile(r"[a-z]+-[0-9a-f]{8}(-[1-9][0-9]*)?")


class RunSummary(Record):
    """One run in a list of runs."""

    run_id: str
    state: State
    task: str = ""
    """'build' or 'implement'; empty, as all below, when the run is unreadable."""
    request: str = ""
    out: str = ""
    model: str = ""
    created: AwareDatetime | None = None
    updated: AwareDatetime | None = None
    step: str = ""
    """The step that was begun last."""
    error: str = ""
    """What stopped it, as a sentence."""
    outcome: Status | None = None
    """None while it is not finished."""


class RunDetails(RunSummary):
    """All that is kept of a run."""

    order: Order
    report: Report | None
    events: tuple[Happened, ...]


def start_run(order: Order, work: Work, progress: Progress) -> Report:
    """Do what is ordered, or go on with it where an unfinished run of the same order stopped.

    The order names the run, whatever its `limit`, so that a run that has spent its budget goes on with a larger one.
    A finished or cancelled run of the same order is left alone, and a new one begins.

    Raises what `work` raises, with a note that says how to go on; RunCancelled; UserError when the run is being
    worked on, was started by another version, or cannot be kept.
    """
    while True:
        folder = _current(order)
        with folder.lock():
            # Another process may have ended it between the choice and the lock.
            if not _has_ended(folder):
                return _go_on(folder, order, work, progress)


def resume_run(run_id: str, works: Mapping[str, Work], progress: Progress, limit: Limit | None = None) -> Report:
    """Go on with a run that was interrupted or failed, by the workflow in `works` that has the name of its task.

    `limit` replaces that of its order. Returns the report again when the run is finished. Raises as `start_run` does,
    and UserError for a run that is unknown or cancelled.
    """
    folder = _folder(run_id)
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
    folder = _folder(run_id)
    if folder.state() is State.FINISHED:
        raise UserError(f"Run {run_id} is finished, so there is nothing to cancel.")
    folder.cancel()


def list_runs() -> list[RunSummary]:
    """All runs, the latest first."""
    runs = [_summary(folder) for folder in _folders()]
    earliest = datetime.min.replace(tzinfo=UTC)
    return sorted(runs, key=lambda run: (run.created or earliest, run.run_id), reverse=True)


def show_run(run_id: str) -> RunDetails:
    """All that is kept of a run; raises UserError when it is unknown or unreadable."""
    folder = _folder(run_id)
    order = folder.ordered().order
    summary = _summary(folder).model_dump()
    return RunDetails(**summary, order=order, report=folder.report(), events=folder.events())


def find_run(order: Order) -> RunSummary | None:
    """The latest run of this order, if there is one."""
    attempts = _attempts(order)
    return _summary(attempts[-1]) if attempts else None


def _go_on(folder: RunFolder, order: Order, work: Work, progress: Progress) -> Report:
    """Work on the locked run until it ends, from its beginning or from where it stopped."""
    # Only now, because DBOS takes long to load and looking at runs does not need it.
    from macrohard.company._dbos import open_journal
    from macrohard.company._steps import DurableSteps

    _check_version(folder)
    folder.begin(order)
    with _noted(folder), open_journal(folder.journal, folder.run_id, VERSION) as journal:
        steps = DurableSteps(folder, journal)
        draft = work(order, steps, _logged(folder, progress))
        report = steps.step("report", Report, lambda: draft)
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
    """A listener that also logs what happens, but for the counting between the first and the last of a total."""

    def listen(event: Event) -> None:
        progress(event)
        if event.done is None or event.done == event.total:
            with suppress(UserError):
                folder.record(event)

    return listen


def _root() -> Path:
    return state_dir() / "runs"


def _folders() -> list[RunFolder]:
    """The folders of all runs that were begun."""
    root = _root()
    found = [RunFolder(path) for path in root.iterdir() if _RUN_ID.fullmatch(path.name)] if root.is_dir() else []
    return [folder for folder in found if folder.exists()]


def _folder(run_id: str) -> RunFolder:
    """The folder of one run; raises UserError when there is none."""
    folder = RunFolder(_root() / run_id)
    # The pattern also keeps a made-up name from leading out of the folder of runs.
    if not _RUN_ID.fullmatch(run_id) or not folder.exists():
        raise UserError(f"There is no run {run_id!r}; `macrohard runs` lists them.")
    return folder


def _current(order: Order) -> RunFolder:
    """The run of this order that is not ended, else a new one."""
    attempts = _attempts(order)
    if attempts and not _has_ended(attempts[-1]):
        return attempts[-1]
    name = _name(order)
    return RunFolder(_root() / (f"{name}-{_attempt(attempts[-1]) + 1}" if attempts else name))


def _attempts(order: Order) -> list[RunFolder]:
    """The runs of this order, the latest last."""
    name = _name(order)
    return sorted((run for run in _folders() if f"{run.run_id}-".startswith(f"{name}-")), key=_attempt)


def _attempt(folder: RunFolder) -> int:
    """Which run of its order it is, from 1."""
    parts = folder.run_id.split("-")
    return int(parts[2]) if len(parts) == 3 else 1


def _has_ended(folder: RunFolder) -> bool:
    return folder.cancelled or folder.report() is not None


def _name(order: Order) -> str:
    """The name of the first run of an order: its task and 32 bits of the SHA-256 of its canonical JSON."""
    content = order.model_dump(mode="json", exclude={"limit"})
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return f"{order.task}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _summary(folder: RunFolder) -> RunSummary:
    """What a list says of a run."""
    try:
        ordered = folder.ordered()
    except UserError as error:
        return RunSummary(run_id=folder.run_id, state=State.UNREADABLE, error=str(error))
    position, report, order = folder.position(), folder.report(), ordered.order
    return RunSummary(
        run_id=folder.run_id,
        state=folder.state(),
        task=order.task,
        request=order.request,
        out=order.out,
        model=order.model,
        created=ordered.created,
        updated=position.updated,
        step=position.step,
        error=position.error,
        outcome=report.outcome if report else None,
    )
