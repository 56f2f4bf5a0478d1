"""Neighbours: values that differ from a known one in one thing, of the same type."""

from __future__ import annotations

from collections.abc import Callable, Iterator

Near = Callable[[object], Iterator[object]]
"""From a value to others of its type."""
_DEEPEST = 3
"""Lists inside lists that are looked into."""


def near_word(word: str, near: Near | None = None) -> Iterator[str]:
    """Words near a word of a command line: numbers around a number, or a text changed in case, order and length."""
    others = near or near_value
    for number in (int, float):
        try:
            value = number(word)
        except ValueError:
            continue
        yield from (f"{other:.15g}" if number is float else str(other) for other in others(value))
        return
    yield from map(str, others(word))


def near_text(text: str) -> Iterator[str]:
    """Texts near one from standard input: other lines, other cases, other orders; the last line ends as it did."""
    end = "\n" if text.endswith("\n") else ""
    lines = text.removesuffix("\n").split("\n")
    yield from (f"One more line, with Two\n{text}", "", text * 2, text.upper(), "\n".join(reversed(lines)) + end)


def near_value(value: object, depth: int = 0) -> Iterator[object]:
    """Values near a literal; nothing for a type that has no neighbours here."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1, value * 3, 7, 0, 1, 2 * value + 5)
    elif isinstance(value, float):
        yield from (value + 0.5, value * 3, 0.0, -value)
    elif isinstance(value, str):
        yield from _near_str(value)
    elif isinstance(value, list | tuple):
        yield from _near_items(value, depth)
    elif isinstance(value, dict):
        yield from ({key: near} for key, item in value.items() for near in near_value(item, depth + 1))
    elif isinstance(value, set):
        yield from (set(items) for items in _near_items(sorted(value, key=repr), depth))


def _near_str(value: str) -> Iterator[str]:
    middle = len(value) // 2
    yield from (value[::-1], value[:middle], f"{value[:middle]} - 7{value[middle:]}", value.lower(), value * 2, "")
    yield value.swapcase()


def _near_items(value: list[object] | tuple[object, ...], depth: int) -> Iterator[list[object] | tuple[object, ...]]:
    """The items in other orders and numbers, then with one of them changed."""
    kind = type(value)
    yield from (value[::-1], value * 2, value[:1], value[1:])
    for index, item in enumerate(value if depth < _DEEPEST else ()):
        near = next(near_value(item, depth + 1), None)
        if near is not None:
            yield kind([*value[:index], near, *value[index + 1 :]])
