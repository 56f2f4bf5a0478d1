"""An error that changes nothing: said in many ways, and not said where something changes all the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.company.request.unchanged import changes_nothing, says_only_that


@pytest.mark.parametrize(
    "text",
    [
        "changes nothing.",
        "nothing is stored",
        "nothing changes",
        "and nothing must be saved",
        "leaves the stock unchanged",
        "leaving the file as it was",
        "the score stays untouched",
        "score untouched.",
        "it does not change anything",
        "without changing anything",
        "no file is written",
        "adds nothing",
        "the list remains as it is",
        "leave the list alone.",
        "don't touch the file.",
        "the file is not changed.",
        "isn't stored",
        "no changes are saved",
        "nothing saved",
        "errors never change t.json",
        "an error that changes nothing",
    ],
)
def test_it_is_said_in_many_ways(text: str) -> None:
    assert changes_nothing(text) and says_only_that(text)


@pytest.mark.parametrize(
    "text",
    [
        "changes nothing but the date",
        "nothing else is changed",
        "changes only the price",
        "nothing is printed",
        "prints nothing",
        "other characters stay unchanged",
        "prints the text unchanged",
        "leaves the order of the lines as it is",
        "does not change the price",
        "changes `nothing`",
        "stores nothing until the leg is over",
        "if nothing is stored yet, it is an error",
        "a name that is not stored is an error",
        "an item whose price is not stored is an error",
        "a name that stays unchanged is an error",
        "undo fails when nothing changes",
        "the total does not change",
        "",
    ],
)
def test_what_changes_something_or_speaks_of_what_is_printed(text: str) -> None:
    assert not changes_nothing(text)


def test_a_sentence_that_says_more_is_not_only_that() -> None:
    said = "selling more than there is is an error with exit status 2 and changes nothing"
    assert changes_nothing(said) and not says_only_that(said)


@given(st.text() | st.text("nothig canse unru,.;'`’", max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert changes_nothing(text) in (True, False)
