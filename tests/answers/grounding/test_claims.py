"""Which sentences say two things of one subject, and how each of them stands alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.answers.grounding.claims import claims_of
from macrohard.answers.grounding.languages import ENGLISH, FRENCH, Language
from macrohard.answers.grounding.words import Words


def claims(text: str, language: Language = ENGLISH) -> tuple[str, ...]:
    return claims_of(Words(text, language))


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        (
            "The bridge is 412 metres long and was opened in 1932.",
            ENGLISH,
            ("The bridge is 412 metres long.", "The bridge was opened in 1932."),
        ),
        (
            "Ada Hollis was born in Lyon in 1900 and had three sons",
            ENGLISH,
            ("Ada Hollis was born in Lyon in 1900.", "Ada Hollis had three sons."),
        ),
        (
            "Le pont est long de 412 mètres et fut ouvert en 1932.",
            FRENCH,
            ("Le pont est long de 412 mètres.", "Le pont fut ouvert en 1932."),
        ),
    ],
)
def test_each_claim_has_its_subject(text: str, language: Language, found: tuple[str, ...]) -> None:
    assert claims(text, language) == found


@pytest.mark.parametrize(
    "text",
    [
        "The bridge is long and green.",
        "The bridge is old and was sold.",
        "Lyon and Nice are old towns and have many bridges.",
        "The ferry sails every day and carries forty cars.",
        "It is 300 metres long and was opened in 1932.",
        "He was born in Lyon and was elected mayor in 1950.",
        "No ferry is often late and is quite full.",
        "40 % of the users are young students and are under 30.",
        "Two thirds of users are young students and are wealthy women.",
        "Three bridges are 90 metres long and were painted in 1932.",
        "The three bridges are 90 metres long and were painted in 1932.",
        "A man was arrested in Sund and was released in 1950.",
        "Someone is very rich and was robbed in 1950.",
        "Ada or Bob is very rich and has three sons.",
        "The mayor of Sund is 90 years old and was born in Lyon.",
        "Most bridges are 90 metres long and were painted in 1932.",
        "Ada Hollis was married to Bob Ray and he was born in 1900.",
        "The bridge has two towers and they are 90 metres high.",
        "Ada Hollis was a mason in Sund and Bob Ray was a smith in Lyon and was killed in 1950.",
        "The Elbow Bridge is beside the Sund Tower, which is red and was sold in 1950.",
        "While the tower is red the bridge is grey and has two lamps.",
        "The bridge is closed to cars when it is cold and is icy in winter.",
        "The mayor was not told about bridges and was fined in 1950.",
        "The bridge is quite old or was damaged and has three cracks.",
        "In May the bridge was opened for cars and has two lanes.",
        "The can is 12 centimetres high and rather old.",
        "Bob Ray has said: “I am quite ill and was fired in 1950.”",
        "If it is wet and is cold, the gate is shut.",
        "Is it wet and is it cold",
        "",
    ],
)
def test_what_says_one_thing_or_cannot_be_told_stays_whole(text: str) -> None:
    assert claims(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "L'est de la France est froid en hiver et fut occupé en 1940.",
        "Le pont ne fut pas ouvert en 1932 et est long de 300 mètres.",
        "Tous les ponts sont longs de 300 mètres et sont peints en vert.",
        "Un pont est long de 300 mètres et fut vendu en 1950.",
        "Le pont est près de la tour et elle est haute de 90 mètres.",
    ],
)
def test_so_it_is_in_french(text: str) -> None:
    assert claims(text, FRENCH) == ()


@given(
    st.lists(
        st.sampled_from(["The", "bridge", "Ada", "Ray", "is", "was", "and", "1932", "long", "no", "opened"]),
        max_size=14,
    )
)
def test_both_have_the_subject_and_together_all_words(words: list[str]) -> None:
    text = " ".join(words)
    found = claims(text)
    if found:
        one, other = (claim.rstrip(".").split() for claim in found)
        subject = text.split(" is ")[0].split(" was ")[0].split()
        assert one[: len(subject)] == other[: len(subject)] == subject
        assert [*one, "and", *other[len(subject) :]] == words
