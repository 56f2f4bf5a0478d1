"""What a record upholds of a claim whose words it has: each line is a claim of one hotel."""

from __future__ import annotations

import pytest

from macrohard.answers.grounding.languages import ENGLISH
from macrohard.answers.grounding.upholding import is_upheld
from macrohard.answers.grounding.words import Words
from macrohard.answers.sources.fields import Field, Record

VALUES = {
    "hotel name": "Ritz",
    "hotel rooms": "20",
    "hotel stars": "4",
    "hotel pool": "false",
    "hotel bar": "true",
    "hotel opened": "May 2019",
    "hotel story": "In a garden near the old town the owners let more than 300 roses grow in 1950",
}
HOTEL = Record([Field(name, value, 0, 0) for name, value in VALUES.items()])


@pytest.mark.parametrize(
    "claim",
    [
        "The Ritz has 20 rooms.",
        "The Ritz has 20 rooms and 4 stars.",
        "The rooms and stars of the Ritz are 20 and 4.",
        "The Ritz has a bar.",
        "The Ritz opened in May 2019.",
        "More than 300 roses grow in the garden of the Ritz.",
        "The story of the Ritz is of 300 roses.",
    ],
)
def test_upheld(claim: str) -> None:
    """Also what a text in the record says; what all names begin with needs no mention."""
    assert is_upheld(Words(claim, ENGLISH), HOTEL)


@pytest.mark.parametrize(
    "claim",
    [
        "The Ritz has 4 rooms.",
        "The Ritz has 4 rooms and 20 stars.",
        "The rooms and stars of the Ritz are 4 and 20.",
        "The Ritz has over 20 rooms.",
        "The Ritz has at least 20 rooms.",
        "The Ritz has not 20 rooms.",
        "The Ritz may have 20 rooms.",
        "The Ritz has a pool.",
        "The Ritz has no bar.",
        "The Ritz opened in 1950.",
    ],
)
def test_not_upheld(claim: str) -> None:
    assert not is_upheld(Words(claim, ENGLISH), HOTEL)
