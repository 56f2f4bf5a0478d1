"""Going on with a run of any task."""

from __future__ import annotations

from macrohard.company.build import work as build
from macrohard.company.implement import work as implement
from macrohard.company.order import Limit
from macrohard.company.progress import Progress
from macrohard.company.report import Report
from macrohard.company.runs import resume_run


def resume(run_id: str, progress: Progress, limit: Limit | None = None) -> Report:
    """Go on with the run; `limit` replaces the budget of its order. Raises as `runs.resume_run` does."""
    return resume_run(run_id, {"build": build, "implement": implement}, progress, limit)
