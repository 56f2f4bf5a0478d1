"""The lock of a run: one process works on it, and a dead one holds nothing."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from macrohard.errors import UserError

__all__ = ["RunLock", "disk_told"]

PROBING_SECONDS = 1.0
"""How long to insist on a lock: someone who only looks whether it is held has it for a moment."""


class RunLock:
    """A file that the working process has locked; the kernel frees it when the process ends, however that is."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def is_held(self) -> bool:
        """Whether a process holds it."""
        try:
            descriptor = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            return not _try_lock(descriptor, fcntl.LOCK_SH)
        finally:
            os.close(descriptor)

    @contextmanager
    def hold(self, run_id: str) -> Iterator[None]:
        """Hold it; raises UserError when another process holds it or the file cannot be made."""
        with disk_told(self._path.parent):
            # Closed at exec, so that no program started by the run can keep it beyond the run.
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _insist(descriptor, run_id)
            with disk_told(self._path.parent):
                os.ftruncate(descriptor, 0)
                os.pwrite(descriptor, str(os.getpid()).encode(), 0)
            yield
        finally:
            os.close(descriptor)


def _insist(descriptor: int, run_id: str) -> None:
    deadline = time.monotonic() + PROBING_SECONDS
    while not _try_lock(descriptor, fcntl.LOCK_EX):
        if time.monotonic() > deadline:
            holder = os.pread(descriptor, 20, 0).decode(errors="replace")
            raise UserError(
                f"Run {run_id} is being worked on by process {holder or 'unknown'}; "
                f"wait for it, or end it with `macrohard cancel {run_id}`."
            )
        time.sleep(0.02)


def _try_lock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def disk_told(folder: Path) -> Iterator[None]:
    """Turn a full disk or a missing permission into a sentence."""
    try:
        yield
    except OSError as error:
        raise UserError(
            f"The run cannot be kept in {folder} ({error.strerror or error}); "
            "see that its disk has space and can be written, then give the command again."
        ) from error
