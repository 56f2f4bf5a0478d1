"""How good probabilities are: do they rank right before wrong, and do they hold what they say."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
BINS = 10


def area_under_curve(found: Floats, right: Floats, weights: Floats) -> float:
    """AUROC: how likely a right one has a higher probability than a wrong one, ties counted half."""
    good, bad = right > 0.5, right <= 0.5
    if not good.any() or not bad.any():
        return float("nan")
    above = (found[good][:, None] > found[bad][None, :]) + 0.5 * (found[good][:, None] == found[bad][None, :])
    pairs = weights[good][:, None] * weights[bad][None, :]
    return float((above * pairs).sum() / pairs.sum())


def calibration_error(found: Floats, right: Floats, weights: Floats) -> float:
    """ECE: the gap between what is said and what comes true, mean over ten bins of equal width, weighed by size."""
    bins = np.minimum((found * BINS).astype(int), BINS - 1)
    gaps = [abs((weights * (found - right))[bins == number].sum()) for number in range(BINS)]
    return float(sum(gaps) / weights.sum())


def reliability(found: Floats, right: Floats, weights: Floats) -> list[dict[str, float]]:
    """For each bin that holds something: mean probability, share that is right, weight."""
    bins = np.minimum((found * BINS).astype(int), BINS - 1)
    return [
        {
            "said": float(np.average(found[bins == number], weights=weights[bins == number])),
            "right": float(np.average(right[bins == number], weights=weights[bins == number])),
            "weight": float(weights[bins == number].sum()),
        }
        for number in range(BINS)
        if (bins == number).any()
    ]
