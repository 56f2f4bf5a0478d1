"""How sure it is that a passage answers the question: what the reader and the search say of it, as numbers.

The coefficients are fitted by `python -m bench.asking fit` for one model and hold for no other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from macrohard.answers.asking.candidates import Candidate
from macrohard.answers.asking.questions import Asking
from macrohard.answers.asking.reader import Reading
from macrohard.answers.grounding.languages import ENGLISH, language_of
from macrohard.truth import confidence
from macrohard.truth.confidence import Calibration

PACKAGE = "macrohard.answers.asking"
UNCALIBRATED = 0.5
"""Least likelihood of "Yes" of a model that nothing is calibrated for."""


def features(candidate: Candidate, reading: Reading) -> dict[str, float]:
    """Of a passage that was read."""
    return {
        "answering": math.log(reading.answering / (1 - reading.answering)),
        "cover": candidate.cover,
        "search": candidate.search,
        "sentences": float(len(candidate.spans)),
        "length": math.log(1 + sum(len(sentence.content) for sentence in candidate.sentences)),
    }


def calibration_for(model_digest: str, asking: Asking, found: Sequence[Candidate]) -> Calibration | None:
    """The fit with the readings of this model, of English questions about English sources; None when there is none.

    A question of a few words seldom tells its language: its sources do then.
    """
    told = language_of(asking.plain)
    languages = {told} if told else {language_of(candidate.document.text) for candidate in found}
    return confidence.calibration_for(model_digest, PACKAGE) if ENGLISH in languages else None


def answers(candidate: Candidate, reading: Reading, calibration: Calibration | None) -> tuple[bool, float | None]:
    """Whether a passage answers and, where the model is calibrated, how probable that is."""
    if calibration is None:
        return reading.answering >= UNCALIBRATED and any(reading.picked), None
    probability = calibration.probability(features(candidate, reading))
    return probability >= calibration.threshold, probability


def told(candidate: Candidate, reading: Reading) -> Sequence[int]:
    """The numbers of the sentences of a passage that answer: those that the model names; where it names none, the one that
    shares most with the question."""
    picked = [number for number, is_picked in enumerate(reading.picked) if is_picked]
    shares = [candidate.share(sentence.stems) for sentence in candidate.sentences]
    return picked or [max(range(len(shares)), key=shares.__getitem__)]
