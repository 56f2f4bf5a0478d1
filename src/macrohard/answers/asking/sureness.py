"""How sure it is that a passage answers the question: what the reader and the search make of it, as numbers.

The probe and the coefficients are fitted by `python -m bench.asking` for one model and hold for no other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from macrohard.answers.asking.candidates import Candidate
from macrohard.answers.asking.questions import Asking
from macrohard.answers.grounding.languages import ENGLISH, language_of
from macrohard.answers.probe import Probe, probe
from macrohard.answers.sources import RECORDS
from macrohard.truth.confidence import FOLDER, Calibration

NAME = "asking"
"""Of the probe, and of the calibration."""
PACKAGE = "macrohard.answers.asking"
_LIKELY = 0.5
"""Probability from which a passage is told: it answers rather than not."""


def features(candidate: Candidate, score: float) -> dict[str, float]:
    """Of a passage that was read; `score` is what the probe makes of it."""
    return {"read": score, "cover": candidate.cover, "search": candidate.search}


def probe_for(model_digest: str) -> Probe | None:
    """The one that reads the hidden state of this model; None where there is none, or none that the calibration was made with."""
    return probe(NAME, model_digest) if calibration().model_digest == model_digest else None


def is_fitted_on(asking: Asking, candidate: Candidate) -> bool:
    """Whether the fit knows such questions and passages: English ones about English prose.

    A question of a few words seldom tells its language: its source does then.
    """
    asked, read = language_of(asking.plain), language_of(candidate.document.text)
    return asked in (ENGLISH, None) and read is ENGLISH and candidate.document.media not in RECORDS


def told(probabilities: Sequence[float], threshold: float) -> list[int]:
    """The numbers of the passages that are told, the surest first: those that answer rather than not; none where it is not sure enough
    that any of them answers."""
    if at_least_one(probabilities) < threshold:
        return []
    order = sorted(range(len(probabilities)), key=lambda number: -probabilities[number])
    return [number for number in order if probabilities[number] >= _LIKELY]


def at_least_one(probabilities: Sequence[float]) -> float:
    """How sure it is that any passage answers, as if they were independent; they are not, so this is held against a threshold and told to
    nobody."""
    return 1 - math.prod(1 - value for value in probabilities)


@cache
def calibration() -> Calibration:
    """The shipped one, which holds where there is a probe for the model."""
    return Calibration.model_validate_json((files(PACKAGE) / FOLDER / f"{NAME}.json").read_text(encoding="utf-8"))
