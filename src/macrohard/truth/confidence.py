"""Confidence: a calibrated probability that something is right, from numbers that the host measured.

A calibration is a logistic regression, p = 1 / (1 + exp(-(intercept + sum of weight * (value - mean) / scale))), with
each value kept within the range that the fit had seen. It is fitted on labelled tasks with the answers of one model and
holds for that model and no other: for a model without its own calibration there is no probability, never a borrowed one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import Field

from macrohard.truth.check import Record

FOLDER = "calibrations"
"""In a package: its calibrations, one JSON file each; in this one, one for each model."""


class Term(Record):
    """What one feature adds."""

    mean: float
    scale: Annotated[float, Field(gt=0)]
    """Standard deviation on the data of the fit, or 1 where all values were equal."""
    weight: float
    low: float
    high: float
    """The range on the data of the fit. A value outside of it counts as the nearest inside: nothing is known beyond."""

    def adds(self, value: float) -> float:
        """To the log-odds."""
        return self.weight * (min(max(value, self.low), self.high) - self.mean) / self.scale


class Fitted(Record):
    """What a fit was made of."""

    format: str
    model_digest: str
    """Of the model whose answers were judged, or whose hidden states were read: sha256 of its weights; '' where none was asked."""
    data: str
    """Names of the labelled sets."""
    data_digest: str
    """sha256 of what was sampled and judged, or of the sets."""
    tasks: int
    """Examples that belong together are one."""
    date: str
    command: str
    """Makes this file anew."""


class Calibration(Fitted):
    """The coefficients of a fit."""

    format: str = "macrohard/calibration/v1"
    intercept: float
    terms: dict[str, Term]
    threshold: Annotated[float, Field(ge=0, le=1)]
    """Least probability of what counts: of a function that is called verified, that any passage answers; at 1 none does."""

    def probability(self, features: Mapping[str, float]) -> float:
        """The probability that a function with these features is right, to four digits and never 0 or 1.

        Raises KeyError when a feature is missing.
        """
        total = self.intercept + sum(term.adds(features[name]) for name, term in self.terms.items())
        return told(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))))


def told(probability: float) -> float:
    """A probability as it is told and compared: to four digits, and never certain."""
    return min(0.9999, max(0.0001, round(probability, 4)))


def percent(probability: float, places: int = 1) -> str:
    """A probability in percent, cut off after so many places, so that it never says more than was found: '84.4%'."""
    return f"{(Decimal(repr(probability)) * 100).quantize(Decimal(1).scaleb(-places), ROUND_FLOOR)}%"


def calibration_for(model_digest: str) -> Calibration | None:
    """The calibration of functions that was fitted with the answers of this model; None when there is none."""
    return _calibrations().get(model_digest)


@cache
def _calibrations() -> Mapping[str, Calibration]:
    folder = files("macrohard.truth") / FOLDER
    entries = folder.iterdir() if folder.is_dir() else ()
    texts = [entry.read_text(encoding="utf-8") for entry in entries if entry.name.endswith(".json")]
    return {item.model_digest: item for item in map(Calibration.model_validate_json, texts)}
