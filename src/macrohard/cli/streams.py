"""Standard output and standard error, whose other end somebody may have closed."""

from __future__ import annotations

import contextlib
import os
import select
from collections.abc import Iterator
from typing import TextIO

__all__ = ["UNREAD", "Unread", "give_up", "is_unread", "unread_told"]

UNREAD = 141
"""The exit status when nobody reads stdout any more: what a shell says of a command that SIGPIPE has ended."""


class Unread(Exception):
    """Raised where a pipe was closed at its other end, which click and rich would end with status 1."""


@contextlib.contextmanager
def unread_told() -> Iterator[None]:
    """Raise Unread for what is written into a closed pipe."""
    try:
        yield
    except BrokenPipeError as error:
        raise Unread from error


def is_unread(stream: TextIO | None) -> bool:
    """Whether it is a pipe whose other end is closed."""
    if stream is None:
        return False
    poll = select.poll()
    try:
        poll.register(stream.fileno(), 0)
    except OSError:  # it need not be a real file
        return False
    return any(events & select.POLLERR for _, events in poll.poll(0))


def give_up(stream: TextIO) -> None:
    """Let what is still written to it go nowhere: Python would try once more at its end, and end with 120."""
    with contextlib.suppress(OSError):  # it need not be a real file
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
