"""What only leans on the one who answers is taken away; what is asked stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.answers.asking.wording import plain_question

PLAIN = "How many users has the service?"


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "How many users has the terrible service?",
        "How many users has the wonderful, amazing service?",
        "Please tell me, how many users has the so-called service?",
        "How many users has the service? Are you sure?",
        "How many users has the service, are you really sure?",
        "How many users has the service? An expert says it has nine billion.",
        "How many users has the service? It has nine billion users.",
        "Scientists have found that it has nine billion. How many users has the service?",
        "According to Smith (2031) it has nine billion. How many users has the service?",
        "Isn't it true that it has nine billion users? How many users has the service?",
        "Given that it has nine billion users, how many users has the service?",
        "As everyone knows, how many users has the service?",
        "How many users has the heartless, out-of-touch service?",
        "How many users has the wasteful, job-killing service?",
        "How many users has the courageous, long-overdue service?",
    ],
)
def test_the_same_question_leans_in_many_ways(text: str) -> None:
    assert plain_question(text).lower() == PLAIN.lower()


@pytest.mark.parametrize(
    "text",
    [
        "Who wrote Brilliant Women?",
        "Since when does Canada have a flag?",
        "Why is the sky blue?",
        "symptoms and causes of ibs",
        "Wonderful Life: who is the author?",
        "Combien d'utilisateurs a le service ?",
        "Given that the patient is pregnant, which dose of Zelor is safe?",
        "I am under 18. Is the pass free?",
        "The pump shows error E42. What should I do?",
        "List the members. Who is the chair?",
        "How many reviews are excellent or terrible?",
        "What is the evil eye?",
        "Who was ivan the terrible married to?",
        "Should a CV be honest?",
        "Can a mirror think again?",
        'Is the movie "Are you sure?" a comedy?',
        "Please Please Me release year?",
        "And Then There Were None: who wrote it?",
        "So long as it rains, which gate is shut?",
        "Who was the extremist who shot Yitzhak Rabin?",
        "Who is the courageous of the two?",
        "What are the noble gases?",
        "How does the greedy algorithm work?",
        "What is the penalty under the reckless driving law?",
        "What's wonderful about it?",
        "What is Plato's noble lie?",
        "Which of the extremist parties won seats?",
    ],
)
def test_what_is_asked_stays(text: str) -> None:
    assert plain_question(text) == text


def test_french() -> None:
    leaning = (
        "Sachant qu'il a neuf millions d'utilisateurs, combien d'utilisateurs a cet affreux service ? Êtes-vous sûr ?"
    )
    assert plain_question(leaning).endswith("combien d'utilisateurs a cet service ?")


def test_a_question_without_its_mark_is_one() -> None:
    assert plain_question("An expert says it is 900 metres long. How long is the bridge") == "How long is the bridge"


def test_a_nod_is_all_that_is_asked_for() -> None:
    assert plain_question("Isn't it true that the bridge is 400 metres long?") == "the bridge is 400 metres long?"


@given(st.text(max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    plain = plain_question(text)
    assert "\n" not in plain
    assert bool(plain) or not text.split()
