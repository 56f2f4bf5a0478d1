"""How sure the company is of each function, where the model that wrote it has been calibrated."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from macrohard.company.jury import Choice
from macrohard.truth.confidence import calibration_for, percent


@dataclass(frozen=True, slots=True)
class Confidence:
    """The calibrated probability that each function is right, on whatever input its description allows."""

    of: Mapping[str, float]
    """Function -> probability."""
    threshold: float
    """Least probability of a function that is called verified."""

    @property
    def program(self) -> float:
        """The probability that all functions are right, as if they were independent of each other."""
        return math.prod(self.of.values())

    def doubts(self) -> dict[str, str]:
        """Function -> why it is not called verified, as a sentence; only those below the threshold."""
        return {name: _doubt(value, self.threshold) for name, value in self.of.items() if value < self.threshold}

    def doubt_of_all(self) -> str | None:
        """Why the program is not called verified though each of its functions is: few may be wrong of what is called so, and
        with many functions one of them is."""
        return _doubt(self.program, self.threshold) if self.program < self.threshold else None


def _doubt(value: float, threshold: float) -> str:
    return "It is right with a probability of {}; {} are needed to call it verified.".format(*_told(value, threshold))


def _told(value: float, threshold: float) -> tuple[str, str]:
    """Both to as many places as it takes to see that they differ, from one on."""
    written = ((percent(value, places), percent(threshold, places)) for places in range(1, 15))
    return next(pair for pair in written if pair[0] != pair[1])


def confidence_in(choice: Choice, model_digest: str) -> Confidence | None:
    """The confidence in what the jury chose; None for a model that was not calibrated."""
    calibration = calibration_for(model_digest)
    if calibration is None:
        return None
    found = {name: calibration.probability(features) for name, features in choice.features.items()}
    return Confidence(found, calibration.threshold)
