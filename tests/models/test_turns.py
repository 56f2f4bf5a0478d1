"""Whose reply is drawn next: nobody waits for all replies of somebody who asked for many."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from macrohard.models.embedded.turns import turns

questions = st.integers(1, 4)


def test_one_question_beside_a_build_is_next() -> None:
    build, question = 1, 2
    assert next(turns([*[build] * 200, question], [build] * 63)) == 200


def test_among_equals_the_first_to_come_is_the_first() -> None:
    assert list(turns([5, 6, 7], [])) == [0, 1, 2]
    assert list(turns([5, 6, 7], [5])) == [1, 2, 0]
    assert list(turns([5, 5, 5, 6], [])) == [0, 3, 1, 2]


@given(st.lists(questions, max_size=40), st.lists(questions, max_size=40))
def test_nobody_who_waits_has_fewer_drawn(waiting: list[int], running: list[int]) -> None:
    left, drawn = list(range(len(waiting))), Counter(running)
    for place in turns(waiting, running):
        fewest = min(drawn[waiting[other]] for other in left)
        assert drawn[waiting[place]] == fewest
        assert place == min(other for other in left if drawn[waiting[other]] == fewest)
        left.remove(place)
        drawn[waiting[place]] += 1
    assert left == []
