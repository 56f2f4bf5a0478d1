"""Text of bytes whose encoding nobody named."""

from __future__ import annotations

from unicodedata import category

from macrohard.errors import UserError

_MARKED = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_LEGACY = "cp1252"
"""What the web takes for a page that does not say its encoding (https://encoding.spec.whatwg.org/), and what English and
French files are in that are not UTF-8. A library that guesses among all encodings took French for Latvian."""
_BINARY_SHARE = 0.02
"""Of control characters; text has line ends and tabs and hardly another."""
_ODD = {"Cc", "Cn", "Co"}
"""Controls, and what is no character or only a private one (https://www.unicode.org/reports/tr44/#General_Category_Values)."""
_LOOKED_AT = 65536


def decoded(data: bytes) -> str:
    """The text, line ends as line feeds: UTF-8, UTF-16 that is marked as such, or else Windows-1252.

    Raises UserError for bytes that are no text.
    """
    text = _text(data).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    odd = sum(category(sign) in _ODD and sign not in "\n\t\f" for sign in text[:_LOOKED_AT])
    if odd > _BINARY_SHARE * min(len(text), _LOOKED_AT):
        raise UserError("It is not text.")
    return text


def _text(data: bytes) -> str:
    for encoding in (_MARKED.get(data[:2], "utf-8"), _LEGACY):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError("It is not text in UTF-8, UTF-16 or Windows-1252: save it as UTF-8.")
