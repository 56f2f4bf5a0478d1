"""Digests of large files, remembered under a stamp so that a start does not read a gigabyte again."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from macrohard.models.home import private_folder

CHUNK = 4 * 1024 * 1024


def sha256_of(path: Path, progress: Callable[[int], None] | None = None) -> str:
    """The sha256 of a file as hexadecimal digits; `progress` hears the bytes read so far."""
    digest, done = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            done += len(chunk)
            if progress is not None:
                progress(done)
    return digest.hexdigest()


def remembered_sha256(path: Path) -> str:
    """The sha256 of a file, from memory when size, modification time and inode are those of the last reading.

    The memory spares time on the user's own files; it is no defence against somebody who can write to the
    user's cache folder, who could as well replace the program.
    """
    stamp = _stamp(path)
    known = _load().get(str(path))
    if known is not None and known.get("stamp") == stamp:
        return str(known["sha256"])
    digest = sha256_of(path)
    remember(path, digest)
    return digest


def remember(path: Path, digest: str) -> None:
    """Remember the digest of a file that has just been read."""
    entries = {name: entry for name, entry in _load().items() if Path(name).exists()}
    entries[str(path)] = {"stamp": _stamp(path), "sha256": digest}
    memory = _memory()
    draft = memory.with_name(f"{memory.name}.{os.getpid()}")
    with contextlib.suppress(OSError):  # a full disk costs time at the next start, nothing else
        draft.write_text(json.dumps(entries, indent=1), encoding="utf-8")
        draft.replace(memory)


def _stamp(path: Path) -> list[int]:
    found = path.stat()
    return [found.st_size, found.st_mtime_ns, found.st_ino]


def _memory() -> Path:
    return private_folder() / "digests.json"


def _load() -> dict[str, dict[str, Any]]:
    try:
        entries = json.loads(_memory().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return entries if isinstance(entries, dict) else {}
