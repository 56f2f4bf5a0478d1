"""What one source says of a claim: each line is a claim and a sentence that speaks of the same thing."""

from __future__ import annotations

import pytest

from macrohard.answers.grounding.context import Context
from macrohard.answers.grounding.judging import Judgement, Says, judge
from macrohard.answers.grounding.languages import ENGLISH
from macrohard.answers.grounding.words import Words


def judged(claim: str, *sentences: str) -> Judgement:
    """What these sentences say of a claim in English."""
    return judge(Words(claim, ENGLISH), Context([Words(sentence, ENGLISH) for sentence in sentences]))


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Marie Curie won two Nobel Prizes.", "Marie Curie won two Nobel Prizes, in 1903 and 1911."),
        ("The bridge is 300 metres long.", "Built in 1901, the bridge is 299.7 metres long."),
        ("The shop opened in May 2019.", "The shop opened on 4 May 2019."),
        ("Sales rose by 12 %.", "Last year sales rose by 12 percent."),
        ("Ada wrote the program.", "The program was written by Ada: Ada wrote the program herself."),
        ("The museum is closed on Mondays.", "The museum is closed on Mondays and on public holidays."),
        ("The museum is not only closed on Mondays.", "The museum is closed not only on Mondays."),
    ],
)
def test_supported(claim: str, sentence: str) -> None:
    assert judged(claim, sentence).says is Says.SO


@pytest.mark.parametrize(
    ("claim", "sentence", "words", "instead"),
    [
        ("The bridge is 400 metres long.", "The bridge is 300 metres long.", "400", "300"),
        ("ChatGPT has 700 million monthly users.", "ChatGPT has 700 million weekly users.", "monthly", "weekly"),
        ("The shop opened in May 2018.", "The shop opened in May 2019.", "May 2018", "May 2019"),
        ("Sales fell by 12 % in 2020.", "Sales rose by 12 % in 2020.", "fell", "rose"),
        ("The first bridge was built here.", "The second bridge was built here.", "first", "second"),
        ("The tool costs $20.", "The tool costs $30.", "$20", "$30"),
    ],
)
def test_contradicted(claim: str, sentence: str, words: str, instead: str) -> None:
    found = judged(claim, sentence)
    assert found.says is Says.OTHERWISE
    (clash,) = found.clashes
    assert (claim[clash.start : clash.end], clash.says) == (words, instead)


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("The museum is not closed on Mondays.", "The museum is closed on Mondays."),
        ("The vaccine is safe for children.", "The vaccine is not safe for children."),
        ("The museum was closed.", "The museum wasn't really closed."),
        ("Only members are admitted.", "Not only members are admitted."),
        ("Not only members are admitted.", "Only members are admitted."),
        ("Anna defeated Berta in the final.", "Berta defeated Anna in the final."),
    ],
)
def test_denied_or_turned_round(claim: str, sentence: str) -> None:
    assert judged(claim, sentence).says is Says.OTHERWISE


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        (
            "The museum is closed on Mondays.",
            "The museum, which is not far, is closed on Mondays and on public holidays too.",
        ),
        (
            "Anna defeated Berta.",
            "Berta, who had never lost before, was in tears after Anna had defeated her in the final.",
        ),
        ("The museum is closed on Mondays.", "The museum isn't just closed on Mondays."),
        ("The museum is closed on Mondays.", "The museum is not only closed on Mondays."),
        ("The bridge was not simply destroyed.", "The bridge was destroyed."),
        ("The bridge may be old.", "The old bridge is never closed."),
        ("The old bridge is never closed.", "The old bridge is long."),
        ("The bridge is 400 metres long.", "The bridge has 300 lamps and is long."),
        ("It opened in 2018.", "The plan is from 2017, and it opened when everything was paid in 2019."),
    ],
)
def test_where_it_is_not_plain_nothing_is_claimed(claim: str, sentence: str) -> None:
    """A denial in a longer sentence may be about something else; neither side is taken."""
    assert judged(claim, sentence).says in {Says.PART, Says.NOTHING}


@pytest.mark.parametrize(
    ("claim", "missing"),
    [
        ("Marie Curie won two Nobel Prizes and an Oscar.", ["Oscar"]),
        ("Pierre Curie won two Nobel Prizes.", ["Pierre"]),
        ("Marie Curie won two Nobel Prizes with ease and grace.", ["ease", "grace"]),
    ],
)
def test_a_part(claim: str, missing: list[str]) -> None:
    found = judged(claim, "Marie Curie won two Nobel Prizes.", "She was born in Warsaw.")
    assert found.says is Says.PART and [claim[word.start : word.end] for word in found.absent] == missing


def test_nothing() -> None:
    assert judged("Bees have five eyes.", "The bridge is 300 metres long.").says is Says.NOTHING
    assert judged("Bees have five eyes.").says is Says.NOTHING
    assert judged("And so it is.", "And so it is.").says is Says.NOTHING


def test_word_for_word() -> None:
    """Whatever marks and spaces: what stands there is said."""
    assert judged("“It’s not the   end”", 'He said "It\'s not the end" and left.').says is Says.SO
    assert judged("It is the end", "It is the endless night.").says is not Says.SO


def test_neighbours_say_the_rest_but_not_all() -> None:
    """A name may stand in the sentence before; two sentences that share a word each are no support."""
    born = judged("Curie was born in Warsaw in 1867.", "Marie Curie was a chemist.", "She was born in Warsaw in 1867.")
    assert born.says is Says.SO
    assert judged("Bees sting wasps.", "Bees fly.", "Wasps sting.").says is not Says.SO


def test_sentences_that_stand_apart_do_not_support_together() -> None:
    claim = Words(
        "The computing centre Colossus near Memphis counts 200 chips and was built by xAI in 122 days.", ENGLISH
    )
    one, two = "The computing centre Colossus near Memphis was built by xAI in 122 days.", "It counts 200 chips."
    said = [Words(sentence, ENGLISH) for sentence in (one, two)]
    assert judge(claim, Context(said)).says is Says.SO
    assert judge(claim, Context(said, cuts=frozenset([1]))).says is Says.PART
