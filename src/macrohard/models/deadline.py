"""The moment by which an answer must have come, for every call below it, in whatever thread."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from contextvars import ContextVar

_moment: ContextVar[float | None] = ContextVar("macrohard_deadline", default=None)


@contextlib.contextmanager
def until(moment: float | None) -> Iterator[None]:
    """Within the block, calls end by `moment` (as of `time.monotonic`) at the latest; None is no limit."""
    outer = _moment.get()
    token = _moment.set(outer if moment is None else moment if outer is None else min(outer, moment))
    try:
        yield
    finally:
        _moment.reset(token)


def seconds_left(at_most: float) -> float:
    """Seconds that a call may take: `at_most`, or less when the deadline is nearer; never negative."""
    moment = _moment.get()
    return at_most if moment is None else max(0.0, min(at_most, moment - time.monotonic()))


def passed() -> bool:
    """Whether the deadline is over."""
    moment = _moment.get()
    return moment is not None and time.monotonic() >= moment
