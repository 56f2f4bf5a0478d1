"""A passage answers from a threshold on, and only a model with its own fit has probabilities."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from macrohard.answers.asking.candidates import Candidate
from macrohard.answers.asking.questions import Asking
from macrohard.answers.asking.sureness import answers, calibration_for, features, told
from macrohard.answers.reading import Reading
from macrohard.answers.sources import Document, Media
from macrohard.truth.confidence import Calibration, Term

TEXT = "The bridge is long. It is green."
ASKING = Asking("How long is the bridge?")
EMBEDDED = "sha256:cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
CANDIDATE = Candidate(
    Document("a.md", Media.MARKDOWN, "0" * 64, "2026-01-01T00:00:00Z", TEXT),
    ((0, 19), (20, 32)),
    {word.stem: 1.0 for word in ASKING.topics},
    1.0,
    ASKING,
)


def calibration(threshold: float) -> Calibration:
    """One that looks at nothing but the likelihood of "Yes"."""
    terms = {
        name: Term(mean=0, scale=1, weight=0, low=-9, high=9) for name in ("cover", "search", "sentences", "length")
    }
    terms["answering"] = Term(mean=0, scale=1, weight=1, low=-9, high=9)
    return Calibration(
        model_digest="x", data="d", data_digest="d", tasks=1, date="", command="", intercept=0, terms=terms, threshold=threshold
    )  # fmt: skip


def test_the_threshold_decides() -> None:
    reading = Reading(0.8, True, (True, False))
    assert answers(CANDIDATE, reading, calibration(0.7)) == (True, 0.8)
    assert answers(CANDIDATE, reading, calibration(0.9)) == (False, 0.8)


def test_without_a_fit_there_is_no_probability() -> None:
    assert answers(CANDIDATE, Reading(0.9, True, (True, False)), None) == (True, None)
    assert answers(CANDIDATE, Reading(0.6, False, (True, False)), None) == (False, None)
    assert answers(CANDIDATE, Reading(0.9, True, (False, False)), None) == (False, None)


def test_what_is_told() -> None:
    assert told(CANDIDATE, Reading(0.9, True, (False, True))) == [1]
    assert told(CANDIDATE, Reading(0.9, True, (False, False))) == []
    heading = source("# How long?\n\nIt is long.")
    heading = replace(heading, spans=((2, 11), (13, 24)))
    assert told(heading, Reading(0.9, True, (True, True))) == [1]


def test_what_is_measured() -> None:
    found = features(CANDIDATE, Reading(0.5, True, (False, True)))
    assert found == pytest.approx(
        {"answering": 0.0, "cover": 1.0, "search": 1.0, "sentences": 2.0, "length": math.log(4)}
    )


def source(text: str) -> Candidate:
    return Candidate(Document("a.md", Media.TEXT, "0" * 64, "", text), ((0, len(text)),), {}, 1.0, ASKING)


@pytest.mark.parametrize(
    ("question", "text", "calibrated"),
    [
        ("How long is the bridge?", "The bridge is long.", True),
        ("bridge length", "The bridge is 412 metres long, and it is green.", True),
        ("How long is the bridge?", "length: 412; colour: green", False),
        ("How long is the bridge?", "Le pont est long de 412 mètres, et il est vert.", False),
        ("Hoe lang is de Elleboogbrug?", "De Elleboogbrug is 412 meter lang.", False),
        ("Was ist in der Kiste?", "In der Kiste ist ein Hut.", False),
        ("Onde fica a ponte?", "A ponte fica em Sund.", False),
        ("Quelle est la longueur du pont ?", "The bridge is long.", False),
        ("pont longueur", "Le pont est long de 412 mètres, et il est vert.", False),
        ("Wie lang ist die Brücke?", "Die Brücke ist 412 Meter lang, und sie wurde grün gestrichen.", False),
    ],
)
def test_the_fit_is_for_english(question: str, text: str, calibrated: bool) -> None:
    assert (calibration_for(EMBEDDED, Asking(question), source(text)) is not None) is calibrated


def test_no_other_model_borrows_the_fit() -> None:
    assert calibration_for("sha256:0", ASKING, CANDIDATE) is None
