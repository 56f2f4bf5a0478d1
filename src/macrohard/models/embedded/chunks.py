"""Cutting a long text where its tokenizer cuts anyway, so that the pieces make the same tokens as the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

CHUNK_BYTES = 8000
"""The engine's tokenizer drops what is behind 8192 tokens, and a token is at least one byte long."""
_SEAM = re.compile(r"(?<=\n)(?=[^\S\r\n]*\S)")
"""Behind the last of several line breaks the tokenizer's own pattern always cuts."""


def chunks(text: str) -> Iterator[str]:
    """Pieces of at most CHUNK_BYTES bytes that make up the text.

    A piece ends at a seam where it has one. A line that is longer than a piece is cut between two words or, at
    worst, anywhere, which may cost a token.
    """
    start = 0
    while len(text) - start > CHUNK_BYTES or len(text[start:].encode(errors="replace")) > CHUNK_BYTES:
        most = text[start : start + CHUNK_BYTES].encode(errors="replace")[:CHUNK_BYTES].decode(errors="ignore")
        end = start + (_last_seam(most) or len(most))
        yield text[start:end]
        start = end
    yield text[start:]


def _last_seam(piece: str) -> int:
    seams = [match.start() for match in _SEAM.finditer(piece)]
    return seams[-1] if seams else max(0, piece.rfind(" "))
