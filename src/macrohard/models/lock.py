"""A lock between processes that the kernel gives back when its holder dies."""

from __future__ import annotations

import contextlib
import fcntl
import math
import os
import time
from collections.abc import Iterator
from pathlib import Path

from macrohard.errors import ModelUnavailable
from macrohard.models.parallel import BATCH

_failed: dict[Path, tuple[float, str, object]] = {}
"""Lock file -> when a thread of this process failed last while it held it, with what message, and with whom it was begun."""


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file for the time of the block; waits for whoever holds it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def locked_for_all(path: Path) -> Iterator[None]:
    """Like `locked`, for what one does for all that wait: when it fails, those of this process fail with it.

    A hundred questions that wait for a model are not a hundred attempts, of minutes each, to start it. Raises
    ModelUnavailable as another thread did while this one waited, or one that was begun together with it.
    """
    asked = time.monotonic()
    with locked(path):
        when, why, batch = _failed.get(path, (-math.inf, "", None))
        if when >= asked or (batch is not None and batch is BATCH.get()):
            raise ModelUnavailable(why)
        try:
            yield
        except ModelUnavailable as problem:
            _failed[path] = time.monotonic(), str(problem), BATCH.get()
            raise


def hold(path: Path) -> bool:
    """Take the lock for the life of this process, whose number goes into the file; False when another process has it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return False
    os.ftruncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())
    return True


def holder(path: Path) -> int | None:
    """The number of the process that took the lock last with `hold`; None when the file does not say. It may be gone."""
    try:
        return int(path.read_bytes())
    except (OSError, ValueError):
        return None


def is_held(path: Path) -> bool:
    """Whether some process holds the lock now."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
