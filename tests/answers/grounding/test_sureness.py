"""How sure it is that a sentence is supported: by what is found of it, and by where its text comes from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.answers.grounding.context import Context
from macrohard.answers.grounding.judging import Judgement, judge
from macrohard.answers.grounding.languages import ENGLISH
from macrohard.answers.grounding.scoring import features
from macrohard.answers.grounding.sureness import risk, sure_of, whole_features
from macrohard.answers.grounding.words import Words

SOURCE = (
    "The Elbow Bridge is 412 metres long.",
    "It was opened on 3 May 1932 by Ada Hollis, who had planned it for nine years.",
    "Trams have crossed it since 1950.",
)


def judged(claim: str, *sentences: str) -> Judgement:
    return judge(Words(claim, ENGLISH), Context([Words(sentence, ENGLISH) for sentence in sentences or SOURCE]))


def test_the_more_of_it_is_found_the_surer() -> None:
    claims = (
        "The Elbow Bridge is 412 metres long.",
        "The Elbow Bridge, some say, is rather long.",
        "Ships of the navy passed through the canal in 1812.",
    )
    sures = [sure_of(judged(claim)) for claim in claims]
    assert sures[0].elsewhere > 0.85 > sures[1].elsewhere > sures[2].elsewhere
    assert sures[0].from_sources > sures[1].from_sources > sures[2].from_sources
    assert min(sures[0].in_text, sures[1].in_text) > sures[2].in_text


def test_where_a_text_comes_from_counts() -> None:
    """A sentence whose words are hardly found in a long source is more often a paraphrase where it was written from it."""
    paid = [f"In {year} the town paid for paint and repairs of the railing." for year in range(1950, 1959)]
    sure = sure_of(judged("Streetcars began to use the crossing in the middle of the century.", *SOURCE, *paid))
    assert sure.from_sources > sure.elsewhere + 0.2


def test_figures_that_are_nowhere_are_counted() -> None:
    assert features(judged("The bridge is 777 metres long and 8 wide."))["figures_absent"] == 2


def test_nothing_to_hold_it_against() -> None:
    sure = sure_of(judge(Words("The bridge is long.", ENGLISH), Context([])))
    assert 0 < sure.elsewhere < 0.6 and 0 < sure.from_sources < 1 and 0 < sure.in_text < 1


def test_a_text_with_a_doubtful_sentence_is_riskier() -> None:
    assert risk([], of_records=False) is None
    good, mixed, bad = (risk(said, of_records=False) or 0 for said in ([0.99] * 4, [0.99, 0.99, 0.99, 0.4], [0.4] * 4))
    assert 0 < good < mixed < bad < 1


def test_what_was_written_from_tables_is_riskier() -> None:
    prose, table = (risk([0.9, 0.9, 0.9], of_records=records) or 0 for records in (False, True))
    assert prose < table


@given(st.lists(st.floats(0.0001, 0.9999), min_size=1, max_size=40))
def test_the_order_of_sentences_does_not_matter(said: list[float]) -> None:
    assert whole_features(said, False) == pytest.approx(whole_features(sorted(said), False))
    assert 0 < (risk(said, of_records=False) or 0) < 1


@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=4))
def test_features_are_finite_whatever_is_written(claim: str, sentences: list[str]) -> None:
    context = Context([Words(sentence, ENGLISH) for sentence in sentences])
    found = features(judge(Words(claim, ENGLISH), context))
    assert all(-10 < value < 10 for value in found.values())
