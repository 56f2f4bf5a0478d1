"""An error that changes nothing: said in many ways, and not said where something changes all the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.company.request.unchanged import changes_nothing, hints_at_it, says_only_that

FILE = "stock.json"


@pytest.mark.parametrize(
    "text",
    [
        "changes nothing.",
        "nothing is stored",
        "nothing changes",
        "and nothing must be saved",
        "leaves the stock unchanged",
        "leaving the file as it was",
        "stock.json stays untouched",
        "file untouched.",
        "it does not change anything",
        "without changing anything",
        "no file is written",
        "adds nothing",
        "the list remains as it is",
        "leave the list alone.",
        "don't touch the file.",
        "the file is not changed.",
        "no changes are saved",
        "keep the data file intact",
        "they change nothing",
        "in that case nothing is saved",
        "nothing is written to the file",
        "do not change any data",
    ],
)
def test_it_is_said_in_many_ways(text: str) -> None:
    assert says_only_that(text, FILE) and changes_nothing(f"A bad date is an error, {text}", FILE)
    assert not says_only_that(text, None), "of a program that keeps nothing it says something else"


@pytest.mark.parametrize(
    "text",
    [
        "changes nothing but the date",
        "nothing else is changed",
        "changes only the price",
        "nothing is printed",
        "nothing is written to stdout",
        "writes nothing to the screen",
        "the score is left untouched",
        "the bad row is not added",
        "the balance stays as it was",
        "other characters stay unchanged",
        "leaves the order of the lines as it is",
        "does not change the price",
        "changes `nothing`",
        "stores nothing until the leg is over",
        "nothing was removed",
        "",
    ],
)
def test_what_changes_something_or_may(text: str) -> None:
    assert not says_only_that(text, FILE) and not changes_nothing(f"A bad date is an error, {text}", FILE)


@pytest.mark.parametrize(
    "text",
    [
        "If nothing is stored yet, it is an error",
        "A name that is not stored is an error",
        "Undo fails when nothing changes",
        "`t remove` exits with status 1 if it removes nothing",
        "Adding nothing is an error",
        "An unknown name is an error saying nothing is stored",
        "Exit status 3: nothing is stored",
        "Changes nothing",
    ],
)
def test_the_cause_of_an_error_is_not_what_it_leaves(text: str) -> None:
    assert not changes_nothing(text, FILE) and not hints_at_it(text, behind_error=True)


@pytest.mark.parametrize(
    "text",
    ["A bad date is an error that changes nothing", "Errors never change stock.json", "A failed command must not change the file",
     "A bad date: message on stderr, exit status 2, file untouched", "All errors exit 1, print to stderr, and change nothing"],
)  # fmt: skip
def test_it_may_stand_in_the_sentence_that_demands_the_error(text: str) -> None:
    assert changes_nothing(text, FILE) and not says_only_that(text, FILE)


@pytest.mark.parametrize(
    "text", ["no entry is added", "has no side effects", "nothing sold", "the price is not changed"]
)
def test_what_is_not_understood_is_noticed(text: str) -> None:
    said = f"A bad date is an error, {text}"
    assert hints_at_it(said, behind_error=True) or text == "nothing sold"
    assert not changes_nothing(said, FILE)


@given(
    st.text() | st.text("nothig canse unru,.;'`’erx 2", max_size=200),
    st.sampled_from([None, FILE, "a(b.json", ".json"]),
)
def test_any_text_is_read(text: str, file: str | None) -> None:
    for found in (changes_nothing(text, file), says_only_that(text, file), hints_at_it(text, behind_error=True)):
        assert found in (True, False)
