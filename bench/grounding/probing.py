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
class Examples:
    """What a fit learns from."""

    values: Floats
    """Claims x numbers."""
    right: Floats
    folds: NDArray[np.int64]
    tasks: Sequence[str]
    """The family that each belongs to; each weighs the same."""

    @property
    def weights(self) -> Floats:
        """Of each claim."""
        counts = Counter(self.tasks)
        return np.array([1 / counts[task] for task in self.tasks])


@dataclass(frozen=True, slots=True)
class Material:
    """Claims of a kind of text, some of which were read."""

    words: Examples
    """What was found of the words of all of them."""
    words_penalty: float
    rows: Rows
    """Which of them were read."""
    states: Examples
    """The hidden states of these."""
    characters: Sequence[int]
    """Of what was read of each of these."""
    whole: Sequence[bool]
    """Whether that was its whole source."""


def probed(material: Material) -> Probed:
    """The penalty is chosen among PENALTIES by the mean loss over all folds."""
    states = material.states
    singles = {penalty: _left_out(states, penalty) for penalty in PENALTIES}
    losses = {key: log_loss(_probability(found), states.right, states.weights) for key, found in singles.items()}
    penalty = min(losses, key=lambda key: losses[key])
    words = _left_out(material.words, material.words_penalty)[material.rows]
    every = np.ones(len(words), dtype=bool)
    second = _second(words, singles[penalty], material, every)
    mean, scale, solved = _fit(states, every, penalty)
    weights = solved[:-1] / scale
    unseen = _nested(material, penalty, words, singles[penalty])
    return Probed(float(solved[-1] - weights @ mean), weights, penalty, second, unseen)


def _nested(material: Material, penalty: float, words: Floats, read: Floats) -> Floats:
    """The probability of each claim that was read by fits that have seen nothing of its fold."""
    folds = material.states.folds
    found, names = np.zeros(len(words)), sorted(set(folds.tolist()))
    pairs = {pair: _without(pair, material, penalty) for pair in combinations(names, 2)}
    for fold in names:
        here = folds == fold
        inner_words, inner_read = words.copy(), read.copy()
        for other in names:
            if other != fold:
                of_words, of_states = pairs[min(fold, other), max(fold, other)]
                rows = folds == other
                inner_words[rows], inner_read[rows] = of_words[rows], of_states[rows]
        second = _second(inner_words, inner_read, material, ~here)
        found[here] = [_calibrated(second, measured) for measured in _measured(words, read, material, here)]
    return found


def _without(pair: tuple[int, int], material: Material, penalty: float) -> tuple[Floats, Floats]:
    """Log-odds of the claims that were read by both first fits without these folds."""
    words, states = material.words, material.states
    by_words = _scores(words, ~np.isin(words.folds, pair), material.words_penalty)[material.rows]
    return by_words, _scores(states, ~np.isin(states.folds, pair), penalty)


def _left_out(examples: Examples, penalty: float) -> Floats:
    """Log-odds of each claim by a fit without its fold."""
    found = np.zeros(len(examples.values))
    for fold in sorted(set(examples.folds.tolist())):
        here = examples.folds == fold
        found[here] = _scores(examples, ~here, penalty)[here]
    return found


def _scores(examples: Examples, rows: Rows, penalty: float) -> Floats:
    """Log-odds of all claims by a fit on these rows."""
    mean, scale, solved = _fit(examples, rows, penalty)
    found: Floats = (examples.values - mean) / scale @ solved[:-1] + solved[-1]
    return found


def _fit(examples: Examples, rows: Rows, penalty: float) -> tuple[Floats, Floats, Floats]:
    seen = examples.values[rows]
    mean, spread = seen.mean(axis=0), seen.std(axis=0)
    scale = np.where(spread > 1e-6, spread, 1.0)
    return mean, scale, solve((seen - mean) / scale, examples.right[rows], examples.weights[rows], penalty)


def _second(words: Floats, read: Floats, material: Material, rows: Rows) -> Logistic:
    measured = list(_measured(words, read, material, rows))
    names = list(measured[0])
    values = np.array([[row[name] for name in names] for row in measured])
    tasks = [material.states.tasks[row] for row in np.flatnonzero(rows).tolist()]
    return logistic(names, values, material.states.right[rows], tasks)


def _measured(words: Floats, read: Floats, material: Material, rows: Rows) -> Iterator[dict[str, float]]:
    """What the second fit learns from, of these rows."""
    for row in np.flatnonzero(rows).tolist():
        said = told(float(_probability(words[row])))
        yield read_features(said, float(read[row]), material.characters[row], is_whole=material.whole[row])


def _calibrated(second: Logistic, measured: Mapping[str, float]) -> float:
    total = second.intercept + sum(term.adds(measured[name]) for name, term in second.terms.items())
    return told(float(_probability(total)))


def _probability(log_odds: Floats | float) -> Floats:
    found: Floats = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
    return found
