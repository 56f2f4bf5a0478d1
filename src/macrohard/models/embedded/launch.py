"""Finding the server, or starting it: however many clients ask at once, one server comes of it."""

from __future__ import annotations

import http.client
import math
import os
import signal
import sys
import time
from pathlib import Path

from macrohard.errors import ModelUnavailable
from macrohard.models.embedded.machine import cpu_seconds
from macrohard.models.embedded.state import Place, State
from macrohard.models.lock import is_held, locked

START_SECONDS = 240.0
"""Loading takes 3 to 15 seconds on two idle cores; a busy or slow machine gets more."""
HEALTH_SECONDS = 30.0
"""A server in the middle of a long prompt answers between two steps, each of a few seconds at most on an idle machine."""
BUSY_SHARE = 0.01
"""Share of one processor that tells a server which is slow, since others use the machine, from one that stands still: the
engine was seen to wait for ever on a lock, and then it uses none."""
ENDING_SECONDS = 10.0
MODULE = "macrohard.models.embedded.server"
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
    """The server, if it is alive and answers; a state left by a dead one is ignored."""
    state = place.read()
    if state is None or not is_held(place.living) or not healthy(state):
        return None
    return state


def ensure(place: Place, model: Path, digest: str, idle: float | None = None) -> State:
    """The running server, started when there is none. Raises ModelUnavailable when it does not come up."""
    state = running(place)
    if state is not None:
        return state
    with locked(place.starting):
        return running(place) or _start(place, model, digest, idle)


def healthy(state: State, at_most: float = math.inf) -> bool:
    """Whether the server answers to its key, in `at_most` seconds if that is less than it is usually given, or is too busy
    with replies to do so."""
    patience, used = min(HEALTH_SECONDS, at_most), cpu_seconds(state.pid)
    connection = http.client.HTTPConnection("127.0.0.1", state.port, timeout=patience)
    try:
        connection.request("GET", "/health", headers={"Authorization": f"Bearer {state.key}"})
        return connection.getresponse().status == 200
    except TimeoutError:
        return cpu_seconds(state.pid) - used >= BUSY_SHARE * patience
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _start(place: Place, model: Path, digest: str, idle: float | None) -> State:
    if is_held(place.living):
        _end(place)
    place.clear()
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
    child = os.posix_spawn(sys.executable, words, environment, file_actions=files, setsid=True)
    return _wait_for_start(place, child)


def _wait_for_start(place: Place, child: int) -> State:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        state = place.read()
        if state is not None and healthy(state):
            return state
        if os.waitpid(child, os.WNOHANG)[0] == child:
            raise ModelUnavailable(f"The embedded model did not start: {last_words(place)} (whole log: {place.log})")
        time.sleep(0.1)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raise ModelUnavailable(f"The embedded model did not start within {START_SECONDS:.0f} seconds (log: {place.log})")


def _end(place: Place) -> None:
    """A server that does not answer is ending, or hangs: give it a moment, then kill it."""
    deadline, state = time.monotonic() + ENDING_SECONDS, place.read()
    while is_held(place.living) and time.monotonic() < deadline:
        time.sleep(0.1)
    if state is not None and is_held(place.living) and is_server(state.pid):
        os.kill(state.pid, signal.SIGKILL)
        time.sleep(1.0)
    if is_held(place.living):
        raise ModelUnavailable("The embedded model's server does not answer: end its process and try again")


def is_server(pid: int) -> bool:
    """Whether the process is a server of ours, so that a number used again for something else is left alone."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return MODULE.encode() in words


def last_words(place: Place) -> str:
    """The last line of the server's log."""
    try:
        lines = place.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        lines = []
    return lines[-1][:300] if lines else "it left no message"
