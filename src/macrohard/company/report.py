"""The report of a run: what `--json` prints and what the terminal shows, one shape for both."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from macrohard.truth.check import Record
from macrohard.truth.claim import Claim

SCHEMA: Literal["macrohard/report/v1"] = "macrohard/report/v1"


class Status(StrEnum):
    """How a build ended; each has its exit status."""

    VERIFIED = "verified"
    """Every acceptance claim is verified: 0."""
    DELIVERED = "delivered"
    """Delivered with unverified claims: 3."""
    DECLINED = "declined"
    """Nothing could be verified, so nothing is delivered: 4."""

    @property
    def exit_status(self) -> int:
        """The exit status of the command that ends with this outcome."""
        return {Status.VERIFIED: 0, Status.DELIVERED: 3, Status.DECLINED: 4}[self]


class Used(Record):
    """What the calls of a run used. Those that were read from the record are not counted again."""

    model_seconds: float
    """Wall time in which the model was answering."""
    model_calls: int
    prompt_tokens: int
    completion_tokens: int
    usd: float | None
    """None when the price of the model is unknown; 0.0 for the embedded model."""


class Cost(Used):
    """What a run used from its beginning to its end."""

    wall_seconds: float


class Untold(Record):
    """An input of which nobody said what is right, and on which changes show that the checks do not notice."""

    given: str
    """A call, or the words that follow the name of the program."""
    stdin: str
    """What stands on standard input."""
    gives: str
    """What the function returns, or the program prints."""
    notices: int
    """How many such changes an example with this result would notice, besides those that the ones before it would."""


class FunctionReport(Record):
    """What is known of one function beyond the claims that name its inputs."""

    name: str
    confidence: float | None
    """Calibrated probability that it is right on whatever input its description allows; None for a model without a
    calibration."""
    mutants: int
    """Small changes of it that make it behave otherwise on some input that was tried."""
    killed: int
    """Those of them that its checks notice."""
    untold: tuple[Untold, ...] = ()
    """Inputs on which the others show: examples of them would notice these, if what the function gives there is right."""


class Report(Record):
    """What came of a run."""

    schema_version: Literal["macrohard/report/v1"] = SCHEMA
    run_id: str
    outcome: Status
    name: str
    """The name of the program, or of the file that was filled in."""
    claims: tuple[Claim, ...]
    confidence: float | None
    """Calibrated probability that the whole program is right, the product of its functions; None for a model without a
    calibration."""
    functions: tuple[FunctionReport, ...] = ()
    cost: Cost
    model: str
    model_digest: str
    path: str | None
    """The folder or file that was delivered."""
    evidence: str | None
    """The folder with the evidence."""
    seal: str | None = None
    """The hash that stands for all of the evidence: kept elsewhere, it shows later whether any of it was changed."""
    run: tuple[str, ...]
    """The words that start the delivered program, to be followed by its arguments; empty when there is none."""
    recheck: tuple[str, ...]
    """The command that does every check again."""
    choices: tuple[str, ...] = ()
    """What was decided where the request is silent."""
    notes: tuple[str, ...] = ()
    """What else the user should know: checks that were disputed, how much the others would notice."""
