"""What a user gives as a source: its text, and where in the original each part of the text stands."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Media(StrEnum):
    """The kinds of sources that can be read."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    TABLE = "table"
    JSON = "json"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Mark:
    """From `start` on, the text of a document stands in this place of the original."""

    start: int
    """Offset in the text."""
    place: str
    """Such as 'page 3', 'row 4, price' or '$.items[2].price'."""


@dataclass(frozen=True)
class Document:
    """A source that was read. Quotations are spans of `text`, which is kept as it was read."""

    address: str
    """The path or web address, as the user gave it, or below the folder that the user gave."""
    media: Media
    sha256: str
    """Of the original bytes."""
    dated: str
    """When the original was changed last or, from the web, fetched: ISO 8601, UTC."""
    text: str
    marks: tuple[Mark, ...] = ()
    """In the order of `start`. Without them the place is a line of the text."""

    @cached_property
    def text_sha256(self) -> str:
        """Of the text in UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def place(self, start: int) -> str:
        """Where in the original the character at `start` stands."""
        at = bisect_right(self._starts, start) - 1
        if at >= 0:
            return self.marks[at].place if self.marks else f"line {at + 1}"
        return ""

    @cached_property
    def _starts(self) -> list[int]:
        if self.marks:
            return [mark.start for mark in self.marks]
        return [0, *(offset + 1 for offset, sign in enumerate(self.text) if sign == "\n")]


@dataclass(frozen=True, slots=True)
class Unread:
    """A source, or a part of one, that was not looked at, and why."""

    address: str
    reason: str
    """A sentence."""
