"""06-stats."""

from __future__ import annotations

import statistics

from bench.references import Library


def median(values: list[float]) -> float:
    """The middle, or the mean of the two in the middle."""
    if not values:
        raise ValueError("no values")
    return float(statistics.median(values))


def mode(values: list[int]) -> int:
    """The smallest of the most frequent."""
    if not values:
        raise ValueError("no values")
    return min(values, key=lambda value: (-values.count(value), value))


_LISTS = ([3, 1, 2], [1, 2, 3, 4], [5], [2, 2], [9, 1, 8, 2], [-1, -5, 3], [0, 0, 1, 1], [10, 20, 30, 40, 50, 60])
REFERENCE = Library(
    {"median": median, "mode": mode},
    [
        *(f"median({values!r})" for values in (*_LISTS, [1.5, 2.5], [0.1, 0.2, 0.4], [])),
        *(f"mode({values!r})" for values in (*_LISTS, [1, 2, 2, 3], [3, 1], [4, 4, 1, 1, 2], [-2, -2, 7], [])),
    ],
)
