"""Randomised trees, fitted by scikit-learn and written down as numbers that Macrohard reads without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit  # type: ignore[import-untyped]
from sklearn.ensemble import ExtraTreesClassifier  # type: ignore[import-untyped]

from bench.logistic import folds_of
from bench.measures import Floats
from bench.probes import Examples, Rows, left_out
from macrohard.answers.grounding.forest import LEAF, Tree
from macrohard.truth.confidence import told

TREES, LEAVES, LEAST, TRIED = 60, 128, 10, 0.5
"""Trees, leaves of each at most, examples of each leaf at least, share of the features that are tried at each node: of a handful that were
tried by hand on the same sets (`docs/log.md`)."""
_NEAREST = 1e-3
"""To 0 and 1 that a probability is taken for."""


@dataclass(frozen=True, slots=True)
class Grower:
    """Fits trees on some of the examples; of a family of many the weight grows with the root of how many they are."""

    examples: Examples
    seed: int = 0

    def says(self, rows: Rows) -> Floats:
        """Log-odds of all examples by trees that were fitted on these rows."""
        found = np.clip(self._fitted(rows).predict_proba(self.examples.values)[:, 1], _NEAREST, 1 - _NEAREST)
        log_odds: Floats = np.log(found / (1 - found))
        return log_odds

    def grown(self) -> list[Tree]:
        """Those that are fitted on all examples."""
        fitted = self._fitted(np.ones(len(self.examples.right), dtype=bool))
        return [_tree(item.tree_) for item in fitted.estimators_]

    def _fitted(self, rows: Rows) -> Any:
        trees = ExtraTreesClassifier(
            TREES, max_leaf_nodes=LEAVES, min_samples_leaf=LEAST, max_features=TRIED, random_state=self.seed
        )
        weights = np.sqrt(self.examples.weights[rows])
        return trees.fit(self.examples.values[rows], self.examples.right[rows], sample_weight=weights)


@dataclass(frozen=True, slots=True)
class Grown:
    """Trees that were fitted on all examples, and what trees without the fold of each say of it."""

    names: tuple[str, ...]
    trees: list[Tree]
    unseen: Floats
    """For each example the probability by trees that had not seen its fold."""
    folds: NDArray[np.int64]
    summary: dict[str, Any]


def grown(names: Sequence[str], values: Floats, right: Floats, tasks: Sequence[str]) -> Grown:
    """Fit on examples: `values` is examples x features, `right` 0 or 1, `tasks` what each belongs to."""
    folds = folds_of(tasks)
    grower = Grower(Examples(values, right, folds, tasks))
    unseen = np.array([told(float(value)) for value in expit(left_out(folds, grower.says))])
    return Grown(
        tuple(names), grower.grown(), unseen, folds, {"tasks": len(set(tasks)), "examples": len(tasks), "trees": TREES}
    )


def _tree(tree: Any) -> Tree:
    """Each node before those below it, which is how they were grown."""
    is_leaf = tree.children_left < 0
    shares = tree.value[:, 0, 1] / tree.value[:, 0, :].sum(axis=1)
    return Tree(
        feature=np.where(is_leaf, LEAF, tree.feature).tolist(),
        threshold=tuple(round(float(value), 7) for value in np.where(is_leaf, 0.0, tree.threshold)),
        left=np.where(is_leaf, LEAF, tree.children_left).tolist(),
        right=np.where(is_leaf, LEAF, tree.children_right).tolist(),
        value=tuple(round(float(value), 4) for value in np.where(is_leaf, shares, 0.0)),
    )
