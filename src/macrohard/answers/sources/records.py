"""JSON: every value becomes one line that says what it is the value of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from macrohard.answers.sources.document import Mark
from macrohard.answers.sources.pieces import laid_out, short
from macrohard.errors import UserError

_LOWER_UPPER = re.compile(r"(?<=[a-z])(?=[A-Z])|[_-]+")
_PLAIN = re.compile(r"[A-Za-z_]\w*\Z")
_LONGEST_PATH = 10_000
"""Characters: each level holds all names above it."""


class _Pairs(list[tuple[str, Any]]):
    """An object, its names and values in their order."""


def read_json(text: str) -> tuple[str, tuple[Mark, ...]]:
    """The text of a JSON file, and the path of each of its values. Raises UserError when it is none."""
    try:
        # Numbers stay as they are written, and of names that stand twice both are kept.
        value = json.loads(text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_Pairs)
        return laid_out(_pieces(value, "$", ""))
    except RecursionError as error:
        raise UserError("It is nested too deeply.") from error
    except ValueError as error:
        raise UserError(f"It is no JSON that can be read ({error}).") from error


def _pieces(value: Any, path: str, name: str) -> Iterator[tuple[str, str]]:
    """Name and value of each leaf, and its path. Raises UserError for a path without end."""
    if len(path) > _LONGEST_PATH:
        raise UserError("It is nested too deeply.")
    if isinstance(value, _Pairs):
        for number, (given, inner) in enumerate(value, 1):
            key = short(given, number)
            step = f".{key}" if _PLAIN.match(key) else f"[{json.dumps(key)}]"
            told = _LOWER_UPPER.sub(" ", key)
            yield from _pieces(inner, path + step, f"{name} {told}" if name else told)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _pieces(inner, f"{path}[{index}]", name)
    else:
        told = value if isinstance(value, str) else json.dumps(value)
        yield f"{name}: {told}\n" if name else f"{told}\n", path
