"""Tables: every row becomes one line that says which value stands in which column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from macrohard.answers.sources.document import Mark
from macrohard.errors import UserError

_DELIMITERS = ",;\t|"
_LOOKED_AT = 65536


def read_table(text: str, *, tabs: bool = False) -> tuple[str, tuple[Mark, ...]]:
    """The text of a CSV or TSV file, and the row and column of each of its values; the first row names the columns.

    Raises UserError when it cannot be read.
    """
    delimiter = "\t" if tabs else _delimiter(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UserError(f"It is no table that can be read ({error}).") from error
    if not rows:
        return "", ()
    lines, marks, at = [], [], 0
    for number, row in enumerate(rows[1:], 2):
        for piece, place in _pieces(rows[0], row, number):
            marks.append(Mark(at, place))
            lines.append(piece)
            at += len(piece)
    return "".join(lines), tuple(marks)


def _pieces(names: Sequence[str], row: Sequence[str], number: int) -> Iterator[tuple[str, str]]:
    """Column and value of each field that is not empty, and where it stands."""
    filled = [(index, value.strip()) for index, value in enumerate(row) if value.strip()]
    for index, value in filled:
        name = names[index].strip() if index < len(names) and names[index].strip() else f"column {index + 1}"
        end = "\n" if index == filled[-1][0] else "; "
        yield f"{' '.join(name.split())}: {' '.join(value.split())}{end}", f"row {number}, {name}"


def _delimiter(text: str) -> str:
    try:
        return csv.Sniffer().sniff(text[:_LOOKED_AT], _DELIMITERS).delimiter
    except csv.Error:
        return ","
