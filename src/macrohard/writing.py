"""Writes what the user asked for beside its place first: whole or not at all, and never through a link that somebody planted there."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from pathlib import Path

__all__ = ["make_anew", "replace_file", "sync"]


def make_anew(folder: Path) -> None:
    """Make an empty folder, of which nothing is left that stood there. Raises OSError when it cannot be made."""
    if folder.is_symlink():
        folder.unlink()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)  # fails where something still stands there


def replace_file(path: Path, text: str) -> None:
    """Write a text file in UTF-8, whole or not at all, with the permissions of the file that it replaces.

    Raises OSError when it cannot be written.
    """
    part = path.with_name(f".macrohard-{secrets.token_hex(8)}.part")
    try:
        with part.open("x", encoding="utf-8", newline="\n") as file:
            _permit_as(path, file.fileno())
            file.write(text)
            file.flush()
            os.fsync(file.fileno())  # what is renamed before that can be empty after a power cut
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _permit_as(path: Path, descriptor: int) -> None:
    """Give an open file the permissions of the file at a path, if there is one: a script stays executable, a secret a secret."""
    try:
        standing = os.lstat(path)
    except FileNotFoundError:
        return
    if stat.S_ISREG(standing.st_mode):
        os.fchmod(descriptor, stat.S_IMODE(standing.st_mode) & 0o777)


def sync(path: Path) -> None:
    """Wait until a file or folder is on the disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
