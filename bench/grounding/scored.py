"""A fit of how sure it is, with its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.forests import Grown
from bench.grounding.probing import Probed
from bench.logistic import Logistic
from bench.measures import Floats
from bench.probes import Crossed


@dataclass(frozen=True, slots=True)
class Scored:
    """A fit of one kind, with its figures."""

    found: Logistic | Grown
    threshold: float
    """That parts best, on all that it is for."""
    said: Floats
    """For each claim that has a probability, the one by fits that have not seen its source."""
    summary: dict[str, Any]
    folds: NDArray[np.int64]
    """Of each claim that has a probability."""
    crossed: Crossed | None = None
    """Where it is of words: what such fits say of claims that they have not seen."""
    probed: Probed | None = None
    """Where a model has read the claims: `found` weighs its probe and the words."""
    inner: Mapping[int, Floats] = field(default_factory=dict)
    """Of sentences in texts, fold -> what is said of each by fits that have not seen that fold either."""


def values_of(rows: Sequence[Mapping[str, float]]) -> Floats:
    """Examples x features."""
    names = list(rows[0])
    return np.array([[row[name] for name in names] for row in rows])
