"""Turns: whose reply is drawn next where more wait than fit into the batch."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence


def turns(waiting: Sequence[int], running: Iterable[int]) -> Iterator[int]:
    """The places in the line in the order in which their replies are drawn; each reply is the number of the question that it answers.

    Next is always a question of which the fewest replies are drawn, and among these the one that waits longest: who asks once beside
    somebody who asked for hundreds of replies is answered as soon as one of them ends, and not after all of them.
    """
    drawn, places = Counter(running), defaultdict[int, deque[int]](deque)
    for place, question in enumerate(waiting):
        places[question].append(place)
    line = [(drawn[question], own[0], question) for question, own in places.items()]
    heapq.heapify(line)
    while line:
        count, place, question = heapq.heappop(line)
        yield place
        places[question].popleft()
        if places[question]:
            heapq.heappush(line, (count + 1, places[question][0], question))
