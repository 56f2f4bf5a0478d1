"""The server that lives: whether it answers, and what becomes of one that does not."""

from __future__ import annotations

import contextlib
import http.client
import math
import os
import signal
import time
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import TypeVar

from macrohard.errors import ModelUnavailable
from macrohard.models.embedded.machine import cpu_seconds
from macrohard.models.embedded.state import Place, State
from macrohard.models.lock import holder, is_held

MODULE = "macrohard.models.embedded.server"
START_SECONDS = 240.0
"""Loading takes 3 to 15 seconds on two idle cores; a busy or slow machine gets more."""
HEALTH_SECONDS = 30.0
"""A server in the middle of a long prompt answers between two steps, each of a few seconds at most on an idle machine."""
BUSY_SHARE = 0.01
"""Share of one processor that tells a server which is slow, since others use the machine, from one that stands still: the
engine was seen to wait for ever on a lock, and then it uses none."""
ENDING_SECONDS = 10.0
"""What a server is given that does not answer, since it may be ending, and a killed one to be gone."""

Found = TypeVar("Found")


class Health(Enum):
    """What became of a request to a server: it answers or is too busy with replies to do so, has gone, or stands still."""

    ANSWERS = "answers"
    GONE = "gone"
    HANGS = "hangs"


def health_of(state: State, at_most: float = math.inf) -> Health:
    """Whether the server answers to its key, in `at_most` seconds if that is less than it is usually given."""
    patience, used = min(HEALTH_SECONDS, at_most), cpu_seconds(state.pid)
    connection = http.client.HTTPConnection("127.0.0.1", state.port, timeout=patience)
    try:
        connection.request("GET", "/health", headers={"Authorization": f"Bearer {state.key}"})
        return Health.ANSWERS if connection.getresponse().status == 200 else Health.GONE
    except TimeoutError:
        return Health.ANSWERS if cpu_seconds(state.pid) - used >= BUSY_SHARE * patience else Health.HANGS
    except (OSError, http.client.HTTPException):
        return Health.GONE
    finally:
        connection.close()


def healthy(state: State, at_most: float = math.inf) -> bool:
    """Whether the server answers, or is too busy with replies to do so."""
    return health_of(state, at_most) is Health.ANSWERS


def attended(place: Place, state: State, at_most: float = math.inf) -> bool:
    """Whether the server is healthy; one that hangs is killed, so that whoever asks next need not find it out again.

    Raises ModelUnavailable when it cannot be killed.
    """
    health = health_of(state, at_most)
    if health is Health.HANGS and at_most >= HEALTH_SECONDS:
        _kill(place, state.pid)
    return health is Health.ANSWERS


def awaited(place: Place) -> State | None:
    """The server that lives, as soon as it answers: it may be loading for a client that has gone.

    None when none lives, also since it ended meanwhile, or hung and was killed. Raises ModelUnavailable when it cannot be
    killed.
    """
    state = _while_it_lives(place, START_SECONDS, place.read)
    if state is not None and _while_it_lives(place, ENDING_SECONDS, lambda: healthy(state, ENDING_SECONDS) or None):
        return state
    if is_held(place.living):
        _kill(place, holder(place.living))
    return None


def _while_it_lives(place: Place, seconds: float, find: Callable[[], Found | None]) -> Found | None:
    """What is found while some server lives; None when it has not been found after so many seconds."""
    deadline = time.monotonic() + seconds
    while is_held(place.living) and time.monotonic() < deadline:
        found = find()
        if found is not None:
            return found
        time.sleep(0.1)
    return None


def _kill(place: Place, pid: int | None) -> None:
    """End the server that hangs, unless another one has taken its place."""
    if pid is not None and _lives(place, pid) and is_server(pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + ENDING_SECONDS
        while _lives(place, pid) and time.monotonic() < deadline:
            time.sleep(0.1)
    if _lives(place, pid):
        raise ModelUnavailable("The embedded model's server does not answer: end its process and try again")


def _lives(place: Place, pid: int | None) -> bool:
    return is_held(place.living) and holder(place.living) == pid


def is_server(pid: int) -> bool:
    """Whether the process is a server of ours, so that a number used again for something else is left alone."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return MODULE.encode() in words
