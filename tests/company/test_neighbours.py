"""Values near a known one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.company.neighbours import near_text, near_value, near_word

LITERALS = st.recursive(
    st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda items: st.lists(items, max_size=4) | st.dictionaries(st.text(max_size=3), items, max_size=2),
    max_leaves=8,
)


@given(LITERALS)
def test_neighbours_are_of_the_same_type(value: object) -> None:
    assert all(type(near) is type(value) for near in near_value(value))


@pytest.mark.parametrize("value", [True, 0, 2, 1.5, "tea", [1, 2], (1, "a"), {"a": 1}, {1, 2}, [[1, 2], [3]]])
def test_something_near_differs(value: object) -> None:
    assert any(near != value for near in near_value(value))


def test_one_item_of_a_list_is_changed_at_a_time() -> None:
    near = list(near_value([[1, 2], [3]]))
    assert [[1, 2], [3][::-1]] in near and [[2, 1], [3]] in near
    assert list(near_value(None)) == [] and list(near_value([])) == [[], [], [], []]


@pytest.mark.parametrize(
    ("word", "near"), [("4", "5"), ("2.5", "3"), ("12345.678", "12346.178"), ("the", "t"), ("Tea", "tEA")]
)
def test_words(word: str, near: str) -> None:
    assert near in near_word(word)


def test_texts_get_more_lines() -> None:
    assert any(text.count("\n") > 1 for text in near_text("abc\n"))


@pytest.mark.parametrize("text", ["a\nb\n", "a\nb"])
def test_the_last_line_ends_as_it_did(text: str) -> None:
    near = list(near_text(text))
    assert all(item.endswith("\n") is text.endswith("\n") for item in near if item)
    assert any(item.split() == ["b", "a"] for item in near)
