"""Going on with a run of any task."""

from __future__ import annotations

from functools import partial

from macrohard.company.building import Review
from macrohard.company.building import work as build
from macrohard.company.implementing import work as implement
from macrohard.company.order import Limit
from macrohard.company.progress import Progress
from macrohard.company.report import Report
from macrohard.company.runs import resume_run
from macrohard.company.runs.durable import Work


def resume(run_id: str, progress: Progress, limit: Limit | None = None, review: Review | None = None) -> Report:
    """Go on with the run; `limit` replaces the budget of its order, `review` is asked where its order wants a review.

    Raises as `runs.resume_run` does, and UserError when a review is wanted and there is nobody to ask.
    """
    works: dict[str, Work] = {"build": partial(build, review=review), "implement": implement}
    return resume_run(run_id, works, progress, limit)
