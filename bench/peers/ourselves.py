"""Macrohard itself on the tasks of its peers: live, as a user runs it, with a state of its own."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from bench.peers.jobs import FILE, Job
from bench.running import macrohard
from macrohard import __version__
from macrohard.errors import BudgetSpent
from macrohard.models import Recorder
from macrohard.models.weights import DIGEST
from macrohard.truth.confidence import calibration_for

NAME = "macrohard"


def version() -> str:
    """Macrohard and the fit of its confidence."""
    calibration = calibration_for(f"sha256:{DIGEST}")
    assert calibration is not None  # shipped with Macrohard
    return f"{NAME}=={__version__}, confidence of {calibration.date[:10]}"


def live(job: Job, minutes: float) -> tuple[str, bool, dict[str, Any]]:
    """The file that it wrote, whether it calls it verified as a whole, and what that cost.

    A task that the limit ends is not claimed, and costs what the record of the run says. KeyError for any other error.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "work" / FILE
        file.parent.mkdir()
        file.write_text(job.given, encoding="utf-8")
        state = Path(folder) / "state"
        state.mkdir()
        status, report, seconds, _ = macrohard(
            "implement", str(file), "--max-minutes", str(minutes), "--json", state=state
        )
        source = file.read_text(encoding="utf-8")
        if status == BudgetSpent.exit_status and "error" in report:  # what it declines to deliver ends so too
            report = {"outcome": "limit", "cost": _recorded(state)}
    cost = report["cost"]
    kinds = {"prompt": "prompt_tokens", "completion": "completion_tokens", "requests": "model_calls"}
    tokens = {name: cost[key] for name, key in kinds.items()}
    claimed = report["outcome"] == "verified"
    return source, claimed, {"exit_status": status, "seconds": round(seconds, 1), "tokens": tokens}


def _recorded(state: Path) -> dict[str, int]:
    """What the only run of a state has used, where no report says so; of the calls that the limit cut off nothing is known."""
    (run,) = macrohard("runs", "--json", state=state)[1]["runs"]
    totals = Recorder(state / "macrohard" / "calls.db", run["run_id"]).totals()
    return {
        "prompt_tokens": totals.prompt_tokens,
        "completion_tokens": totals.completion_tokens,
        "model_calls": totals.calls,
    }
