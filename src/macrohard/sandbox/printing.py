"""Makes untrusted output harmless to show."""

from __future__ import annotations

_KEPT = frozenset("\n\t")


def printable(content: bytes) -> str:
    """The content as text that no terminal obeys.

    Control characters, direction overrides and bytes that are not UTF-8 are written as escapes such as `\\x1b`;
    line feeds and tabs stay.
    """
    text = content.decode("utf-8", errors="backslashreplace")
    return "".join(char if char.isprintable() or char in _KEPT else ascii(char)[1:-1] for char in text)
