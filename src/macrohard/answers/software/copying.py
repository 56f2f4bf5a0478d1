"""A copy of a repository, so that nothing that is run can change it."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from macrohard.errors import UserError

_LEFT_OUT = frozenset(
    {".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache",
     ".tox", ".nox", ".hypothesis"}
)  # fmt: skip
"""Folders that are no part of what a repository says: histories, environments, caches."""
MOST_FILES = 50_000
MOST_BYTES = 512 * 1024 * 1024


def copy_repository(repository: Path, folder: Path) -> str:
    """Copy the plain files of a repository and return one sha256 for their names and contents.

    Links that stay inside are copied as links, others left out, and so are pipes and devices. Raises UserError when it is no
    folder or holds too much.
    """
    if not repository.is_dir():
        raise UserError(f"{repository} is not a folder; give the folder of a repository with --repo.")
    total, count, digest = 0, 0, hashlib.sha256()
    for path in files_of(repository):
        count, total = count + 1, total + path.lstat().st_size
        if count > MOST_FILES or total > MOST_BYTES:
            raise UserError(
                f"{repository} holds more than {MOST_FILES:,} files or {MOST_BYTES // 2**20} MB besides histories, "
                "environments and caches; give a smaller folder with --repo."
            )
        inside = path.relative_to(repository)
        (folder / inside).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, folder / inside, follow_symlinks=False)
        digest.update(f"{inside.as_posix()}\0{_digest(path)}\0".encode(errors="surrogateescape"))
    return f"sha256:{digest.hexdigest()}"


def files_of(repository: Path) -> Iterator[Path]:
    """The files that count, in the order of their names."""
    root = repository.resolve()
    for folder, names, files in os.walk(repository):
        names[:] = sorted(name for name in names if name not in _LEFT_OUT and not Path(folder, name).is_symlink())
        for path in (Path(folder, name) for name in sorted(files)):
            kind = path.lstat().st_mode
            if stat.S_ISREG(kind) or (stat.S_ISLNK(kind) and path.resolve().is_relative_to(root) and path.is_file()):
                yield path


def _digest(path: Path) -> str:
    if path.is_symlink():
        return os.readlink(path)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
