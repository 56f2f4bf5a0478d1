"""Fits a probe on hidden states, and weighs what it finds together with the words: every figure by nested cross-validation.

A claim's probability comes of two fits, the second on what the first says of claims that it has not seen. So that nothing of a fold is
seen by either, the first is fitted without each pair of folds: the one that is predicted, and the one that the second fit learns from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bench.logistic import Logistic, log_loss, logistic, solve
from bench.measures import Floats
from macrohard.answers.grounding.sureness import read_features
from macrohard.truth.confidence import told

PENALTIES = (10.0, 30.0, 100.0, 300.0, 1000.0)
"""Of the squared weights of a probe, which has more dimensions than there are families of sources."""
Rows = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Probed:
    """Both fits on all that was read, and what fits that have not seen a claim's fold say of it."""

    intercept: float
    weights: Floats
    """Of the hidden state as it is."""
    penalty: float
    second: Logistic
    unseen: Floats
    """Probability of each claim."""


@dataclass(frozen=True, slots=True)
class Material:
    """Claims that were read."""

    states: Floats
    """Claims x dimensions."""
    words: Floats
    """Claims x features of their words."""
    characters: Sequence[int]
    """Of what was read of each."""
    right: Floats
    folds: NDArray[np.int64]
    tasks: Sequence[str]
    """The family that each belongs to; each weighs the same."""
    words_penalty: float

    @property
    def weights(self) -> Floats:
        """Of each claim."""
        counts = Counter(self.tasks)
        return np.array([1 / counts[task] for task in self.tasks])


def probed(material: Material) -> Probed:
    """The penalty is chosen among PENALTIES by the mean loss over all folds."""
    singles = {penalty: _left_out(material.states, material, penalty) for penalty in PENALTIES}
    losses = {
        penalty: log_loss(_probability(found), material.right, material.weights) for penalty, found in singles.items()
    }
    penalty = min(losses, key=lambda key: losses[key])
    words = _left_out(material.words, material, material.words_penalty)
    second = _second(words, singles[penalty], material, np.ones(len(words), dtype=bool))
    mean, scale, solved = _fit(material.states, material, np.ones(len(words), dtype=bool), penalty)
    weights = solved[:-1] / scale
    return Probed(
        float(solved[-1] - weights @ mean),
        weights,
        penalty,
        second,
        _nested(material, penalty, words, singles[penalty]),
    )


def _nested(material: Material, penalty: float, words: Floats, read: Floats) -> Floats:
    """The probability of each claim by fits that have seen nothing of its fold."""
    found, names = np.zeros(len(words)), sorted(set(material.folds.tolist()))
    pairs = {
        pair: (
            _scores(material.words, material, ~np.isin(material.folds, pair), material.words_penalty),
            _scores(material.states, material, ~np.isin(material.folds, pair), penalty),
        )
        for pair in combinations(names, 2)
    }
    for fold in names:
        here = material.folds == fold
        inner_words, inner_read = words.copy(), read.copy()
        for other in names:
            if other != fold:
                of_words, of_states = pairs[min(fold, other), max(fold, other)]
                rows = material.folds == other
                inner_words[rows], inner_read[rows] = of_words[rows], of_states[rows]
        second = _second(inner_words, inner_read, material, ~here)
        found[here] = [_calibrated(second, measured) for measured in _measured(words, read, material, here)]
    return found


def _left_out(values: Floats, material: Material, penalty: float) -> Floats:
    """Log-odds of each claim by a fit without its fold."""
    found = np.zeros(len(values))
    for fold in sorted(set(material.folds.tolist())):
        here = material.folds == fold
        found[here] = _scores(values, material, ~here, penalty)[here]
    return found


def _scores(values: Floats, material: Material, rows: Rows, penalty: float) -> Floats:
    """Log-odds of all claims by a fit on these rows."""
    mean, scale, solved = _fit(values, material, rows, penalty)
    found: Floats = (values - mean) / scale @ solved[:-1] + solved[-1]
    return found


def _fit(values: Floats, material: Material, rows: Rows, penalty: float) -> tuple[Floats, Floats, Floats]:
    seen = values[rows]
    mean, spread = seen.mean(axis=0), seen.std(axis=0)
    scale = np.where(spread > 1e-6, spread, 1.0)
    return mean, scale, solve((seen - mean) / scale, material.right[rows], material.weights[rows], penalty)


def _second(words: Floats, read: Floats, material: Material, rows: Rows) -> Logistic:
    measured = list(_measured(words, read, material, rows))
    names = list(measured[0])
    values = np.array([[row[name] for name in names] for row in measured])
    return logistic(names, values, material.right[rows], [material.tasks[row] for row in np.flatnonzero(rows).tolist()])


def _measured(words: Floats, read: Floats, material: Material, rows: Rows) -> Iterator[dict[str, float]]:
    """What the second fit learns from, of these rows."""
    for row in np.flatnonzero(rows).tolist():
        yield read_features(told(float(_probability(words[row]))), float(read[row]), material.characters[row])


def _calibrated(second: Logistic, measured: Mapping[str, float]) -> float:
    total = second.intercept + sum(term.adds(measured[name]) for name, term in second.terms.items())
    return told(float(_probability(total)))


def _probability(log_odds: Floats | float) -> Floats:
    found: Floats = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
    return found
