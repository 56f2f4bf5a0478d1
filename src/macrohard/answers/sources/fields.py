"""The records of tables and JSON: which value stands under which name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from macrohard.answers.sources.document import Document, Media

RECORDS = frozenset({Media.TABLE, Media.JSON})
"""Documents that hold records, and no prose but in their values."""


@dataclass(frozen=True, slots=True)
class Field:
    """One value: `text[start:end]` of its document says name and value."""

    name: str
    """Of a table the column, in JSON the names on the way from the record."""
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Record:
    """Values of one thing: a row of a table, an object in JSON."""

    fields: Sequence[Field]


def records_of(document: Document) -> list[Record]:
    """The records of a table or a JSON file, in their order; none of any other document."""
    if document.media not in RECORDS or not document.marks:
        return []
    rows = groupby(_pieces(document), key=lambda piece: piece[0])
    return [Record([field for _, field in pieces]) for _, pieces in rows]


def _pieces(document: Document) -> Iterator[tuple[str, Field]]:
    """The record and the field of each value."""
    ends = [mark.start for mark in document.marks[1:]] + [len(document.text)]
    for mark, end in zip(document.marks, ends, strict=True):
        piece = document.text[mark.start : end].rstrip("\n").removesuffix("; ")
        if document.media is Media.TABLE:
            owner, _, column = mark.place.partition(", ")
            name = " ".join(column.split())
        else:
            owner, name = mark.place[: max(mark.place.rfind("."), mark.place.rfind("["))], piece.partition(": ")[0]
        value = piece.removeprefix(name).removeprefix(": ")
        yield owner, Field(name, value, mark.start, mark.start + len(piece))
