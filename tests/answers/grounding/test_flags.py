"""What a claim says of the fields that say yes or no."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.answers.grounding.flags import Flag, Stances, flags_of, stances
from macrohard.answers.grounding.languages import ENGLISH
from macrohard.answers.grounding.words import Words
from macrohard.answers.sources import open_index, records_of

pytestmark = pytest.mark.usefixtures("home")
HOTEL = {
    "name": "Alma",
    "rooms": 9,
    "attributes": {"outdoorPool": True, "WiFi": "no", "guestsPets": False, "guestsParking": True, "Music": None},
    "views": {"sea": False, "garden": True},
}


def flags(folder: Path, value: object) -> tuple[Flag, ...]:
    (folder / "a.json").write_text(json.dumps(value), encoding="utf-8")
    (document,) = open_index([str(folder / "a.json")]).documents
    return flags_of(records_of(document))


def test_names_of_fields_lose_what_leads_to_them_and_what_they_share(tmp_path: Path) -> None:
    found = {flag.name: flag.says for flag in flags(tmp_path, HOTEL)}
    assert found == {
        "outdoorpool": True, "wifi": False, "pets": False, "parking": True, "music": None, "sea": False, "garden": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("It has an outdoor pool.", Stances(1, 0, 0)),
        ("It has Wi-Fi, and an outdoor pool.", Stances(1, 1, 0)),
        ("It has no WiFi.", Stances(1, 0, 0)),
        ("WiFi is not available, but there is an outdoor pool.", Stances(2, 0, 0)),
        ("It offers parking and does not allow pets.", Stances(2, 0, 0)),
        ("It doesn't have parking.", Stances(0, 1, 0)),
        ("It lacks a garden; pets are welcome.", Stances(0, 2, 0)),
        ("There is live music with a view of the sea.", Stances(0, 1, 1)),
        ("It stands at 4 Sea Road.", Stances(0, 0, 0)),
        ("It was built by Gardener and Sons, near the overseas port.", Stances(0, 0, 0)),
    ],
)
def test_a_claim_agrees_or_speaks_against(tmp_path: Path, claim: str, told: Stances) -> None:
    assert stances(Words(claim, ENGLISH), flags(tmp_path, HOTEL)) == told


def test_of_several_records_no_flag_that_two_of_them_have(tmp_path: Path) -> None:
    shop = [{"name": "pear", "ripe": True, "local": "yes"}, {"name": "apple", "ripe": False}]
    assert [flag.name for flag in flags(tmp_path, shop)] == ["local"]


def test_of_a_thousand_none(tmp_path: Path) -> None:
    assert flags(tmp_path, {f"pool{number}": True for number in range(1000)}) == ()


@given(st.text())
def test_any_text_has_a_stance(text: str) -> None:
    every = (Flag("pool", is_word=True, says=True), Flag("wifi", is_word=False, says=None))
    found = stances(Words(text, ENGLISH), every)
    assert found.agreeing + found.against + found.empty <= len(text)
