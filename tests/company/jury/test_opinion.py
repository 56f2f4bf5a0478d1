"""What the jury says of its choice, beside the choice itself."""

from __future__ import annotations

import pytest

from .test_choice import ADDS, RIGHT, chosen

EXACT = "def half(x):\n    return x / 2 if x else 0"
ROUNDED = "def half(x):\n    return int(x) // 2"
ODD = "half('') returns 0"
"""One rounds down and crashes on an odd input, the other does neither."""


@pytest.mark.parametrize(("times", "disputed"), [((4, 2), {"tester-01"}), ((3, 2), set())], ids=["two thirds", "less"])
def test_who_crashes_on_odd_inputs_still_speaks_for_a_check(times: tuple[int, ...], disputed: set[str]) -> None:
    """Sound is who passes the examples: of those less than two thirds must contradict a check that stands."""
    choice = chosen([[EXACT, ROUNDED]], "half(4) returns 2", "half(5) returns 2", ODD, times)
    assert choice.pick == (0,) and set(choice.failed) == {"tester-01"}
    assert set(choice.disputed) == disputed


def test_without_a_candidate_that_passes_the_examples_nothing_is_disputed() -> None:
    choice = chosen([[ADDS]], "double(3) returns 6", "double(5) returns 10", times=[6])
    assert set(choice.failed) == {"request-01", "tester-01"} and choice.disputed == {}
    assert choice.doubtful == {"double": "None of its independent candidates passes the given examples."}


def test_agreement_on_errors_shows_no_result() -> None:
    """All refuse the same words, and no two return the same for a number."""
    ways = ["x * 2", "x + 2", "4", "x ** 2"]
    candidates = [
        f"def double(x):\n    if isinstance(x, str):\n        raise ValueError(x)\n    return {way}" for way in ways
    ]
    refused = " ".join(f"double('{word}') raises ValueError." for word in "abcdefghij")
    choice = chosen([candidates], f"double(2) returns 4. {refused}")
    assert not choice.failed and choice.agreement["double"] < 0.6
    assert "agree with it on" in choice.doubtful["double"]


def test_inputs_of_the_tester_are_never_told_for_repair() -> None:
    """Whoever writes code must not see them, and a traceback quotes them."""
    crashes = "def double(x):\n    return int(x) * 2"
    told = chosen([[crashes]], "double('secret') returns 'secretsecret'").crashes
    assert "'secret'" in told["double"]
    choice = chosen([[crashes]], "double(3) returns 6", "double('secret') returns 'secretsecret'")
    assert choice.crashes == {} and set(choice.failed) == {"tester-01"}


@pytest.mark.parametrize(
    ("given", "times", "confirmed"),
    [
        ("double(2) returns 4", (3, 0), True),
        ("double(2) returns 4", (2, 0), False),
        ("double(2) returns 4", (9, 1), True),
        ("double(2) returns 4", (3, 1), True),
        ("double(True) returns 2", (9, 0), False),
    ],
    ids=["three voices", "two voices", "nine of ten", "three of four", "one other input"],
)
def test_strong_agreement_confirms(given: str, times: tuple[int, int], confirmed: bool) -> None:
    """Near 2 there are inputs that no engineer was shown, near True there is one: False."""
    candidates = [[RIGHT, ADDS][: sum(map(bool, times))]]
    choice = chosen(candidates, given, times=times)
    assert choice.pick == (0,) and set(choice.doubtful) == ({"double"} if sum(times) < 3 else set())
    assert choice.confirmed == (("double",) if confirmed else ())
