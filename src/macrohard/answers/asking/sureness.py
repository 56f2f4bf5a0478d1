"""How sure it is that a passage answers the question: what the reader and the search say of it, as numbers.

The coefficients are fitted by `python -m bench.asking fit` for one model and hold for no other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from macrohard.answers.asking.candidates import Candidate
from macrohard.answers.asking.questions import Asking
from macrohard.answers.grounding.languages import ENGLISH, language_of
from macrohard.answers.reading import Reading
from macrohard.answers.sources import RECORDS
from macrohard.truth import confidence
from macrohard.truth.confidence import Calibration

PACKAGE = "macrohard.answers.asking"
_ENOUGH = 20_000
"""Characters of a source that tell its language, however long it is."""


def features(candidate: Candidate, reading: Reading) -> dict[str, float]:
    """Of a passage that was read."""
    return {
        "answering": math.log(reading.likelihood / (1 - reading.likelihood)),
        "cover": candidate.cover,
        "search": candidate.search,
        "sentences": float(len(candidate.spans)),
        "length": math.log(1 + sum(len(sentence.content) for sentence in candidate.sentences)),
    }


def calibration_for(model_digest: str, asking: Asking, candidate: Candidate) -> Calibration | None:
    """The fit with the readings of this model, of English questions about English prose; None when there is none.

    A question of a few words seldom tells its language: its source does then.
    """
    asked, read = language_of(asking.plain), language_of(candidate.document.text[:_ENOUGH])
    fits = asked in (ENGLISH, None) and read is ENGLISH and candidate.document.media not in RECORDS
    return confidence.calibration_for(model_digest, PACKAGE) if fits else None


def answers(candidate: Candidate, reading: Reading, calibration: Calibration | None) -> tuple[bool, float | None]:
    """Whether a passage answers and, where the model is calibrated, how probable that is. One of which the model names no
    sentence does not."""
    if calibration is None:
        return reading.says_yes and bool(told(candidate, reading)), None
    probability = calibration.probability(features(candidate, reading))
    return probability >= calibration.threshold and bool(told(candidate, reading)), probability


def told(candidate: Candidate, reading: Reading) -> Sequence[int]:
    """The numbers of the sentences of a passage that answer: those that the model names, without headings and questions."""
    return [number for number, is_picked in enumerate(reading.picked) if is_picked and candidate.says(number)]
