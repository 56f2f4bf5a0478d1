"""What holds for every test: nothing of the user's is touched, nothing is paid for, and the report says where it ran."""

from __future__ import annotations

import os
import platform
import shutil
import signal
import socket
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from macrohard import paths
from macrohard.errors import SandboxUnavailable
from macrohard.sandbox import open_sandbox

SHARED = ("weights", "engine")
"""What of the user's cache the tests may use: the weights, and their form for the engine."""
# The machine is shared: how long something takes is measured in bench/, and a test that hangs is stopped by its timeout.
settings.register_profile("shared machine", deadline=None)
settings.load_profile("shared machine")
KEYS = [name for name in os.environ if name.endswith("_API_KEY")]
_connect = socket.socket.connect


def pytest_configure(config: pytest.Config) -> None:
    """Give the tests, and all processes that they start, a home of their own before any module is imported."""
    real = paths.cache_dir()
    home = Path(tempfile.mkdtemp(prefix="macrohard-tests-"))
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    os.environ.pop(paths.HOME_VARIABLE, None)
    os.environ |= {"XDG_CACHE_HOME": str(home / "cache"), "XDG_STATE_HOME": str(home / "state")}
    # The tests fill all processors already: fits in two threads of their own take twice as much of them.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    for folder in SHARED:
        # A gigabyte that is known by its sha256 is fetched once for all tests, and not for each run of them.
        (real / folder).mkdir(mode=0o700, exist_ok=True)
        (paths.cache_dir() / folder).symlink_to(real / folder)
    for key in KEYS:
        del os.environ[key]
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # A shell that starts the tests in the background has them ignore Ctrl-C, and all that they start with them.
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_report_header() -> list[str]:
    """The versions that differ from machine to machine, and whether the walls stand."""
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    machine = f"{platform.system()} {platform.release()}, {os.cpu_count()} CPUs"
    return [f"macrohard: {versions}, {machine}, sandbox {_sandbox()}"]


def _sandbox() -> str:
    """Whether the walls stand here."""
    try:
        return open_sandbox().name
    except SandboxUnavailable as error:
        return f"unavailable ({error})"


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Refuse connections to other machines: with the keys gone, no test can ask a model that somebody pays for."""

    def connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test may not connect to {address}")
        _connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    yield
