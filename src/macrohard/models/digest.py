"""Digests of large files, remembered under a stamp so that a start does not read a gigabyte again."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


class Memory:
    """Digests of files that have been read, kept in one file.

    It spares time on the user's own files. It is no defence against somebody who can write to the user's cache
    folder: they could as well replace the program.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def sha256(self, path: Path) -> str:
        """The sha256 of a file, read again when its size, modification time or inode has changed."""
        known = self._load().get(str(path.resolve()))
        if known is not None and known.get("stamp") == _stamp(path):
            return str(known["sha256"])
        digest = sha256_of(path)
        self.keep(path, digest)
        return digest

    def keep(self, path: Path, digest: str) -> None:
        """Remember the digest of a file that has just been read."""
        entries = {name: entry for name, entry in self._load().items() if Path(name).exists()}
        entries[str(path.resolve())] = {"stamp": _stamp(path), "sha256": digest}
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        with contextlib.suppress(OSError):  # a full disk costs time at the next start, nothing else
            draft.write_text(json.dumps(entries, indent=1), encoding="utf-8")
            draft.replace(self._path)

    def _load(self) -> dict[str, dict[str, Any]]:
        try:
            entries = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return entries if isinstance(entries, dict) else {}


def _stamp(path: Path) -> list[int]:
    found = path.stat()
    return [found.st_size, found.st_mtime_ns, found.st_ino]
