"""Whose reply is drawn next: nobody waits for all replies of somebody who asked for many."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from macrohard.models.embedded.turns import Asked, turns

lines = st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 3)), max_size=40)


def of(user: str, *questions: int) -> list[Asked]:
    return [(user, question) for question in questions]


def test_one_question_beside_a_build_is_next() -> None:
    assert next(turns([*of("a", *[1] * 200), ("b", 2)], of("a", *[1] * 63))) == 200


def test_so_it_is_where_the_build_asks_many_questions() -> None:
    build = of("a", *range(200))
    assert next(turns([*build[63:], ("b", 200)], build[:63])) == 137


def test_two_builds_share_the_batch() -> None:
    order = turns([*of("a", *range(100)), *of("b", *range(100, 110))], [])
    first = [next(order) for _ in range(20)]
    assert sum(place >= 100 for place in first) == 10


def test_among_equals_the_first_to_come_is_the_first() -> None:
    assert list(turns(of("a", 5, 6, 7), [])) == [0, 1, 2]
    assert list(turns(of("a", 5, 6, 7), of("a", 5))) == [1, 2, 0]
    assert list(turns(of("a", 5, 5, 5, 6), [])) == [0, 3, 1, 2]
    assert list(turns([("a", 5), ("b", 6), ("a", 7)], [])) == [0, 1, 2]


@given(lines, lines)
def test_nobody_who_waits_has_fewer_drawn(waiting: list[Asked], running: list[Asked]) -> None:
    left, drawn, of_user = list(range(len(waiting))), Counter(running), Counter(user for user, _ in running)
    for place in turns(waiting, running):
        user = waiting[place][0]
        assert of_user[user] == min(of_user[waiting[other][0]] for other in left)
        own = [other for other in left if waiting[other][0] == user]
        fewest = min(drawn[waiting[other]] for other in own)
        assert drawn[waiting[place]] == fewest
        assert place == min(other for other in own if drawn[waiting[other]] == fewest)
        left.remove(place)
        drawn[waiting[place]] += 1
        of_user[user] += 1
    assert left == []
