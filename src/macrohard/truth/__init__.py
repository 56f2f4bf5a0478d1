"""What is said, and the proof of it."""

from macrohard.truth.check import PROGRAM, PYTHON, Check, Expectation, Source, Step
from macrohard.truth.claim import Claim, Verdict
from macrohard.truth.context import Context, Outcome
from macrohard.truth.evidence import Evidence, Observation, Run
from macrohard.truth.running import run_check
from macrohard.truth.scenario import inputs_of

__all__ = [
    "PROGRAM",
    "PYTHON",
    "Check",
    "Claim",
    "Context",
    "Evidence",
    "Expectation",
    "Observation",
    "Outcome",
    "Run",
    "Source",
    "Step",
    "Verdict",
    "inputs_of",
    "run_check",
]
