"""Turns: whose reply is drawn next where more wait than fit into the batch."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

Asked = tuple[str, int]
"""Who asked, and the number of the question: what a reply answers."""


def turns(waiting: Sequence[Asked], running: Iterable[Asked]) -> Iterator[int]:
    """The places in the line in the order in which their replies are drawn.

    Next is always somebody of whom the fewest replies are drawn, with a question of theirs of which the fewest are; among equals
    what waits longest. Who asks once beside a build with hundreds of questions is answered as soon as one reply ends, and not after
    all of them.
    """
    running = list(running)
    drawn, of_question = Counter(user for user, _ in running), Counter(running)
    places: dict[str, list[int]] = defaultdict(list)
    for place, (user, _) in enumerate(waiting):
        places[user].append(place)
    own = {user: _turns_of(line, waiting, of_question) for user, line in places.items()}
    line = [(drawn[user], next(turn), user) for user, turn in own.items()]
    heapq.heapify(line)
    while line:
        count, place, user = heapq.heappop(line)
        yield place
        then = next(own[user], None)
        if then is not None:
            heapq.heappush(line, (count + 1, then, user))


def _turns_of(places: Iterable[int], waiting: Sequence[Asked], drawn: Mapping[Asked, int]) -> Iterator[int]:
    """The places of one user, question by question."""
    questions = defaultdict[Asked, deque[int]](deque)
    for place in places:
        questions[waiting[place]].append(place)
    line = [(drawn[asked], own[0], asked) for asked, own in questions.items()]
    heapq.heapify(line)
    while line:
        count, place, asked = heapq.heappop(line)
        yield place
        questions[asked].popleft()
        if questions[asked]:
            heapq.heappush(line, (count + 1, questions[asked][0], asked))
