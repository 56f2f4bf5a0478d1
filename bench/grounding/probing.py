"""Weighs what a probe finds together with the words: every figure by nested cross-validation.

A claim's probability comes of two fits, the second on what the first says of claims that it has not seen. So that nothing of a fold is
seen by either, the first is fitted without each pair of folds: the one that is predicted, and the one that the second fit learns from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit  # type: ignore[import-untyped]

from bench.logistic import Logistic, logistic
from bench.measures import Floats
from bench.probes import Crossed, Examples, Rows, best_linear
from macrohard.answers.grounding.sureness import read_features
from macrohard.truth.confidence import told


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
    inner: Mapping[int, Floats]
    """Fold -> the same by fits that have not seen that fold either, to learn from."""


@dataclass(frozen=True, slots=True)
class Material:
    """Claims of a kind of text, some of which were read."""

    words: Crossed
    """What fits on the words say of all of them."""
    rows: Rows
    """Which of them were read."""
    states: Examples
    """The hidden states of these."""
    characters: Sequence[int]
    """Of what was read of each of these."""
    whole: Sequence[bool]
    """Whether that was its whole source."""


def probed(material: Material) -> Probed:
    """Fits both, with every claim's probability by fits that have not seen it."""
    linear = best_linear(material.states)
    read = Crossed(material.states.folds, linear.says)
    every = np.ones(len(read.folds), dtype=bool)
    second = _second(material.words.single[material.rows], read.single, material, every)
    intercept, weights = linear.direction()
    inner = dict(_nested(material, read))
    unseen = np.zeros(len(every))
    for fold, said in inner.items():
        here = material.states.folds == fold
        unseen[here] = said[here]
    return Probed(intercept, weights, linear.penalty, second, unseen, inner)


def _nested(material: Material, read: Crossed) -> Iterator[tuple[int, Floats]]:
    """For each fold the probability of each claim that was read by fits that have seen nothing of the fold: of those of other folds the
    first fit has not seen their own either."""
    every = np.ones(len(read.folds), dtype=bool)
    for fold in sorted(set(read.folds.tolist())):
        inner_words, inner_read = material.words.without(fold)[material.rows], read.without(fold)
        second = _second(inner_words, inner_read, material, read.folds != fold)
        measured = _measured(inner_words, inner_read, material, every)
        yield fold, np.array([second.probability(item) for item in measured])


def _second(words: Floats, read: Floats, material: Material, rows: Rows) -> Logistic:
    measured = list(_measured(words, read, material, rows))
    names = list(measured[0])
    values = np.array([[row[name] for name in names] for row in measured])
    tasks = [material.states.tasks[row] for row in np.flatnonzero(rows).tolist()]
    return logistic(names, values, material.states.right[rows], tasks)


def _measured(words: Floats, read: Floats, material: Material, rows: Rows) -> Iterator[dict[str, float]]:
    """What the second fit learns from, of these rows."""
    for row in np.flatnonzero(rows).tolist():
        said = told(float(expit(words[row])))
        yield read_features(said, float(read[row]), material.characters[row], is_whole=material.whole[row])
