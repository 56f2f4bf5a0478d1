"""Finding the server, or starting it: however many clients ask at once, one server comes of it."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from macrohard.errors import ModelUnavailable
from macrohard.models.embedded.living import MODULE, START_SECONDS, attended, awaited, healthy
from macrohard.models.embedded.state import ANOTHER_LIVES, Place, State
from macrohard.models.lock import is_held, locked_for_all

_KEPT = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "XDG_CACHE_HOME",
    "MACROHARD_HOME",
    "PYTHONPATH",
    "LD_LIBRARY_PATH",
)
"""The server's environment: no key of the user is in it."""


def running(place: Place) -> State | None:
    """The server, if it is alive and answers; a state left by a dead one is ignored, and one that hangs is killed."""
    state = place.read()
    if state is None or not is_held(place.living) or not attended(place, state):
        return None
    return state


def ensure(place: Place, model: Path, digest: str, idle: float | None = None) -> State:
    """The running server, started when there is none. Raises ModelUnavailable when it does not come up."""
    state = running(place)
    if state is not None:
        return state
    with locked_for_all(place.starting):
        return running(place) or _start(place, model, digest, idle)


def _start(place: Place, model: Path, digest: str, idle: float | None) -> State:
    """A server that another client has started, if that comes up; else a new one."""
    for _ in range(2):  # a new one that finds another one alive leaves the place to it
        state = awaited(place) or _wait_for_start(place, _spawn(place, model, digest, idle))
        if state is not None:
            return state
    raise ModelUnavailable(f"The embedded model did not start: another server was in the way (log: {place.log})")


def _spawn(place: Place, model: Path, digest: str, idle: float | None) -> int:
    """Start a server in a session of its own, which goes on when this process is interrupted."""
    place.clear()
    place.put_log_aside()
    words = [sys.executable, "-P", "-m", MODULE, str(place.file.parent), str(model), digest]
    if idle is not None:
        words += ["--idle", str(idle)]
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(place.log), flags, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    return os.posix_spawn(sys.executable, words, environment, file_actions=files, setsid=True)


def _wait_for_start(place: Place, child: int) -> State | None:
    """The server that the child becomes; None when it found another one alive."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        state = place.read()
        if state is not None and healthy(state):
            return state
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended == child:
            if os.waitstatus_to_exitcode(status) == ANOTHER_LIVES:
                return None
            raise ModelUnavailable(f"The embedded model did not start: {last_words(place)} (whole log: {place.log})")
        time.sleep(0.1)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raise ModelUnavailable(f"The embedded model did not start within {START_SECONDS:.0f} seconds (log: {place.log})")


def last_words(place: Place) -> str:
    """The last line of the server's log."""
    try:
        lines = place.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        lines = []
    return lines[-1][:300] if lines else "it left no message"
