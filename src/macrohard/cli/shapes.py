"""The objects that `--json` prints, by the name and version in their `schema_version`."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from macrohard.answers import AnswerReport, CheckReport, KeptReport, RecheckReport
from macrohard.cli.health import Health
from macrohard.company.report import Report
from macrohard.company.runs import RunDetails, RunSummary
from macrohard.models import Checkup
from macrohard.truth import AuditReport
from macrohard.truth.check import Record

__all__ = ["SHAPES", "Cancelled", "ModelEntry", "ModelList", "Problem", "RunList", "RunShown", "Weights"]


class Problem(Record):
    """What any command prints when it ends with a sentence on stderr."""

    schema_version: Literal["macrohard/error/v1"] = "macrohard/error/v1"
    error: str
    """What went wrong and what to do, in one sentence."""
    notes: tuple[str, ...]
    """How to go on with the run that was stopped."""
    exit_status: int


class RunList(Record):
    """What `runs` prints, the latest run first."""

    schema_version: Literal["macrohard/runs/v1"] = "macrohard/runs/v1"
    runs: tuple[RunSummary, ...]


class RunShown(Record):
    """What `show` prints."""

    schema_version: Literal["macrohard/run/v1"] = "macrohard/run/v1"
    run: RunDetails


class Cancelled(Record):
    """What `cancel` prints."""

    schema_version: Literal["macrohard/cancelled/v1"] = "macrohard/cancelled/v1"
    run_id: str


class ModelEntry(Record):
    """One kind of model."""

    name: str
    """What to give with `--model`; words in capitals stand for something."""
    description: str
    ready: bool
    needs: str
    """What to do to use it; empty when it is ready."""


class ModelList(Record):
    """What `models` prints."""

    schema_version: Literal["macrohard/models/v1"] = "macrohard/models/v1"
    models: tuple[ModelEntry, ...]


class Weights(Record):
    """What `models pull` prints."""

    schema_version: Literal["macrohard/weights/v1"] = "macrohard/weights/v1"
    path: str


SHAPES: dict[str, type[BaseModel]] = {
    "build": Report,
    "implement": Report,
    "resume": Report,
    "audit": AuditReport,
    "check": CheckReport,
    "recheck": RecheckReport,
    "recheck of a ledger": KeptReport,
    "ask": AnswerReport,
    "runs": RunList,
    "show": RunShown,
    "cancel": Cancelled,
    "models": ModelList,
    "models pull": Weights,
    "models doctor": Checkup,
    "doctor": Health,
    "any command that fails": Problem,
}
"""Command -> the shape of its object."""
