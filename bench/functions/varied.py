"""Inputs like those of a task's asserts: changed at random as EvalPlus does, kept where they look like the known ones.

MBPP states no preconditions, so that they are taken from what all known inputs share (`shapes.py`).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

from bench.functions.shapes import Arguments, counts_of, of_type, shapes_of
from macrohard.truth.syntax import written

_DRAWS = 1200
"""Changed inputs that are looked at for one task."""


def varied(known: Sequence[Arguments], count: int, drawn: random.Random) -> list[Arguments]:
    """Up to `count` different inputs that are not known, each made of a known or a made one by a change of one argument."""
    pool, found, seen = list(known), list[Arguments](), {written(item) for item in known}
    shapes, counted = shapes_of(known), counts_of(known)
    for _ in range(_DRAWS):
        base = list(drawn.choice(pool))
        place = drawn.randrange(len(base)) if base else 0
        base[place : place + 1] = [_changed(item, drawn, known) for item in base[place : place + 1]]
        made = _counted(base, counted)
        text = written(made)
        if text not in seen and len(text) < 2000 and all(shape(made) for shape in shapes):
            seen.add(text)
            found.append(made)
            pool.append(made)
        if len(found) == count:
            break
    return found


def _counted(made: list[Any], counted: Sequence[tuple[int, int, int]]) -> Arguments:
    for one, other, more in counted:
        made[one] = len(made[other]) + more
    return tuple(made)


def _changed(value: Any, drawn: random.Random, known: Sequence[Arguments]) -> Any:
    """A value of the same type, by the mutations of EvalPlus (Liu et al., 2023, table 1)."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return drawn.choice([value + 1, value - 1, value + drawn.randint(-10, 10), value * 2, drawn.randint(0, 20)])
    if isinstance(value, float):
        return round(drawn.choice([value + 1, value - 1, value * drawn.uniform(0.2, 2), float(drawn.randint(0, 9))]), 4)
    if isinstance(value, str):
        return "".join(_changed_items(list(value), drawn, lambda item: _character(item, drawn, known)))
    if isinstance(value, (list, tuple)):
        return type(value)(_changed_items(list(value), drawn, lambda item: _changed(item, drawn, known)))
    if isinstance(value, (set, frozenset)):
        return type(value)(_changed_items(sorted(value, key=repr), drawn, lambda item: _changed(item, drawn, known)))
    if isinstance(value, dict):
        items = list(value.items())
        return dict(_changed_items(items, drawn, lambda item: (item[0], _changed(item[1], drawn, known))))
    return value


def _changed_items(items: list[Any], drawn: random.Random, change: Callable[[Any], Any]) -> list[Any]:
    """One item left out, twice, changed or moved, or all in another order."""
    if not items:
        return items
    place = drawn.randrange(len(items))
    item, before, after = items[place], items[:place], items[place + 1 :]
    ways = [
        [*before, *after],
        [*items, item],
        [*before, change(item), *after],
        [*before, change(item), *after],
        [*items, change(item)],
        drawn.sample(items, len(items)),
    ]
    return drawn.choice(ways)


def _character(item: str, drawn: random.Random, known: Sequence[Arguments]) -> str:
    every = "".join(str(text) for arguments in known for text in of_type(arguments, str))
    return str(drawn.choice([*every, item.swapcase()]))
