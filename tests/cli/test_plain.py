"""Text of models and programs cannot act on the terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.cli.plain import plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J\x1b]0;title\x07", "\\x1b[2J\\x1b]0;title\\x07"),
        ("\x9b31mred", "\\x9b31mred"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u2066b\u2069", "a\\u2066b\\u2069"),
        ("one\rtwo\nthree\tfour", "one\\rtwo\\nthree\\tfour"),
        ("\u2028\u200b\ufeff", "\\u2028\\u200b\\ufeff"),
        ("\ud800", "\\ud800"),
        ("grüße 漢字 🙂 [bold]", "grüße 漢字 🙂 [bold]"),
    ],
)
def test_acting_characters_are_written_as_escapes(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_lines_are_kept_on_demand() -> None:
    assert plain("a\n\tb\r\n", lines=True) == "a\n\tb\\r\n"


@given(st.text(st.characters()))
def test_nothing_acting_is_left(text: str) -> None:
    shown = plain(text)
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    shown.encode("utf-8")
