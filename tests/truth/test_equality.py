"""When a result is what was expected."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.truth.equality import equal, shown

KEYS = st.booleans() | st.integers() | st.text(max_size=4)
LITERALS = st.recursive(
    st.none() | KEYS | st.floats(allow_nan=False),
    lambda items: (
        st.lists(items, max_size=4) | st.tuples(items, items) | st.dictionaries(KEYS, items, max_size=3) | st.sets(KEYS)
    ),
    max_leaves=10,
)


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (0.1 + 0.2, 0.3),
        ([0.1 + 0.2], [0.3]),
        ({"sum": (0.1 + 0.2, 1)}, {"sum": (0.3, 1)}),
        ({0.1 + 0.2, 5.0}, {5.0, 0.3}),
        (2, 2.0),
        (2.0, 2),
        ([2.0], [2]),
        (1e-16, 0.0),
        (6.4e-21, 6.4e-21),
        (float("inf"), float("inf")),
        (frozenset({1}), {1}),
    ],
)
def test_numbers_count_to_nine_digits_however_deep(result: object, expected: object) -> None:
    assert equal(result, expected)


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (0.0, 6.4e-21),
        (-5e-10, 6.4e-21),
        (4.8e-19, 4.9e-19),
        (1e-6, 0.0),
        (0.3001, 0.3),
        (2.0000000001, 2),
        ([0.3, 0.4], [0.3]),
        ({1.0, 5.0}, {1.0, 1.0000000001}),
        ({1.0, 1.0000000001}, {1.0, 5.0}),
        ({"sum": 0.3}, {"all": 0.3}),
        ((0.3,), [0.3]),
        (True, 1.0),
        ([1], [True]),
        ("0.3", 0.3),
        (None, 0.0),
    ],
)
def test_what_differs(result: object, expected: object) -> None:
    assert not equal(result, expected)


@given(LITERALS)
def test_every_value_is_equal_to_itself(value: object) -> None:
    assert equal(copy.deepcopy(value), value) and shown(copy.deepcopy(value)) == shown(value)


@given(LITERALS, LITERALS)
def test_what_is_equal_is_so_both_ways(one: object, other: object) -> None:
    assert equal(one, other) == equal(other, one) or shown(one) == shown(other)
