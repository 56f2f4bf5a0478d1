"""Finding what the user names: files, the files in folders, and web addresses."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from macrohard.answers.sources.document import Unread
from macrohard.answers.sources.web import LARGEST, is_address
from macrohard.errors import UserError

MOST = 20_000
"""Files of one folder."""
_SKIPPED = {".git", ".hg", ".svn", "__pycache__", "node_modules", ".venv", "venv"}


@dataclass(frozen=True, slots=True)
class Original:
    """A file or a web address before it is read."""

    address: str
    """Text in UTF-8: bytes of a file name that are none are shown as escapes."""
    path: Path | None
    """None for a web address."""
    changed_ns: int = 0
    size: int = 0
    """Both 0 for a web address, which is fetched once and then kept."""


def refuse_sources(paths: Sequence[str]) -> None:
    """Raise UserError for a name that is empty and for a path that is not there; nothing is read and nothing fetched."""
    for named in paths:
        if not named.strip():
            raise UserError("A source has an empty name; give files, folders or web addresses.")
        if not is_address(named):
            _standing(named)


def is_source(file: Path, paths: Sequence[str]) -> bool:
    """Whether this file is one of those that the user named, or stands in a folder that he named and would be read there."""
    if not file.exists():
        return False
    real = os.path.realpath(file)
    found = (item.path for item in originals(paths) if isinstance(item, Original))
    return any(path and os.path.realpath(path) == real for path in found)


def originals(paths: Sequence[str]) -> Iterator[Original | Unread]:
    """What the user named, files in folders in the order of their names; hidden ones and links are passed over.

    Raises UserError as `refuse_sources` does.
    """
    refuse_sources(paths)
    for named in paths:
        if is_address(named):
            yield Original(named, None)
        elif (path := _standing(named)).is_dir():
            yield from _inside(path)
        else:
            yield _original(named, path)


def _standing(named: str) -> Path:
    # Unlike Path.expanduser and Path.exists these two raise nothing for the home of nobody, a closed folder or a NUL.
    path = os.path.expanduser(named)
    if not os.path.exists(path):
        raise UserError(f"{named} is not there: name a file or a folder that can be read.")
    return Path(path)


def _inside(folder: Path) -> Iterator[Original | Unread]:
    closed = list[Unread]()
    for count, path in enumerate(_files(folder, closed), 1):
        if count > MOST:
            yield Unread(_shown(folder), f"It holds more than {MOST} files; the others were not looked at.")
            break
        yield _original(str(path), path)
    yield from closed


def _files(folder: Path, closed: list[Unread]) -> Iterator[Path]:
    """All files that count; folders that cannot be looked into are appended to `closed`."""
    for top, names, files in os.walk(folder, onerror=lambda error: closed.append(_closed(error.filename, error))):
        names[:] = sorted(name for name in names if name not in _SKIPPED and not name.startswith("."))
        paths = (Path(top) / name for name in sorted(files) if not name.startswith("."))
        yield from (path for path in paths if not os.path.islink(path))


def _original(named: str, path: Path) -> Original | Unread:
    address = _shown(named)
    try:
        seen = path.stat()
    except OSError as error:
        return _closed(named, error)
    if address != named and os.path.lexists(address):
        return Unread(address, "Its name is not in UTF-8, and another file is called as it is shown: rename it.")
    if not stat.S_ISREG(seen.st_mode):
        return Unread(address, "It is no file.")
    if seen.st_size > LARGEST:
        return Unread(address, f"It is larger than {LARGEST // 1024 // 1024} MiB.")
    return Original(address, path, seen.st_mtime_ns, seen.st_size)


def _closed(named: str, error: OSError) -> Unread:
    return Unread(_shown(named), f"It cannot be read ({error.strerror}).")


def _shown(named: str | Path) -> str:
    """The name as text: bytes that are not UTF-8 as escapes, `\\xff`."""
    return os.fsencode(named).decode("utf-8", "backslashreplace")
