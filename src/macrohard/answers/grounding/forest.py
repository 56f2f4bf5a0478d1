"""Randomised trees (Geurts, Ernst and Wehenkel 2006): each asks a few of the numbers one after the other, and all of them vote.

They see what weights cannot, such as that a number tells something only beside another, and give no reason. So nothing that is told of a
sentence comes of them, but only how sure it is of a whole text. They are fitted elsewhere (`python -m bench.grounding`); here they are asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import Field, model_validator

from macrohard.truth.check import Record
from macrohard.truth.confidence import Fitted, told

PACKAGE, FOLDER = "macrohard.answers.grounding", "forests"
LEAF = -1
"""Instead of the number of a feature."""


class Tree(Record):
    """The nodes of a tree, the root first, every node before those below it."""

    feature: tuple[int, ...]
    """Of each node, the number of the feature that it asks; `LEAF` where it asks none."""
    threshold: tuple[float, ...]
    """A value up to it goes left."""
    left: tuple[int, ...]
    """The node to the left; the one to the right is the one behind it in `right`."""
    right: tuple[int, ...]
    value: tuple[float, ...]
    """Of each leaf the probability; 0 elsewhere."""

    @model_validator(mode="after")
    def _is_a_tree(self) -> Tree:
        count = len(self.feature)
        if not count or {len(part) for part in (self.threshold, self.left, self.right, self.value)} != {count}:
            raise ValueError("a tree has the same parts for each of its nodes")
        asking = [node for node in range(count) if self.feature[node] != LEAF]
        if any(not node < below < count for node in asking for below in (self.left[node], self.right[node])):
            raise ValueError("a node of a tree stands before those below it")
        return self

    def votes(self, values: tuple[float, ...]) -> float:
        """The probability at the leaf where these values lead."""
        node = 0
        while (feature := self.feature[node]) != LEAF:
            node = self.left[node] if values[feature] <= self.threshold[node] else self.right[node]
        return self.value[node]


class Forest(Fitted):
    """The trees of a fit."""

    format: str = "macrohard/forest/v1"
    names: tuple[str, ...]
    """Of the features, in their order."""
    trees: Annotated[tuple[Tree, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _asks_what_is_there(self) -> Forest:
        if any(not LEAF <= feature < len(self.names) for tree in self.trees for feature in tree.feature):
            raise ValueError("a tree asks a feature that has no name")
        return self

    def probability(self, features: Mapping[str, float]) -> float:
        """The mean of what the trees say, to four digits and never 0 or 1. Raises KeyError when a feature is missing."""
        values = tuple(features[name] for name in self.names)
        return told(sum(tree.votes(values) for tree in self.trees) / len(self.trees))


@cache
def forest(name: str) -> Forest:
    """The shipped one with this name."""
    return Forest.model_validate_json((files(PACKAGE) / FOLDER / f"{name}.json").read_text(encoding="utf-8"))
