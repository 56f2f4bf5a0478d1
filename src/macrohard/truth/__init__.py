"""What is said, and the proof of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macrohard.truth.audit import AuditReport, ClaimAudit, Finding, audit, cut_command
from macrohard.truth.check import PEOPLE, PROGRAM, PYTHON, Check, Expectation, Source, Step
from macrohard.truth.claim import Claim, Verdict
from macrohard.truth.context import Context, Outcome
from macrohard.truth.evidence import Evidence, Observation, Run
from macrohard.truth.folder import Meta, seal_of, write_evidence
from macrohard.truth.running import run_check
from macrohard.truth.scenario import inputs_of

if TYPE_CHECKING:
    from macrohard.truth.ledger import Ledger

__all__ = [
    "PEOPLE",
    "PROGRAM",
    "PYTHON",
    "AuditReport",
    "Check",
    "Claim",
    "ClaimAudit",
    "Context",
    "Evidence",
    "Expectation",
    "Finding",
    "Ledger",
    "Meta",
    "Observation",
    "Outcome",
    "Run",
    "Source",
    "Step",
    "Verdict",
    "audit",
    "cut_command",
    "inputs_of",
    "run_check",
    "seal_of",
    "write_evidence",
]


def __getattr__(name: str) -> object:
    """Load the ledger when it is first named: its database library costs every command that needs none."""
    if name == "Ledger":
        from macrohard.truth.ledger import Ledger

        return Ledger
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
