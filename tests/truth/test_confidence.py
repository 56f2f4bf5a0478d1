"""A calibration turns what was measured into a probability, for the model it was fitted with and no other."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.truth.confidence import Calibration, Term, calibration_for

EASY = Calibration(
    model_digest="sha256:abc", data="set", data_digest="sha256:def", tasks=9, date="2026-11-26", command="fit",
    intercept=1.0, terms={"agreement": Term(mean=0.5, scale=0.25, weight=2.0, low=0.0, high=1.0)}, threshold=0.9,
)  # fmt: skip


def test_the_formula() -> None:
    assert EASY.probability({"agreement": 0.75}) == pytest.approx(1 / (1 + math.exp(-(1.0 + 2.0 * 1.0))), abs=5e-5)
    assert EASY.probability({"agreement": 0.5, "unused": 7.0}) == pytest.approx(1 / (1 + math.exp(-1.0)), abs=5e-5)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_it_is_a_probability_whatever_was_measured(value: float) -> None:
    assert 0 < EASY.probability({"agreement": value}) < 1


def test_nothing_is_known_beyond_what_the_fit_had_seen() -> None:
    assert EASY.probability({"agreement": 40.0}) == EASY.probability({"agreement": 1.0})
    assert EASY.probability({"agreement": -40.0}) == EASY.probability({"agreement": 0.0})


def test_a_missing_feature_is_no_zero() -> None:
    with pytest.raises(KeyError):
        EASY.probability({})


@pytest.mark.parametrize("digest", ["", "scripted:1", "openai/gpt-5", "sha256:abc"])
def test_no_probability_is_borrowed(digest: str) -> None:
    assert calibration_for(digest) is None
