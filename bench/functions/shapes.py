"""What all known inputs of a function share, taken for its preconditions where none are stated, as Daikon does (Ernst et al., 2001).

Types, signs, what is empty, what is sorted, rows of one length, kinds of characters, and how arguments stand to each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import Any

from macrohard.truth.syntax import written

Arguments = tuple[Any, ...]
Shape = Callable[[Arguments], bool]


def shapes_of(known: Sequence[Arguments]) -> list[Shape]:
    """What all known inputs share."""
    count = len(known[0])
    found: list[Shape] = [lambda made: len(made) == count]
    for place in range(count):
        seen = [arguments[place] for arguments in known]
        found += [_at(place, shape) for shape in _of_values(seen)]
    for one, other in combinations(range(count), 2):
        for relation in _RELATIONS:
            for first, second in ((one, other), (other, one)):
                if all(relation(arguments[first], arguments[second]) for arguments in known):
                    found.append(_between(first, second, relation))
    return found


def counts_of(known: Sequence[Arguments]) -> list[tuple[int, int, int]]:
    """Places of a number that always tells how long another argument is, the place of that, and what is added."""
    places = range(len(known[0]))
    found = []
    for one, other in ((one, other) for one in places for other in places):
        if all(_is_int(arguments[one]) and _sized(arguments[other]) for arguments in known):
            more = {arguments[one] - len(arguments[other]) for arguments in known}
            found += [(one, other, *more)] if len(more) == 1 and len(known) > 1 else []
    return found


def _at(place: int, shape: Callable[[Any], bool]) -> Shape:
    return lambda made: shape(made[place])


def _between(first: int, second: int, relation: Callable[[Any, Any], bool]) -> Shape:
    return lambda made: relation(made[first], made[second])


def _of_values(seen: Sequence[Any]) -> Iterator[Callable[[Any], bool]]:
    """Conditions that hold for all values at one place, and for what is in them."""
    kinds = {_kind(value) for value in seen}
    yield lambda made: _kind(made) in kinds
    if len(seen) > 1 and len(texts := set(map(written, seen))) == 1:
        yield lambda made: written(made) in texts
    for kind in (int, float, str):
        inside = [part for value in seen for part in of_type(value, kind)]
        if inside:
            yield from (_inside(kind, test) for test in _TESTS[kind] if all(map(test, inside)))
    if kind_of_characters := {_class(char) for value in seen for text in of_type(value, str) for char in text}:
        yield _inside(str, lambda text: {_class(char) for char in text} <= kind_of_characters)
    numbers = [part for value in seen for part in of_type(value, int)]
    if numbers:
        if set(numbers) <= {0, 1} and len(numbers) > len(seen):
            yield _inside(int, lambda number: number in (0, 1))
        bound = 2 * max(map(abs, numbers)) + 5
        yield _inside(int, lambda number: abs(number) <= bound)
    lists = [part for value in seen for part in _lists(value)]
    if lists:
        yield from (_in_lists(test) for test in _LIST_TESTS if all(map(test, lists)))


def _inside(kind: type, test: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda made: all(map(test, of_type(made, kind)))


def _in_lists(test: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda made: all(map(test, _lists(made)))


def _kind(value: Any) -> str:
    """The type with the types inside, each once, so that a list of numbers stays one."""
    if isinstance(value, dict):
        return f"dict[{sorted({_kind(item) for item in value.items()})}]"
    if isinstance(value, (list, tuple, set, frozenset)):
        return f"{type(value).__name__}[{sorted({_kind(item) for item in value})}]" if value else type(value).__name__
    return str(type(value).__name__)


def of_type(value: Any, kind: type) -> Iterator[Any]:
    if type(value) is kind:
        yield value
    elif isinstance(value, dict):
        yield from (part for item in value.items() for part in of_type(item, kind))
    elif isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(value, key=written) if isinstance(value, (set, frozenset)) else value
        yield from (part for item in items for part in of_type(item, kind))


def _lists(value: Any) -> Iterator[Sequence[Any]]:
    if isinstance(value, (list, tuple)):
        yield value
        yield from (part for item in value for part in _lists(item))
    elif isinstance(value, dict):
        yield from (part for item in value.values() for part in _lists(item))


def _class(char: str) -> str:
    return "letter" if char.isalpha() else "digit" if char.isdigit() else char


def _ordered(items: Sequence[Any]) -> bool:
    try:
        return all(one <= other for one, other in pairwise(items))
    except TypeError:
        return True


def _even_rows(items: Sequence[Any]) -> bool:
    return len({len(item) for item in items if isinstance(item, (list, tuple))}) <= 1


def _triangular(items: Sequence[Any]) -> bool:
    rows = [len(item) for item in items if isinstance(item, (list, tuple))]
    return not rows or rows == list(range(1, len(rows) + 1))


_TESTS: dict[type, list[Callable[[Any], bool]]] = {
    int: [lambda value: value >= 0, lambda value: value > 0],
    float: [lambda value: value >= 0, lambda value: value > 0],
    str: [bool, str.islower, str.isupper, str.isdigit, lambda value: len(value) == 1],
}
_LIST_TESTS: list[Callable[[Sequence[Any]], bool]] = [
    bool,
    _ordered,
    _even_rows,
    _triangular,
    lambda items: len(items) % 2 == 0,
]


def _is_int(*values: Any) -> bool:
    return all(isinstance(value, int) for value in values)


def _sized(*values: Any) -> bool:
    return all(isinstance(value, (list, tuple, str)) for value in values)


_RELATIONS: list[Callable[[Any, Any], bool]] = [
    lambda one, other: _is_int(one, other) and one <= other,
    lambda one, other: _is_int(one, other) and one < other,
    lambda one, other: _sized(one, other) and len(one) == len(other),
    lambda one, other: _sized(one, other) and len(one) <= len(other),
    lambda one, other: _is_int(one) and _sized(other) and one <= len(other),
    lambda one, other: _is_int(one) and _sized(other) and one < len(other),
    lambda one, other: isinstance(other, (list, tuple)) and one in other,
]
