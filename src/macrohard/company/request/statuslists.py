"""Lists of exit statuses: a heading such as 'Exit codes:' and below it a line, a bullet or a row of a table for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HEAD = re.compile(
    r"^(?![^\n]{0,200}\b(?:prints?|shows?|lists?|counts?|displays?|outputs?|logs?|stores?|files?|columns?|of)\b)"
    r"[^\n.!?;\d]{0,80}?\b(?:exit[ \t-]+(?:status(?:es)?|codes?|values?)|return[ \t-]+codes?)\b[^\n.!?;\d]{0,80}$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADS = re.compile(r"[ \t]*(?:[#|*_].*|.*:[*_ \t]*|\S+[ \t-]+\S+[ \t]*)")
"""A line that is a heading, a row, or announces what follows."""
_QUOTES = r"[`*_\"']*"
_ITEM = re.compile(
    rf"(?P<shape>[ \t]*+(?:[-*•|>](?=[ \t]))?+)[ \t]*+{_QUOTES}"
    r"(?P<numbers>\d{1,3}(?:[`*_\"']*(?:[ \t]*[,/][ \t]*|[ \t]+(?:or|and)[ \t]+)[`*_\"']*\d{1,3})*)"
    rf"{_QUOTES}(?:[ \t]*(?:[:=|(]|->|→|[-–—][ \t]+(?!\d))|[ \t]+(?!(?:to|through)\b)(?=[^\W\d])|[ \t]*\.?[ \t]*$)"
)
_NUMBER = re.compile(r"\d{1,3}")
_ROW = re.compile(r"[ \t]*\|\D*")
"""The names of the columns, or the line below them."""
_LINE = re.compile(r"[^\n]+|(?<=\n)(?=\n)")


@dataclass(frozen=True, slots=True)
class StatusList:
    """A list where it stands, from the end of its heading on, with the place of each number."""

    start: int
    end: int
    numbers: tuple[tuple[int, int], ...]


def find_lists(text: str) -> Iterator[StatusList]:
    """Every list of exit statuses, in its order; a range such as `1-125` ends one, and so does a line without a number."""
    for head in _HEAD.finditer(text):
        numbers = tuple(_numbers(text, head.end())) if _HEADS.fullmatch(head.group()) else ()
        if numbers:
            yield StatusList(head.end(), numbers[-1][1], numbers)


def _numbers(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Items look alike; what stands deeper than they do goes on with one. Blank lines stand only between bullets."""
    shape, blank = None, False
    for line in _LINE.finditer(text, start):
        row, item = line.group(), _ITEM.match(line.group())
        if not row.strip():
            blank = True
            continue
        if item and shape in (None, item["shape"]) and not (blank and shape is not None and not shape.strip()):
            shape = item["shape"]
            at = line.start() + item.start("numbers")
            yield from ((at + number.start(), at + number.end()) for number in _NUMBER.finditer(item["numbers"]))
        elif not (_ROW.fullmatch(row) if shape is None else not blank and _depth(row) > _depth(shape)):
            return
        blank = False


def _depth(text: str) -> int:
    return len(text) - len(text.lstrip(" \t"))
