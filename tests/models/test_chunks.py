"""A long prompt is tokenized in pieces that change nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from macrohard.models.embedded.chunks import CHUNK_BYTES, chunks

LINES = st.text("ab \n\té€😀<|>", max_size=60).map(lambda text: text * 300)


@given(st.lists(LINES, max_size=6).map("".join))
def test_pieces_make_up_the_text_and_are_small(text: str) -> None:
    pieces = list(chunks(text))
    assert "".join(pieces) == text
    assert all(len(piece.encode()) <= CHUNK_BYTES for piece in pieces)


def test_pieces_end_at_seams() -> None:
    text = "def f(x):\n    return x\n\n\n" * 2000
    pieces = list(chunks(text))
    assert len(pieces) > 5
    assert all(piece.endswith("\n") for piece in pieces)
    assert all(piece.startswith(("def", "    return")) for piece in pieces)


def test_a_long_line_is_cut_between_words() -> None:
    assert all(piece.startswith((" word", "word")) for piece in chunks("word " * 5000))
