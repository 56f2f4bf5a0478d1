"""Turns: how many requests a server is given at once.

A server on the user's own machine draws a few replies at a time and lets the rest wait, and a request that waits there runs into
its time limit. So requests wait here, where no time limit runs yet.
"""

from __future__ import annotations

import contextlib
import ipaddress
import os
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

from macrohard.errors import BudgetSpent, UserError
from macrohard.models.deadline import seconds_left
from macrohard.models.provider import Target

VARIABLE = "MACROHARD_AT_ONCE"
"""The environment variable with another number of requests at once."""
OWN = 4
"""For a server that the user runs: what llama.cpp and Ollama draw side by side unless they are told otherwise."""
MANY = 128
"""For all others. Each request takes some file descriptors, of which a process often has no more than 1,024."""

_turns: dict[str, threading.BoundedSemaphore] = {}


@contextlib.contextmanager
def turn(target: Target) -> Iterator[None]:
    """One of the places at the target's server, as soon as it is free.

    Raises BudgetSpent at a deadline, UserError for a number in the environment that is none.
    """
    turns = _turns_at(target)
    if not turns.acquire(timeout=seconds_left(threading.TIMEOUT_MAX)):
        raise BudgetSpent(f"The time limit was reached before {target.model} could be asked")
    try:
        yield
    finally:
        turns.release()


def is_own(target: Target) -> bool:
    """Whether the user runs the server: it is reached over plain HTTP or on this machine."""
    parts = urlsplit(target.address or "")
    return parts.scheme == "http" or _is_here(parts.hostname or "")


def _turns_at(target: Target) -> threading.BoundedSemaphore:
    """All models at one server share its places."""
    many = _many(target)
    place = f"{many} at {urlsplit(target.address or '').netloc or target.kind.provider}"
    return _turns.setdefault(place, threading.BoundedSemaphore(many))


def _many(target: Target) -> int:
    told = os.environ.get(VARIABLE, "").strip()
    if not told:
        return OWN if is_own(target) else MANY
    if not told.isdecimal() or not 0 < int(told) <= MANY:
        raise UserError(f"{VARIABLE} must be a number from 1 to {MANY}: how many requests a model is sent at once")
    return int(told)


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
