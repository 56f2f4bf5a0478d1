"""Cutting a text into statements, each with the exact place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})([^`\n]*)$")
_MARKER = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)]|#{1,6}|>)\s+(?:\[[xX]\]\s+)?")
"""What stands before a list item, a heading or a quotation; an empty box stays, since what follows is yet to be done."""
_QUOTED = re.compile(r"`[^`\n]*`|\"[^\"\n]*\"|“[^”\n]*”")
_END = re.compile(r"[.!?;][\"')\]*_]*(\s+)(?=\S)")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|incl|Mr|Mrs|Dr|No)\.|\b[A-Z]\.)$")
_INDENTED = re.compile(r"(?: {4}|\t)[ \t]*\S")
"""Code, but for the further paragraphs of a list item, which may stand as far in."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement of a text: `text[start:end]` is `words`."""

    words: str
    start: int
    end: int
    is_code: bool = False
    """True for a whole block of code, such as a transcript of a terminal."""


def sentences(text: str) -> list[Sentence]:
    """The sentences of a plain or Markdown text, its list items, headings and table rows, and each code block whole.

    Nothing of the text is left out but white space, marks and rules.
    """
    return [sentence for start, end, code in _joined(_blocks(text)) for sentence in _cut(text, start, end, code)]


def is_heading(text: str, start: int) -> bool:
    """Whether the sentence that begins at `start` is a heading of Markdown."""
    return text[text.rfind("\n", 0, start) + 1 : start].strip().startswith("#")


def _joined(blocks: Iterator[tuple[int, int, bool]]) -> Iterator[tuple[int, int, bool]]:
    """The blocks, lines of code that follow each other as one."""
    last: tuple[int, int, bool] | None = None
    for block in blocks:
        if last and last[2] and block[2] and last[1] == block[0]:
            last = (last[0], block[1], True)
            continue
        if last:
            yield last
        last = block
    if last:
        yield last


def _blocks(text: str) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each paragraph, list item and code block; whether it is code."""
    begun: int | None = None
    fence, at, before, listed = "", 0, True, False
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        opening = _FENCE.match(line)
        if fence:
            if opening and opening.group(1).startswith(fence) and not opening.group(2).strip() and begun is not None:
                yield begun, start, True
                fence, begun, before = "", None, True
            continue
        indented, marked = bool(_INDENTED.match(line)), bool(_MARKER.match(line))
        code = begun is None and before and indented and not marked and not listed
        listed = marked or (listed and (indented or not line.strip()))
        fresh = bool(opening) or not line.strip() or marked or line.lstrip().startswith("|")
        if begun is not None and fresh:
            yield begun, start, False
            begun = None
        if opening:
            fence, begun = opening.group(1), at
        elif code:
            yield start, at, True
        elif begun is None and line.strip():
            begun = start
        before = not line.strip() or code
    if begun is not None:
        yield begun, len(text), bool(fence)


def _cut(text: str, start: int, end: int, code: bool) -> Iterator[Sentence]:
    if code:
        if text[start:end].strip():
            yield Sentence(text[start:end], start, end, is_code=True)
        return
    marker = _MARKER.match(text, start, end)
    at = marker.end() if marker else start
    # The inside of code and quotations is hidden, but for its last sign, so that no sentence ends within.
    masked = _QUOTED.sub(lambda found: _hidden(found.group()), text[at:end])
    for piece_start, piece_end in _pieces(masked):
        stripped = text[at + piece_start : at + piece_end].strip()
        if any(map(str.isalnum, stripped)):
            first = text.index(stripped, at + piece_start)
            yield Sentence(stripped, first, first + len(stripped))


def _hidden(quoted: str) -> str:
    return quoted[0] + "x" * (len(quoted) - 3) + quoted[-2:] if len(quoted) > 2 else quoted


def _pieces(masked: str) -> Iterator[tuple[int, int]]:
    last = 0
    for found in _END.finditer(masked):
        lower = masked[found.end()].islower() and masked[found.start()] != ";"
        if not lower and not _ABBREVIATION.search(masked[max(0, found.start(1) - 12) : found.start(1)]):
            yield last, found.start(1)
            last = found.end()
    yield last, len(masked)
