"""How sure it is that a passage answers: from its probe and its words, for English alone, and all passages together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.answers.asking.candidates import Candidate
from macrohard.answers.asking.questions import Asking
from macrohard.answers.asking.sureness import at_least_one, calibration, features, is_fitted_on, probe_for, told
from macrohard.answers.sources import Document, Media
from macrohard.models.weights import DIGEST

TEXT = "The bridge is long. It is green."
ASKING = Asking("How long is the bridge?")
CANDIDATE = Candidate(
    Document("a.md", Media.MARKDOWN, "0" * 64, "2026-01-01T00:00:00Z", TEXT),
    ((0, 19), (20, 32)),
    {word.stem: 1.0 for word in ASKING.topics},
    1.0,
    ASKING,
)


def test_what_is_measured() -> None:
    found = features(CANDIDATE, 0.5)
    assert found == pytest.approx({"read": 0.5, "cover": 1.0, "search": 1.0})


def test_one_sure_passage_is_enough() -> None:
    assert told([0.1, 0.9, 0.1], 0.8) == [1]


def test_the_surest_is_told_first_and_beside_it_what_answers_rather_than_not() -> None:
    assert told([0.6, 0.2, 0.9, 0.5], 0.8) == [2, 0, 3]


def test_several_passages_may_be_sure_together() -> None:
    assert told([0.6, 0.6, 0.4], 0.8) == [0, 1]
    assert told([0.6, 0.2, 0.2], 0.8) == []


def test_many_that_rather_do_not_answer_make_no_answer() -> None:
    assert told([0.45] * 9, 0.8) == []


def test_without_passages_nothing_is_told() -> None:
    assert told([], 0.0001) == []


@given(st.lists(st.floats(0.0001, 0.9999), min_size=1, max_size=8), st.floats(0, 1), st.floats(0, 1))
def test_a_higher_threshold_never_tells_more(probabilities: list[float], one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert told(probabilities, high) in ([], told(probabilities, low))
    assert max(probabilities) <= at_least_one(probabilities) + 1e-9 <= 1 + 1e-9


def test_a_higher_score_of_the_probe_makes_it_surer() -> None:
    low, high = (calibration().probability(features(CANDIDATE, score)) for score in (-4.0, 4.0))
    assert low < 0.3 and high > 0.7


def source(text: str) -> Candidate:
    return Candidate(Document("a.md", Media.TEXT, "0" * 64, "", text), ((0, len(text)),), {}, 1.0, ASKING)


@pytest.mark.parametrize(
    ("question", "text", "fitted"),
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
def test_the_fit_is_for_english(question: str, text: str, fitted: bool) -> None:
    assert is_fitted_on(Asking(question), source(text)) is fitted


def test_no_other_model_borrows_the_probe() -> None:
    assert probe_for("sha256:0") is None
    assert probe_for(f"sha256:{DIGEST}") is not None
