"""Tables: every row becomes one line that says which value stands in which column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from macrohard.answers.sources.document import Mark
from macrohard.answers.sources.pieces import laid_out, short
from macrohard.errors import UserError

_DELIMITERS = ",;\t|"
_LOOKED_AT = 4096
"""Characters that tell the delimiter; looking at more takes csv.Sniffer more than as much longer."""


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
    names = [short(name.strip(), number) for number, name in enumerate(rows[0], 1)]
    return laid_out(piece for number, row in enumerate(rows[1:], 2) for piece in _pieces(names, row, number))


def _pieces(names: Sequence[str], row: Sequence[str], number: int) -> Iterator[tuple[str, str]]:
    """Column and value of each field that is not empty, and where it stands."""
    filled = [(index, value.strip()) for index, value in enumerate(row) if value.strip()]
    for index, value in filled:
        name = names[index] if index < len(names) and names[index] else f"column {index + 1}"
        end = "\n" if index == filled[-1][0] else "; "
        yield f"{' '.join(name.split())}: {' '.join(value.split())}{end}", f"row {number}, {name}"


def _delimiter(text: str) -> str:
    begins = text[:_LOOKED_AT]
    try:  # half a row at the end would have fewer delimiters than the others
        return csv.Sniffer().sniff(begins.rpartition("\n")[0] or begins, _DELIMITERS).delimiter
    except csv.Error:
        return ","
