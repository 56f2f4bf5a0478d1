"""What the calls of a run used so far, read from the record of all calls."""

from __future__ import annotations

from macrohard.company.report import Used
from macrohard.models import Recorder
from macrohard.paths import state_dir

__all__ = ["record_of", "used_by"]


def record_of(run_id: str) -> Recorder:
    """The record of a run's calls. Raises UserError when it cannot be used."""
    return Recorder(state_dir() / "calls.db", run_id)


def used_by(recorder: Recorder) -> Used:
    """What a run used so far, in whatever process. Raises UserError when the record cannot be used."""
    totals = recorder.totals()
    return Used(
        model_seconds=round(totals.seconds, 1),
        model_calls=totals.calls,
        prompt_tokens=totals.prompt_tokens,
        completion_tokens=totals.completion_tokens,
        usd=totals.usd,
    )
