"""Which sentences say several things of one subject, and how each of them stands alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.answers.grounding.claims import claims_of
from macrohard.answers.grounding.languages import ENGLISH
from macrohard.answers.grounding.words import Words


def claims(text: str) -> list[str]:
    return [claim.text for claim in claims_of(Words(text, ENGLISH))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The bridge is 412 metres long and was opened in 1932.",
            ["The bridge is 412 metres long.", "The bridge was opened in 1932."],
        ),
        (
            "The Sund Ferry has two decks, but it is not covered; it can carry forty cars.",
            ["The Sund Ferry has two decks.", "The Sund Ferry is not covered.", "The Sund Ferry can carry forty cars."],
        ),
        (
            "Le pont est long de 412 mètres et fut ouvert en 1932.",
            ["Le pont est long de 412 mètres.", "Le pont fut ouvert en 1932."],
        ),
        (
            "The mayor says the bridge is old and was sold.",
            ["The mayor says the bridge is old.", "The mayor says the bridge was sold."],
        ),
    ],
)
def test_each_claim_has_its_subject(text: str, found: list[str]) -> None:
    assert claims(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "The bridge is long and green.",
        "Lyon and Nice are in France.",
        "No ferry is late and is full.",
        "Few ferries are late and have cars.",
        "Some ferries are white and are late.",
        "The bridge, which is green and was sold, is long.",
        "If it is wet and is cold, the gate is shut.",
        "The ferry sails daily and carries cars.",
        "Is it wet and is it cold",
        "",
    ],
)
def test_what_says_one_thing_or_cannot_be_told_stays_whole(text: str) -> None:
    assert claims(text) == [text]


@given(st.lists(st.sampled_from(["the bridge", "is", "was", "and", "but", ";", "it", "long", ",", "no"]), max_size=14))
def test_the_spans_are_parts_of_the_sentence_in_their_order(words: list[str]) -> None:
    text = " ".join(words)
    found = claims_of(Words(text, ENGLISH))
    assert found[0].start == 0 and found[-1].end == len(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
