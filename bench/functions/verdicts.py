"""What the hidden tests said of everything that was sampled of a set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bench import store
from bench.functions.replay import is_current
from bench.functions.tasks import Task

Rows = dict[str, dict[str, Any]]


def judged_tasks(name: str, every: Sequence[Task]) -> tuple[list[Task], Rows, Rows]:
    """The tasks of a set that are judged, what was sampled of each, and the verdicts.

    Raises SystemExit where one is of other programs, or of other tests, than are read of the same replies and the same task today.
    """
    rows, verdicts = store.read(name), store.read(f"{name}.judged")
    judged = [task for task in every if task.id in rows and task.id in verdicts]
    stale = [task.id for task in judged if not is_current(verdicts[task.id], task, rows[task.id])]
    if stale:
        raise SystemExit(
            f"Verdicts are of other programs or tests than today's ({', '.join(stale[:5])}): "
            f"run `python -m bench.functions judge {name} --data DIR` first."
        )
    return judged, rows, verdicts
