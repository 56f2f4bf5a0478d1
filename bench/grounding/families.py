"""Which sources of a set belong together: folds that part them would show a fit what it is tested on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bench.grounding.material import Source


def families(every: Sequence[Source]) -> list[int]:
    """For each source the number of its family: those with the same content, or with a text in common."""
    parents = list(range(len(every)))
    first: dict[tuple[str, str], int] = {}
    for number, source in enumerate(every):
        for mark in _marks(source):
            _unite(parents, number, first.setdefault(mark, number))
    return [_root(parents, number) for number in range(len(every))]


def _marks(source: Source) -> Iterable[tuple[str, str]]:
    yield "source", " ".join(source.content.split())
    for text in source.texts:
        yield "text", " ".join(text.words.split())


def _unite(parents: list[int], one: int, other: int) -> None:
    low, high = sorted((_root(parents, one), _root(parents, other)))
    parents[high] = low


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        number = parents[number]
    return number
