"""Which runs there are, how they are named, and what is told of them."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from pathlib import Path

from pydantic import AwareDatetime

from macrohard.company.order import Order
from macrohard.company.report import Report, Status, Used
from macrohard.company.runs.folder import RunFolder
from macrohard.company.runs.records import Happened, State
from macrohard.company.using import record_of, used_by
from macrohard.errors import UserError
from macrohard.paths import state_dir
from macrohard.truth.check import Record

__all__ = [
    "RunDetails",
    "RunSummary",
    "current",
    "find_run",
    "folder_of",
    "has_ended",
    "list_runs",
    "show_run",
    "unfinished_run",
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
    used: Used | None = None
    """What its calls used so far; None where the report tells it."""
    events: tuple[Happened, ...]


def list_runs() -> list[RunSummary]:
    """All runs, the latest first."""
    runs = [_summary(folder) for folder in _folders()]
    earliest = datetime.min.replace(tzinfo=UTC)
    return sorted(runs, key=lambda run: (run.created or earliest, run.run_id), reverse=True)


def show_run(run_id: str) -> RunDetails:
    """All that is kept of a run; raises UserError when it is unknown or unreadable, or the record of its calls is."""
    folder = folder_of(run_id)
    order = folder.ordered().order
    summary, report = _summary(folder).model_dump(), folder.report()
    used = None if report else used_by(record_of(run_id))
    return RunDetails(**summary, order=order, report=report, used=used, events=folder.events())


def find_run(order: Order) -> RunSummary | None:
    """The latest run of this order, if there is one."""
    attempts = _attempts(order)
    return _summary(attempts[-1]) if attempts else None


def unfinished_run(out: str) -> str | None:
    """The id of the latest run that was to write to `out`, when it is neither finished nor cancelled."""
    latest = next((run for run in list_runs() if run.out == out), None)
    return latest.run_id if latest and latest.state not in (State.FINISHED, State.CANCELLED) else None


def _root() -> Path:
    return state_dir() / "runs"


def _folders() -> list[RunFolder]:
    """The folders of all runs that were begun."""
    root = _root()
    found = [RunFolder(path) for path in root.iterdir() if _RUN_ID.fullmatch(path.name)] if root.is_dir() else []
    return [folder for folder in found if folder.exists()]


def folder_of(run_id: str) -> RunFolder:
    """The folder of one run; raises UserError when there is none."""
    folder = RunFolder(_root() / run_id)
    # The pattern also keeps a made-up name from leading out of the folder of runs.
    if not _RUN_ID.fullmatch(run_id) or not folder.exists():
        raise UserError(f"There is no run {run_id!r}; `macrohard runs` lists them.")
    return folder


def current(order: Order) -> RunFolder:
    """The run of this order that is not ended, else a new one."""
    attempts = _attempts(order)
    if attempts and not has_ended(attempts[-1]):
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


def has_ended(folder: RunFolder) -> bool:
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
