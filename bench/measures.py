"""How good probabilities are: do they rank right before wrong, and do they hold what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata  # type: ignore[import-untyped]

from bench.page_parts import wilson

Floats = NDArray[np.float64]
BINS = 10
DRAWS = 2000
"""Of the bootstrap."""


def area_under_curve(said: Floats, right: Floats) -> float:
    """AUROC: how likely a right one has a higher probability than a wrong one, ties counted half."""
    good = right > 0.5
    pairs = int(good.sum()) * int((~good).sum())
    if not pairs:
        return float("nan")
    ranks = rankdata(said)  # equal ones share their mean rank
    return float((ranks[good].sum() - good.sum() * (good.sum() + 1) / 2) / pairs)


def calibration_error(said: Floats, right: Floats) -> float:
    """ECE: the gap between what is said and what comes true, mean over ten bins of equal width, weighed by size."""
    bins = _bins(said)
    return float(sum(abs((said - right)[bins == number].sum()) for number in range(BINS)) / len(said))


def error_by_chance(said: Floats) -> tuple[float, float]:
    """The calibration error of so many probabilities if every one of them held: its mean and the value that it stays below in 95 of
    100 cases. What is measured is to be held against it, since it is never 0 (consistency resampling: Bröcker and Smith 2007)."""
    came = np.random.default_rng(0).random((DRAWS, len(said))) < said
    found = [calibration_error(said, row.astype(np.float64)) for row in came]
    return float(np.mean(found)), float(np.percentile(found, 95))


def interval(
    measure: Callable[[Floats, Floats], float], said: Floats, right: Floats, groups: NDArray[np.int64] | None = None
) -> dict[str, Any]:
    """A measure with its 95 % interval: percentiles of 2,000 samples drawn with replacement from the examples or, where several
    belong together, from their `groups`. For the calibration error, which grows with noise, the interval lies on the high side.

    None where nothing can be said, as of the order of examples that are all right.
    """
    values = np.array([measure(said[rows], right[rows]) for rows in _drawn(len(said), groups)])
    known = values[~np.isnan(values)]
    if not len(known) or np.isnan(measure(said, right)):
        return {"value": None, "interval_95": None}
    low, high = np.percentile(known, [2.5, 97.5])
    return {"value": round(measure(said, right), 4), "interval_95": [round(float(low), 4), round(float(high), 4)]}


def share_of(said: Floats, right: Floats) -> float:
    """The share that is right, whatever was said."""
    return float(right.mean()) if len(right) else float("nan")


def _drawn(count: int, groups: NDArray[np.int64] | None) -> Iterator[NDArray[np.int64]]:
    """The numbers of the examples of each sample."""
    if groups is None:
        yield from np.random.default_rng(0).integers(count, size=(DRAWS, count))
        return
    members = [np.flatnonzero(groups == group) for group in sorted(set(groups.tolist()))]
    for chosen in np.random.default_rng(0).integers(len(members), size=(DRAWS, len(members))):
        yield np.concatenate([members[group] for group in chosen])


def reliability(said: Floats, right: Floats) -> list[dict[str, float]]:
    """For each bin that holds something: mean probability, share that is right, how many."""
    bins = _bins(said)
    return [
        {
            "said": round(float(said[bins == number].mean()), 4),
            "right": round(float(right[bins == number].mean()), 4),
            "n": int((bins == number).sum()),
        }
        for number in range(BINS)
        if (bins == number).any()
    ]


def surest_first(said: Floats, right: Floats) -> list[list[float]]:
    """What was said of each task and whether it is right, sorted so that a curve over them flatters nobody: of those of
    which the same was said, the wrong ones come first."""
    return sorted(([float(p), int(r)] for p, r in zip(said, right, strict=True)), key=lambda pair: (-pair[0], pair[1]))


def _bins(said: Floats) -> NDArray[np.int64]:
    return np.minimum((said * BINS).astype(np.int64), BINS - 1)


def share(count: int, n: int) -> dict[str, Any]:
    """A count with its share and the 95 % interval by Wilson."""
    low, high = wilson(count, n)
    return {
        "count": count,
        "n": n,
        "share": round(count / max(1, n), 4),
        "interval_95": [round(low, 4), round(high, 4)],
    }
