"""46-peaks."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from bench.references import Library


def find(values: Sequence[float]) -> list[int]:
    """Samples above both neighbours."""
    return [i for i in range(1, len(values) - 1) if values[i - 1] < values[i] > values[i + 1]]


def medfilt(values: Sequence[float], width: int) -> list[float]:
    """The median of each window."""
    if width < 1 or width % 2 == 0 or width > len(values):
        raise ValueError(width)
    return [statistics.median(values[k : k + width]) for k in range(len(values) - width + 1)]


def bouts(values: Sequence[float], limit: float) -> list[tuple[int, int]]:
    """First and last index of each run above the limit."""
    found: list[tuple[int, int]] = []
    for i, value in enumerate(values):
        if value > limit:
            if found and found[-1][1] == i - 1:
                found[-1] = (found[-1][0], i)
            else:
                found.append((i, i))
    return found


REFERENCE = Library(
    {"find": find, "medfilt": medfilt, "bouts": bouts},
    [
        "find([1, 3, 2, 5, 5, 4, 6])",
        "find([])",
        "find([4])",
        "find([1, 2])",
        "find([3, 1, 2])",
        "find([1, 2, 1])",
        "find([1, 2, 3, 4])",
        "find([4, 3, 2, 1])",
        "find([0, 1, 0, 1, 0, 1, 0])",
        "find([2, 2, 2])",
        "find([0, 3, 3, 0])",
        "find([-5, -1, -3, -2, -2.5])",
        "find([0.1, 0.3, 0.2, 0.25, 0.2])",
        "medfilt([1, 9, 2, 3, 8], 3)",
        "medfilt([1, 9, 2, 3, 8], 1)",
        "medfilt([1, 9, 2, 3, 8], 5)",
        "medfilt([5, 5, 1, 1, 1, 7], 3)",
        "medfilt([0.5, -1.5, 2.5, 3.5], 3)",
        "medfilt([3, 1, 4, 1, 5, 9, 2, 6], 5)",
        "medfilt([7], 1)",
        "medfilt([10, 9, 100], 3)",
        "medfilt([1, 9, 2, 3, 8], 2)",
        "medfilt([1, 9, 2, 3, 8], 4)",
        "medfilt([1, 9, 2, 3, 8], 0)",
        "medfilt([1, 9, 2, 3, 8], -1)",
        "medfilt([1, 9, 2, 3, 8], -3)",
        "medfilt([1, 9, 2, 3, 8], 7)",
        "medfilt([1, 9], 3)",
        "medfilt([], 1)",
        "bouts([0, 5, 6, 1, 7], 4)",
        "bouts([], 4)",
        "bouts([1, 2, 3], 4)",
        "bouts([5, 6, 7], 4)",
        "bouts([5], 4)",
        "bouts([4, 4, 4], 4)",
        "bouts([5, 4, 5, 4, 5], 4)",
        "bouts([9, 9, 0, 0, 9, 9, 9, 0], 1)",
        "bouts([-3, -1, -2, -8, 0], -2.5)",
        "bouts([0.5, 0.6, 0.4], 0.5)",
        "bouts([-1, 0, 1, 2], 0)",
    ],
)
