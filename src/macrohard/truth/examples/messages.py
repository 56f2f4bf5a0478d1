"""What an error says, where an example shows it."""

from __future__ import annotations

import re

_BEGINS = re.compile(r"\s*(?:[\w.-]+:\s*)?error\b:?\s*", re.IGNORECASE)
"""In front of a message, after the name of the program; each program writes it in its own way."""
_ANY = re.compile(r"\.\.\.|…|\n")
_STANDS_FOR = re.compile(r"<[^<>\n]*>|\{[^{}\n]*\}|\[[^\[\]\n]*\]")
"""A word in brackets stands for another."""


def message_in(text: str) -> tuple[str, ...]:
    """The parts that must stand in a message; none where words in it stand for others, or it says nothing but that it is an error."""
    if _STANDS_FOR.search(text):
        return ()
    parts = (part.strip() for part in _ANY.split(_BEGINS.sub("", text, count=1)))
    return tuple(part for part in parts if any(map(str.isalnum, part)))
