"""Claims: what is said, by whom, about what, and with which proof."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from macrohard.truth.check import Record
from macrohard.truth.evidence import Evidence


class Verdict(StrEnum):
    """What the host found. Nothing defaults to `verified`."""

    VERIFIED = "verified"
    REFUTED = "refuted"
    UNVERIFIED = "unverified"


class Claim(Record):
    """One statement about one subject.

    A claim without evidence cannot be verified, and evidence is only what the host executed or computed: there is
    no kind of evidence that rests on a model's word.
    """

    id: str
    """Stable within its project: 'C01'."""
    statement: str
    subject: str
    """What it is about: the name of the program or function."""
    maker: str
    """Who made the statement: 'user', 'request', 'tester', 'host'."""
    evidence: tuple[Evidence, ...] = ()
    verdict: Verdict = Verdict.UNVERIFIED
    reason: str = ""
    """Why it is not verified, as a sentence."""
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None
    """Calibrated probability that the statement is true; None when nothing has been calibrated for this case."""
