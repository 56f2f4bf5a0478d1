"""Whose reply is drawn next: nobody waits for all replies of somebody who asked for many."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from macrohard.models.embedded.turns import next_turn

requests = st.integers(1, 4)


def test_one_question_beside_a_build_is_next() -> None:
    build, question = 1, 2
    assert next_turn([*[build] * 200, question], [build] * 63) == 200


def test_among_equals_the_first_to_come_is_the_first() -> None:
    assert next_turn([5, 6, 7], []) == 0
    assert next_turn([5, 6, 7], [5]) == 1


@given(st.lists(requests, min_size=1, max_size=40), st.lists(requests, max_size=40))
def test_nobody_who_waits_has_fewer_in_the_batch(waiting: list[int], running: list[int]) -> None:
    place, drawn = next_turn(waiting, running), Counter(running)
    assert drawn[waiting[place]] == min(drawn[request] for request in waiting)
    assert waiting.index(waiting[place]) == place


@given(st.lists(requests, min_size=1, max_size=40))
def test_the_replies_of_all_who_wait_are_drawn_in_turn(waiting: list[int]) -> None:
    left, drawn = list(waiting), list[int]()
    while left:
        drawn.append(left.pop(next_turn(left, drawn)))
    for end in range(len(drawn)):
        counts = Counter(drawn[:end])
        open_ones = set(drawn[end:])
        assert all(counts[one] <= counts[other] + 1 for one in counts for other in open_ones)
