"""Equations in sentences: each line is a sentence and what its numbers come to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.answers.grounding.arithmetic import reckonings
from macrohard.answers.grounding.languages import ENGLISH, FRENCH, Language
from macrohard.answers.grounding.words import Words


def computed(text: str, language: Language = ENGLISH) -> list[tuple[str, bool]]:
    """Formula of each equation, and whether it holds."""
    return [(item.formula, item.is_right) for item in reckonings(Words(text, language))]


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("10 + 20 + 30 = 60", "10 + 20 + 30 = 60"),
        ("100 - 20 - 30 = 50", "100 − 20 − 30 = 50"),
        ("2 * 3 + 4 = 10", "2 × 3 + 4 = 10"),
        ("2 + 3 x 4 = 14", "2 + 3 × 4 = 14"),
        ("24 / 4 / 2 = 3", "24 ÷ 4 ÷ 2 = 3"),
        ("3 * 12 + 2 * 6 = 48", "3 × 12 + 2 × 6 = 48"),
        ("Two plus three plus four is 9.", "2 + 3 + 4 = 9"),
        ("0.1 + 0.2 = 0.3", "0.1 + 0.2 = 0.3"),
        ("7 × 1,000,000 = 7 million", "7 × 1,000,000 = 7,000,000"),
    ],
)
def test_a_chain_is_computed_whole_products_first(text: str, formula: str) -> None:
    assert computed(text) == [(formula, True)]


@pytest.mark.parametrize(
    "text",
    [
        "10 + 20 + 30 = 50",
        "2 * 3 + 4 = 14",
        "2 + 3 * 4 = 20",
        "2.5 * 2 = 5.1",
        "7 × 1,000,000 = 8 million",
        "1.25 × 1,000,000 = 2 million",
    ],
)
def test_what_a_chain_does_not_come_to(text: str) -> None:
    assert [holds for _, holds in computed(text)] == [False]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("10 / 3 = 3.3", True),
        ("10 / 3 = 3.33", True),
        ("10 / 3 = 3.4", False),
        ("100 / 3 = 33.4", False),
        ("10 / 4 = 2.6", False),
        ("1 / 8 = 0.13", True),
        ("1 / 8 = 0.12", True),
        ("3 / 8 = 0.37", False),
    ],
)
def test_a_result_is_rounded_to_the_decimals_that_are_written(text: str, holds: bool) -> None:
    """A half goes up or to the even digit; both are usual."""
    assert [found for _, found in computed(text)] == [holds]


@pytest.mark.parametrize(
    "text",
    [
        "1/2 + 1/4 = 3/4",
        "2 + 3 = 4 + 1",
        "2 + 3 = 5 = 10 / 2",
        "(2 + 3) * 4 = 20",
        "2 * (3 + 4) = 14",
        "2^3 + 1 = 9",
        "x + 3 + 4 = 10",
        "1 1/2 + 1/2 = 2",
        "1900 + 12 + 30 = 1942",
        "10 + 5 = 3 (mod 12)",
        "Two plus three times four is 20.",
        "The square of 3 plus 4 is 13.",
        "10 + 30 % of 120 = 46",
        "$10 + €20 = $40",
        "6 / 0 + 1 = 7",
        "10 / 3 = 3",
        f"1 + 1{'0' * 400} = 3",
        f"{'2.5 million * ' * 30}2 = 3",
    ],
)
def test_where_it_goes_on_or_is_not_plain_it_is_not_read(text: str) -> None:
    """A year is no number, and a whole number may be meant exactly or not."""
    assert computed(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "It is not true that 12 + 30 = 43.",
        "Nobody believes that 12 + 30 = 43.",
        "12 + 30 = 43 is false.",
        "That 12 + 30 = 43 is not right.",
        "If 12 + 30 = 43, then all is lost.",
    ],
)
def test_what_is_denied_is_left_open(text: str) -> None:
    assert computed(text) == []


def test_denied_in_french() -> None:
    assert computed("Il n'est pas vrai que 12 + 30 = 43.", FRENCH) == []
    assert computed("12 + 30 + 1 font 43.", FRENCH) == [("12 + 30 + 1 = 43", True)]


@given(st.lists(st.tuples(st.sampled_from("+-*"), st.integers(1, 30)), min_size=1, max_size=8), st.integers(1, 30))
def test_what_python_computes_holds(steps: list[tuple[str, int]], first: int) -> None:
    written = " ".join([str(first), *(f"{sign} {number}" for sign, number in steps)])
    value = eval(written)
    if not 1500 <= abs(value) < 2100:  # a year is no number
        assert [holds for _, holds in computed(f"{written} = {value}")] == [True]
        assert [holds for _, holds in computed(f"{written} = {value + 10**14}")] == [False]
