"""Arithmetic in sentences, computed again: each line is a sentence and what its numbers come to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.answers.grounding.arithmetic import reckonings
from macrohard.answers.grounding.languages import ENGLISH, FRENCH, Language
from macrohard.answers.grounding.words import Words


def computed(text: str, language: Language = ENGLISH) -> list[tuple[str, bool]]:
    """Formula of each number that follows from others, and whether the sentence has it right."""
    return [(item.formula, item.is_right) for item in reckonings(Words(text, language))]


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("It grew from 80 to 120, a rise of 50 %.", "(120 − 80) ÷ 80 = 50 %"),
        ("It grew from 80 in 2010 to 120 in 2020, up 50 percent.", "(120 − 80) ÷ 80 = 50 %"),
        ("It fell from 120 to 80, a drop of 33 %.", "(80 − 120) ÷ 120 = -33.3333 %"),
        ("Prices fell from $100 to $80, down $20.", "80 − 100 = -20 $"),
        ("Sales rose by 50 % from 80 to 120.", "(120 − 80) ÷ 80 = 50 %"),
        ("30 of 120 pupils (25 %) passed.", "30 ÷ 120 = 25 %"),
        ("30 out of 120, or 25 %, passed.", "30 ÷ 120 = 25 %"),
        ("30 % of 120 is 36.", "30 % × 120 = 36"),
        ("12 + 30 = 42", "12 + 30 = 42"),
        ("Seven times three is 21.", "7 × 3 = 21"),
        ("10 / 3 = 3.33", "10 ÷ 3 = 3.3333"),
        ("12 of 30 seats, or 40 % of the seats, are theirs.", "12 ÷ 30 = 40 %"),
        ("2 of 3 pupils (66 %) passed.", "2 ÷ 3 = 66.6667 %"),
    ],
)
def test_right(text: str, formula: str) -> None:
    assert computed(text) == [(formula, True)]


@pytest.mark.parametrize(
    "text",
    [
        "It grew from 80 to 120, a rise of 60 %.",
        "It fell from 120 to 80, a rise of 33 %.",
        "Prices fell from $100 to $80, down $30.",
        "Sales rose by 40 % from 80 to 120.",
        "30 of 120 pupils (30 %) passed.",
        "30 of 120 pupils (26 %) passed.",
        "30 of 120 pupils (30 %) did not pass.",
        "12 + 30 = 43",
        "30 % of 120 is 40.",
    ],
)
def test_wrong(text: str) -> None:
    assert [right for _, right in computed(text)] == [False]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Le nombre est passé de 80 à 120, soit une hausse de 50 %.", True),
        ("Le prix a augmenté de 20 % de 80 à 120.", False),
        ("30 élèves sur 120, soit 25 %, ont réussi.", True),
        ("de 1,2 million à 1,8 million, en baisse de 50 %", False),
    ],
)
def test_in_french(text: str, right: bool) -> None:
    assert [found for _, found in computed(text, FRENCH)] == [right]


@pytest.mark.parametrize(
    "text",
    [
        "It has 80 rooms and 120 beds, and 50 % of them are free.",
        "It grew from 80 to 120, a rise of about 45 %.",
        "From 3 to 5 people came, and sales rose by 10 %.",
        "It rose from 10 % to 15 %, a rise of 5 %.",
        "Between 80 and 120 people, 50 % of them women.",
        "10 / 0 = 5",
        "from 0 to 5, a rise of 500 %",
        "The party won 12 of 30 seats, or 45 % of the votes.",
        "The party won 12 of 30 seats, or 45 % more than before.",
        "30 of 120 pupils (50 % of them girls) passed.",
        "It grew from 80 to 120, a rise of 30 % of the profit.",
        "It is not true that it grew from 80 to 120, a rise of 60 %.",
        "If it grew from 80 to 120, a rise of 60 %, we are rich.",
    ],
)
def test_where_it_is_not_plain_nothing_is_computed(text: str) -> None:
    assert computed(text) == []


def test_what_is_rounded_may_come_to_anything_that_rounds_to_it() -> None:
    """From 1.25 to 1.75 million is 40 %, from 1.15 to 1.85 million nearly 61 %."""
    for share, right in ((40, True), (50, True), (60, True), (70, False)):
        assert computed(f"It grew from 1.2 million to 1.8 million, up {share} %.")[0][1] is right


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_a_true_change_is_never_called_wrong(before: int, after: int) -> None:
    change, word = 100 * (after - before) / before, "rise" if after >= before else "fall"
    text = f"It went from {before} to {after}, a {word} of {abs(change):.1f} %."
    assert all(right for _, right in computed(text))
