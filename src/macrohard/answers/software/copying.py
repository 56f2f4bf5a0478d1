"""A copy of a repository, so that nothing that is run can change it."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from macrohard.errors import UserError

LEFT_OUT = frozenset(
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
    if not os.path.isdir(repository):  # which is False, and raises nothing, within a folder that is closed
        raise UserError(f"{repository} is not a folder; give the folder of a repository with --repo.")
    total, count, digest = 0, 0, hashlib.sha256()
    for path in files_of(repository):
        inside = path.relative_to(repository)
        if path.is_dir() and not path.is_symlink():
            (folder / inside).mkdir(parents=True, exist_ok=True)
            continue
        count, total = count + 1, total + path.lstat().st_size
        if count > MOST_FILES or total > MOST_BYTES:
            raise UserError(
                f"{repository} holds more than {MOST_FILES:,} files or {MOST_BYTES // 2**20} MB besides histories, "
                "environments and caches; give a smaller folder with --repo."
            )
        try:
            shutil.copy2(path, folder / inside, follow_symlinks=False)
        except OSError as error:
            raise _closed(path, error) from error
        digest.update(f"{inside.as_posix()}\0{_digest(path)}\0".encode(errors="surrogateescape"))
    return f"sha256:{digest.hexdigest()}"


def files_of(repository: Path) -> Iterator[Path]:
    """The folders and files that count, in the order of their names, each folder before what is in it.

    Raises UserError where one of them cannot be looked into: what is not seen could be taken for what is not there.
    """

    def refuse(error: OSError) -> None:
        raise _closed(error.filename, error) from error

    root = repository.resolve()
    for folder, names, files in os.walk(repository, onerror=refuse):
        names[:] = sorted(
            name for name in names if name not in LEFT_OUT and not os.path.islink(os.path.join(folder, name))
        )
        yield Path(folder)
        for path in (Path(folder, name) for name in sorted(files)):
            kind = _kind(path)
            if stat.S_ISREG(kind) or (stat.S_ISLNK(kind) and _stays(path, root)):
                yield path


def _kind(path: Path) -> int:
    try:
        return path.lstat().st_mode
    except OSError as error:  # in a folder whose names can be read and nothing else
        raise _closed(path, error) from error


def _closed(path: str | Path, error: OSError) -> UserError:
    return UserError(f"{path} cannot be read ({error.strerror}); give a repository that you may read.")


def _stays(link: Path, root: Path) -> bool:
    """Whether a link leads to a file inside; one that leads in a circle does not."""
    try:
        return link.resolve(strict=True).is_relative_to(root) and link.is_file()
    except (OSError, RuntimeError):
        return False


def _digest(path: Path) -> str:
    if path.is_symlink():
        return os.readlink(path)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
