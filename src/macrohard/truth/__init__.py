"""What is said, and the proof of it."""

from macrohard.truth.check import PROGRAM, PYTHON, Check, Expectation, Source, Step
from macrohard.truth.claim import Claim, Verdict
from macrohard.truth.evidence import Evidence, Observation, Run

__all__ = [
    "PROGRAM",
    "PYTHON",
    "Check",
    "Claim",
    "Evidence",
    "Expectation",
    "Observation",
    "Run",
    "Source",
    "Step",
    "Verdict",
]
