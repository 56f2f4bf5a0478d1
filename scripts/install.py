"""Installs the locked packages into .venv: `python3 scripts/install.py runtime|dev`.

Needs Python 3.11 and nothing else: `uv` does the work when it is there, else the pip that lies in requirements/.
Every file is checked against the sha256 in the lock. It prints on stderr only.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"runtime": ("runtime",), "dev": ("dev", "runtime")}
"""Name of a lock -> the locks that hold once it is installed: dev contains runtime at the same versions."""
UNFINISHED = VENV / "unfinished"
"""Lies in .venv while packages are being installed; found later, it tells of an installation that was broken off."""


def main() -> int:
    """Install the lock that is named on the command line; returns the exit status."""
    name = sys.argv[1]
    try:
        VENV.mkdir(exist_ok=True)
        with _alone():
            if not _installed(name):
                _install(name)
    except OSError as error:
        return _failed(f"{VENV} cannot be made ({error}); free some space or allow writing there, and try again.")
    except subprocess.CalledProcessError:
        return _failed("the packages could not be installed, as told above; mend it and run the same command again.")
    except KeyboardInterrupt:
        print("\nmacrohard: stopped; the same command goes on with the installation.", file=sys.stderr)
        return 130
    return 0


@contextmanager
def _alone() -> Iterator[None]:
    """Hold a lock that the system frees when this process dies, so that two first calls do not collide."""
    with (VENV / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("waiting for another call that is installing the packages.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _installed(name: str) -> bool:
    """Whether the lock was installed to the end and .venv still has its Python."""
    stamp = VENV / f"{name}.txt"
    return _alive() and stamp.exists() and stamp.read_bytes() == _lock(name).read_bytes()


def _alive() -> bool:
    """Whether the Python of .venv runs; it does not when the Python it was made with is gone."""
    try:
        return subprocess.run([PYTHON, "-I", "-c", ""], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _install(name: str) -> None:
    count = _lock(name).read_text().count("==")
    started = time.monotonic()
    if UNFINISHED.exists() or not _alive():
        _clear()
        venv.create(VENV, symlinks=True)
    UNFINISHED.touch()
    if not (shutil.which("uv") and _with_uv(name, count)):
        _with_pip(name, count)
    _link_project()
    for held in LOCKS[name]:
        part = VENV / f"{held}.part"
        shutil.copyfile(_lock(held), part)
        part.replace(VENV / f"{held}.txt")
    UNFINISHED.unlink()
    _say(f"installed in {time.monotonic() - started:.0f} s.")


def _clear() -> None:
    """Empty .venv, but keep the file that is locked."""
    for path in VENV.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != "lock":
            path.unlink()


def _with_uv(name: str, count: int) -> bool:
    """Whether uv could do it; it does not know pip's settings, so pip may succeed where it fails."""
    _say(f"installing up to {count} packages into .venv with uv; only the first call does this.")
    options = [
        "--require-hashes",
        "--no-deps",
        "--no-build",
        "--python",
        str(PYTHON),
        "--requirements",
        str(_lock(name)),
    ]
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    return subprocess.run(["uv", "pip", "install", *quiet, *options], stdout=sys.stderr, check=False).returncode == 0


def _with_pip(name: str, count: int) -> None:
    """Install with the pip of requirements/, since Debian's Python comes with neither pip nor ensurepip."""
    _say(f"installing up to {count} packages into .venv with pip; only the first call does this.")
    (pip,) = (ROOT / "requirements").glob("pip-*.whl")
    options = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", str(_lock(name))]
    quiet = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off", "--root-user-action", "ignore"]
    argv = [str(PYTHON), "-I", str(pip / "pip"), "install", *quiet, *options]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        _show(process.stdout, count)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, argv)


def _show(lines: Iterator[str], count: int) -> None:
    """Turn what pip prints into one line that counts, on a terminal only."""
    collected = 0
    for line in lines:
        word, _, rest = line.strip().partition(" ")
        collected += word == "Collecting"
        if sys.stderr.isatty() and word in ("Collecting", "Installing"):
            what = rest.partition(" ")[0] if word == "Collecting" else "the files"
            print(f"\r\033[K  {collected} of {count}: {what}", end="", file=sys.stderr, flush=True)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def _link_project() -> None:
    """Let .venv import from src/; the path is relative, so that the whole folder can be moved."""
    (packages,) = (VENV / "lib").glob("python*/site-packages")
    (packages / "macrohard.pth").write_text(f"{os.path.relpath(ROOT / 'src', packages)}\n")


def _lock(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.txt"


def _say(sentence: str) -> None:
    print(f"macrohard: {sentence}", file=sys.stderr, flush=True)


def _failed(sentence: str) -> int:
    _say(sentence)
    return 2


if __name__ == "__main__":
    sys.exit(main())
