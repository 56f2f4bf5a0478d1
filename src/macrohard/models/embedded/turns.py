"""Turns: whose reply is drawn next where more wait than fit into the batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence


def next_turn(waiting: Sequence[int], running: Iterable[int]) -> int:
    """The place in the line of the reply that is next; each reply is the number of the request that it belongs to.

    Next is a request of which the fewest replies are drawn now, and among these the one that waits longest: a single question
    beside a build of hundreds of replies is answered as soon as one of them ends, and not after all of them.
    """
    drawn = Counter(running)
    return min(range(len(waiting)), key=lambda place: (drawn[waiting[place]], place))
