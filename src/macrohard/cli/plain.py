"""Makes text that a model, a program or a file wrote safe to print on a terminal."""

from __future__ import annotations

import unicodedata

__all__ = ["plain"]

_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Unicode categories that can move the cursor, recolour, hide or reorder text, or that cannot be encoded."""


def plain(text: str, *, lines: bool = False) -> str:
    """The text with every control, format and private character written as an escape, `\\x1b` or `\\u202e`.

    `lines` keeps newlines and tabs.
    """
    return "".join(
        character if _safe(character) or (lines and character in "\n\t") else _escaped(character) for character in text
    )


def _safe(character: str) -> bool:
    return unicodedata.category(character) not in _UNSAFE


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
