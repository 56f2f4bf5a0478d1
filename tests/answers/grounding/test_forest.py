"""Trees are asked one number after the other, vote, and are what was written down or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from macrohard.answers.grounding.forest import LEAF, Forest, Tree, forest
from macrohard.answers.grounding.sureness import IN_TEXT

ABOUT = {"model_digest": "", "data": "d", "data_digest": "d", "tasks": 1, "date": "", "command": ""}
BY_COVER = Tree(
    feature=(0, LEAF, 1, LEAF, LEAF), threshold=(0.5, 0, 2.0, 0, 0), left=(1, LEAF, 3, LEAF, LEAF),
    right=(2, LEAF, 4, LEAF, LEAF), value=(0, 0.1, 0, 0.9, 0.6),
)  # fmt: skip
SURE = Tree(feature=(LEAF,), threshold=(0,), left=(LEAF,), right=(LEAF,), value=(0.7,))


@pytest.mark.parametrize(("cover", "absent", "says"), [(0.5, 0, 0.1), (0.6, 2, 0.9), (0.6, 3, 0.6)])
def test_a_tree_is_followed_to_its_leaf(cover: float, absent: float, says: float) -> None:
    assert BY_COVER.votes((cover, absent)) == says


def test_trees_vote() -> None:
    found = Forest(names=("cover", "absent"), trees=(BY_COVER, SURE), **ABOUT)
    assert found.probability({"absent": 0, "cover": 0.2, "more": 1}) == pytest.approx(0.4)
    with pytest.raises(KeyError):
        found.probability({"cover": 0.2})


def test_it_is_never_certain() -> None:
    never = Tree(feature=(LEAF,), threshold=(0,), left=(LEAF,), right=(LEAF,), value=(0.0,))
    assert Forest(names=(), trees=(never,), **ABOUT).probability({}) == 0.0001


@pytest.mark.parametrize(
    "change",
    [{"feature": ()}, {"value": (0.1,)}, {"left": (0, LEAF, 3, LEAF, LEAF)}, {"right": (9, LEAF, 4, LEAF, LEAF)}],
)
def test_what_is_no_tree_is_refused(change: dict[str, tuple[int, ...]]) -> None:
    """It might lead nowhere, or round in a circle."""
    with pytest.raises(ValidationError):
        Tree.model_validate({**BY_COVER.model_dump(), **change})


@pytest.mark.parametrize("trees", [(), (BY_COVER,), (SURE.model_copy(update={"feature": (-2,)}),)])
def test_a_forest_asks_what_is_there(trees: tuple[Tree, ...]) -> None:
    with pytest.raises(ValidationError):
        Forest(names=("cover",), trees=trees, **ABOUT)


@given(st.data())
def test_the_shipped_one_answers_whatever_is_measured(data: st.DataObject) -> None:
    shipped = forest(IN_TEXT)
    values = data.draw(st.lists(st.floats(-10, 10), min_size=len(shipped.names), max_size=len(shipped.names)))
    assert 0 < shipped.probability(dict(zip(shipped.names, values, strict=True))) < 1
