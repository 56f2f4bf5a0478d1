from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from macrohard.sandbox import printable


@given(content=st.binary())
def test_no_character_that_a_terminal_obeys_is_left(content: bytes) -> None:
    assert all(char.isprintable() or char in "\n\t" for char in printable(content))


@given(text=st.text(st.characters(categories=("L", "N", "P", "S"), include_characters=" \n\t")))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert printable(text.encode()) == text


def test_escapes_are_shown() -> None:
    assert printable(b"\x1b[31mred\r\xff\xe2\x80\xae") == "\\x1b[31mred\\r\\xff\\u202e"
