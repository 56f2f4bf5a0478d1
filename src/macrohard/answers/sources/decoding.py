"""Text of bytes whose encoding nobody named."""

from __future__ import annotations

from charset_normalizer import from_bytes

from macrohard.errors import UserError

_BINARY_SHARE = 0.02
"""Of control characters; text has line ends and tabs and hardly another."""
_LOOKED_AT = 65536


def decoded(data: bytes) -> str:
    """The text, line ends as line feeds. UTF-8 where the bytes are that, else what fits best.

    Raises UserError for bytes that are no text.
    """
    text = _utf8(data)
    if text is None:
        best = from_bytes(data).best()
        if best is None:
            raise UserError("It is not text in any known encoding.")
        text = str(best)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    odd = sum(not sign.isprintable() and sign not in "\n\t\f" for sign in text[:_LOOKED_AT])
    if odd > _BINARY_SHARE * min(len(text), _LOOKED_AT):
        raise UserError("It is not text.")
    return text


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8") if b"\0" not in data[:_LOOKED_AT] else None
    except UnicodeDecodeError:
        return None
