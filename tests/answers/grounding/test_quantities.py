"""Numbers and dates, read so that they can be compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.answers.grounding.languages import ENGLISH, FRENCH, Language, language_of
from macrohard.answers.grounding.quantities import dates, numbers


def read(text: str, language: Language = ENGLISH) -> list[tuple[float, str]]:
    """Value and unit of each number."""
    return [(number.value, number.unit) for number in numbers(text, language)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It has 1,234 users and 5.5 stars.", [(1234, ""), (5.5, "")]),
        ("700 million people", [(7e8, "")]),
        ("$3.2 billion and 40 %", [(3.2e9, "$"), (40, "%")]),
        ("$5m, 12 percent, 3 per cent", [(5e6, "$"), (12, "%"), (3, "%")]),
        ("5 m deep", [(5, "")]),
        ("twenty-five dogs, three cats", [(25, ""), (3, "")]),
        ("two million dollars", [(2e6, "")]),
        ("-3.5 degrees, from 2-3 to 1990-1995", [(-3.5, ""), (2, "")]),
        ("version 1.2.3", []),
        ("one or none", []),
        ("on 3 May 2024 there were 4", [(4, "")]),
        ("from 8:30 PM to 12 a.m., 7am-5pm", [(20, ""), (30, ""), (0, ""), (7, ""), (17, "")]),
        ("20:30, 11:05-8:05 pm", [(20, ""), (30, ""), (11, ""), (5, ""), (20, ""), (5, "")]),
    ],
)
def test_numbers(text: str, found: list[tuple[float, str]]) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("200 000 processeurs", [(200000, "")]),
        ("200\u00a0000 processeurs", [(200000, "")]),
        ("1,5 million d'euros", [(1.5e6, "€")]),
        ("33 milliards de dollars", [(33e9, "")]),
        ("moins de 10 %, dix pour cent", [(10, "%"), (10, "")]),
        ("1.234,56 €", [(1234.56, "€")]),
    ],
)
def test_french_numbers(text: str, found: list[tuple[float, str]]) -> None:
    assert read(text, FRENCH) == found


@pytest.mark.parametrize(
    ("claim", "source", "same"),
    [
        ("120", "119.6", True), ("119.6", "120", False), ("700 million", "700.3 million", True), ("47 %", "47.3%", True),
        ("47 %", "47", True), ("47 %", "$47", False), ("700", "700 million", False), ("1,000", "1000", True),
    ],
)  # fmt: skip
def test_the_same_number(claim: str, source: str, same: bool) -> None:
    """A claim may round what a source says; it may not be more exact."""
    (mine,), (other,) = numbers(claim, ENGLISH), numbers(source, ENGLISH)
    assert mine.same(other) is same


def dated(text: str, language: Language = ENGLISH) -> list[tuple[int | None, int | None, int | None]]:
    """Year, month and day of each date."""
    return [(date.year, date.month, date.day) for date in dates(text, language)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("on May 3, 2024", [(2024, 5, 3)]), ("the 3rd of May 2024", [(2024, 5, 3)]), ("2024-05-03", [(2024, 5, 3)]),
        ("in May 2024", [(2024, 5, None)]), ("in May", [(None, 5, None)]), ("it may rain", []), ("in 1969", [(1969, None, None)]),
        ("Nov. 5", [(None, 11, 5)]), ("99 May flowers", []), ("it costs $1999", []), ("1969 and 3 June", [(1969, None, None), (None, 6, 3)]),
    ],
)  # fmt: skip
def test_dates(text: str, found: list[tuple[int | None, int | None, int | None]]) -> None:
    assert dated(text) == found


def test_french_dates() -> None:
    assert dated("le 9 mars 2023, le 1er août et en juillet", FRENCH) == [(2023, 3, 9), (None, 8, 1), (None, 7, None)]


def test_a_claim_may_be_less_exact_than_its_source() -> None:
    (month,), (day,), (other,) = (dates(text, ENGLISH) for text in ("March 2023", "9 March 2023", "9 April 2023"))
    assert month.same(day) and not day.same(month)
    assert month.differs(other) and not month.differs(day)


@given(st.floats(min_value=0, max_value=1e9).map(lambda value: round(value, 2)))
def test_what_is_written_is_read(value: float) -> None:
    assert read(f"{value:,.2f} units") == [(pytest.approx(value), "")]
    assert read(f"{value:.2f} units".replace(".", ","), FRENCH) == [(pytest.approx(value), "")]


@given(st.text(max_size=200))
def test_whatever_stands_there_is_read_without_harm(text: str) -> None:
    for language in (ENGLISH, FRENCH):
        for found in (*numbers(text, language), *dates(text, language)):
            assert 0 <= found.start < found.end <= len(text)


def test_languages() -> None:
    assert language_of("The cat sat on the mat and it was happy.") is ENGLISH
    assert language_of("Le chat est sur le tapis et il est content.") is FRENCH
    assert language_of("Die Katze sitzt auf der Matte und freut sich sehr.") is None
