"""How sure it is that a sentence answers the question: what the reader and the search say of it, as numbers.

The coefficients are fitted by `python -m bench.asking fit` for one model and hold for no other.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from macrohard.answers.asking.candidates import Candidate
from macrohard.answers.asking.reader import Reading
from macrohard.truth import confidence
from macrohard.truth.confidence import Calibration

PACKAGE = "macrohard.answers.asking"
UNCALIBRATED = 0.5
"""Least likelihood of "Yes" of a model that nothing is calibrated for."""


def features(candidate: Candidate, reading: Reading, number: int) -> dict[str, float]:
    """Of one sentence of a passage that was read."""
    return {
        "answering": math.log(reading.answering / (1 - reading.answering)),
        "cover": candidate.cover,
        "search": candidate.search,
        "picked": float(reading.picked[number]),
        "share": candidate.share(candidate.sentences[number].stems),
    }


def calibration_for(model_digest: str) -> Calibration | None:
    """The fit with the readings of this model; None when there is none."""
    return confidence.calibration_for(model_digest, PACKAGE)


def answering(
    candidate: Candidate, reading: Reading, calibration: Calibration | None
) -> Sequence[tuple[int, float | None]]:
    """The sentences of a passage that answer, each with its number and, where the model is calibrated, its probability."""
    if calibration is None:
        picked = reading.picked if reading.answering >= UNCALIBRATED else ()
        return [(number, None) for number, is_picked in enumerate(picked) if is_picked]
    said: Mapping[int, float] = {
        number: calibration.probability(features(candidate, reading, number)) for number in range(len(candidate.spans))
    }
    return [(number, probability) for number, probability in said.items() if probability >= calibration.threshold]
