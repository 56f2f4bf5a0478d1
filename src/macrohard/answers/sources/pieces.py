"""The values of a table or a JSON file laid out as text, each with its name and its place, and no larger than one source may be."""

from __future__ import annotations

from collections.abc import Iterable

from macrohard.answers.sources.document import Mark
from macrohard.errors import UserError

LARGEST_TEXT = 64 * 1024 * 1024
"""Characters of one source with the places of its values: names are repeated in each value, so that a small file can become
a text of any size."""
LONGEST_NAME = 200
"""Characters of a name that are repeated."""
_EACH = 32
"""Characters that a value counts beside its own, for it takes up memory however short it is."""


def short(name: str, number: int) -> str:
    """The name, or the beginning of a long one with its number, so that two names that begin alike stay two."""
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}… ({number})"


def laid_out(pieces: Iterable[tuple[str, str]]) -> tuple[str, tuple[Mark, ...]]:
    """The text of all pieces, each with its place. Raises UserError as soon as it is too long."""
    lines: list[str] = []
    marks: list[Mark] = []
    at = taken = 0
    for piece, place in pieces:
        taken += len(piece) + len(place) + _EACH
        if taken > LARGEST_TEXT:
            raise UserError("It is too large when each of its values stands there with its name: give a part of it.")
        marks.append(Mark(at, place))
        lines.append(piece)
        at += len(piece)
    return "".join(lines), tuple(marks)
