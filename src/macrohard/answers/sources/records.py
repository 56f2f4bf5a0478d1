"""JSON: every value becomes one line that says what it is the value of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from macrohard.answers.sources.document import Mark
from macrohard.errors import UserError

_LOWER_UPPER = re.compile(r"(?<=[a-z])(?=[A-Z])|[_-]+")
_PLAIN = re.compile(r"[A-Za-z_]\w*\Z")


class _Pairs(list[tuple[str, Any]]):
    """An object, its names and values in their order."""


def read_json(text: str) -> tuple[str, tuple[Mark, ...]]:
    """The text of a JSON file, and the path of each of its values. Raises UserError when it is none."""
    try:
        # Numbers stay as they are written, and of names that stand twice both are kept.
        value = json.loads(text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_Pairs)
        pieces = list(_pieces(value, "$", ()))
    except RecursionError as error:
        raise UserError("It is nested too deeply.") from error
    except ValueError as error:
        raise UserError(f"It is no JSON that can be read ({error}).") from error
    lines, marks, at = [], [], 0
    for piece, path in pieces:
        marks.append(Mark(at, path))
        lines.append(piece)
        at += len(piece)
    return "".join(lines), tuple(marks)


def _pieces(value: Any, path: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Name and value of each leaf, and its path."""
    if isinstance(value, _Pairs):
        for key, inner in value:
            step = f".{key}" if _PLAIN.match(key) else f"[{json.dumps(key)}]"
            yield from _pieces(inner, path + step, (*names, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _pieces(inner, f"{path}[{index}]", names)
    else:
        name = " ".join(_LOWER_UPPER.sub(" ", name) for name in names)
        told = value if isinstance(value, str) else json.dumps(value)
        yield f"{name}: {told}\n" if name else f"{told}\n", path
