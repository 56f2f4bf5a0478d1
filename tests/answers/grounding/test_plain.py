"""A claim that says no more than a record can: each line is a claim of a pear with a price."""

from __future__ import annotations

import pytest

from macrohard.answers.grounding.languages import ENGLISH, FRENCH
from macrohard.answers.grounding.plain import is_plain
from macrohard.answers.grounding.words import Words

PEAR = Words("pear price", ENGLISH).stems
POIRE = Words("poire prix", FRENCH).stems


@pytest.mark.parametrize(
    "claim", ["The price of a pear is 3.", "A pear has price 3 euros.", "The price of pears was 3 points in 2019."]
)
def test_plain(claim: str) -> None:
    assert is_plain(Words(claim, ENGLISH), frozenset(PEAR))


@pytest.mark.parametrize(
    "claim",
    [
        "The price of a pear is not 3.",
        "The price of a pear isn't 3.",
        "The price of a pear is over 3.",
        "The price of a pear may be 3.",
        "The price of a pear fell by 3.",
        "The old price of a pear is 3.",
        "The price of pears is 3 times as high.",
    ],
)
def test_more_than_plain(claim: str) -> None:
    """Some of these words carry no meaning where sentences are compared."""
    assert not is_plain(Words(claim, ENGLISH), frozenset(PEAR))


def test_in_french() -> None:
    assert is_plain(Words("Le prix de la poire est de 3 euros.", FRENCH), frozenset(POIRE))
    assert not is_plain(Words("Le prix de la poire est de plus de 3 euros.", FRENCH), frozenset(POIRE))
