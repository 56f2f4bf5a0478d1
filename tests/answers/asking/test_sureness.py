"""A sentence answers from a threshold on, and only a model with its own fit has probabilities."""

from __future__ import annotations

import pytest

from macrohard.answers.asking.candidates import Candidate
from macrohard.answers.asking.questions import Asking
from macrohard.answers.asking.reader import Reading
from macrohard.answers.asking.sureness import answering, features
from macrohard.answers.sources import Document, Media
from macrohard.truth.confidence import Calibration, Term

TEXT = "The bridge is long. It is green."
ASKING = Asking("How long is the bridge?")
CANDIDATE = Candidate(
    Document("a.md", Media.MARKDOWN, "0" * 64, "2026-01-01T00:00:00Z", TEXT),
    ((0, 19), (20, 32)),
    {word.stem: 1.0 for word in ASKING.topics},
    1.0,
    ASKING,
)


def calibration(threshold: float) -> Calibration:
    """One that looks at nothing but what was picked."""
    terms = {
        name: Term(mean=0, scale=1, weight=0, low=-9, high=9) for name in ("answering", "cover", "search", "share")
    }
    terms["picked"] = Term(mean=0, scale=1, weight=4, low=0, high=1)
    return Calibration(
        model_digest="x", data="d", data_digest="d", tasks=1, date="", command="", intercept=-2, terms=terms, threshold=threshold
    )  # fmt: skip


def test_the_threshold_decides() -> None:
    reading = Reading(0.9, (True, False))
    assert answering(CANDIDATE, reading, calibration(0.5)) == [(0, 0.8808)]
    assert answering(CANDIDATE, reading, calibration(0.9)) == []
    assert [number for number, _ in answering(CANDIDATE, reading, calibration(0.1))] == [0, 1]


def test_without_a_fit_there_is_no_probability() -> None:
    assert answering(CANDIDATE, Reading(0.9, (True, False)), None) == [(0, None)]
    assert answering(CANDIDATE, Reading(0.4, (True, False)), None) == []


def test_what_is_measured() -> None:
    found = features(CANDIDATE, Reading(0.5, (False, True)), 0)
    assert found == pytest.approx({"answering": 0.0, "cover": 1.0, "search": 1.0, "picked": 0.0, "share": 1.0})
    assert features(CANDIDATE, Reading(0.5, (False, True)), 1)["picked"] == 1.0
