"""Reading what the user names: files, folders of them, and web addresses."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from macrohard.answers.sources.decoding import decoded
from macrohard.answers.sources.document import Document, Mark, Media, Unread
from macrohard.answers.sources.foreign import read_foreign
from macrohard.answers.sources.records import read_json
from macrohard.answers.sources.tables import read_table
from macrohard.answers.sources.web import LARGEST, Web, is_address
from macrohard.errors import UserError
from macrohard.sandbox import Sandbox, open_sandbox

MOST = 20_000
"""Files of one folder."""
_MEDIA = {
    ".txt": Media.TEXT, ".text": Media.TEXT, ".log": Media.TEXT, ".rst": Media.TEXT, ".tex": Media.TEXT,
    ".md": Media.MARKDOWN, ".markdown": Media.MARKDOWN,
    ".html": Media.HTML, ".htm": Media.HTML, ".xhtml": Media.HTML, ".pdf": Media.PDF,
    ".csv": Media.TABLE, ".tsv": Media.TABLE, ".tab": Media.TABLE, ".json": Media.JSON,
    ".py": Media.CODE, ".js": Media.CODE, ".ts": Media.CODE, ".c": Media.CODE, ".h": Media.CODE, ".cpp": Media.CODE,
    ".rs": Media.CODE, ".go": Media.CODE, ".java": Media.CODE, ".rb": Media.CODE, ".sh": Media.CODE, ".toml": Media.CODE,
    ".yaml": Media.CODE, ".yml": Media.CODE, ".ini": Media.CODE, ".cfg": Media.CODE, ".sql": Media.CODE,
}  # fmt: skip
_KINDS = {
    "text/html": Media.HTML, "application/xhtml+xml": Media.HTML, "application/pdf": Media.PDF, "text/csv": Media.TABLE,
    "text/tab-separated-values": Media.TABLE, "application/json": Media.JSON, "text/markdown": Media.MARKDOWN,
}  # fmt: skip
"""Media types of the web; others are told by name and first bytes, as files are."""
_OFFICE = {".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".doc", ".xls", ".ppt", ".epub"}
_SKIPPED = {".git", ".hg", ".svn", "__pycache__", "node_modules", ".venv", "venv"}


@dataclass(frozen=True, slots=True)
class Original:
    """A file or a web address before it is read."""

    address: str
    path: Path | None
    """None for a web address."""
    changed_ns: int = 0
    size: int = 0
    """Both 0 for a web address, which is fetched once and then kept."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns the bytes of a source into a document."""

    sandbox: Callable[[], Sandbox]
    """Opened when a format needs it."""
    web: Web

    def read(self, original: Original) -> Document:
        """Read a file whole, at one moment, or fetch an address. Raises UserError, a sentence about it, when that cannot be."""
        if original.path is None:
            found = self.web.fetch(original.address)
            media = _KINDS.get(found.kind) or media_of(urlsplit(found.address).path, found.data)
            return self.document(original.address, found.data, found.at, media)
        data, changed = _bytes(original.path)
        return self.document(original.address, data, changed)

    def document(self, address: str, data: bytes, changed: float, media: Media | None = None) -> Document:
        """The document that these bytes are; its kind is told by the name where `media` does not say it."""
        kind = media or media_of(address, data)
        text, marks = self._text(address, data, kind)
        text = text.encode("utf-8", "replace").decode()  # half a character, which JSON can name, is none
        dated = datetime.fromtimestamp(changed, UTC).isoformat(timespec="seconds")
        return Document(address, kind, hashlib.sha256(data).hexdigest(), dated, text, marks)

    def _text(self, address: str, data: bytes, media: Media) -> tuple[str, tuple[Mark, ...]]:
        if media in {Media.PDF, Media.HTML}:
            return read_foreign(data, media, self.sandbox())
        text = decoded(data)
        if media is Media.TABLE:
            return read_table(text, tabs=Path(address).suffix.lower() in {".tsv", ".tab"})
        return read_json(text) if media is Media.JSON else (text, ())


def text_at(address: str, web: Web, sandbox: Callable[[], Sandbox] = open_sandbox) -> str:
    """The text of a web page. Raises UserError when it cannot be had or read."""
    try:
        return Reader(sandbox, web).read(Original(address, None)).text
    except UserError as error:
        raise UserError(f"{address}: {error}") from error


def media_of(address: str, data: bytes) -> Media:
    """The kind of a source, by its first bytes and by its name. Raises UserError for one that cannot be read."""
    suffix = Path(address).suffix.lower()
    if data.startswith(b"%PDF-"):
        return Media.PDF
    if suffix in _OFFICE or data.startswith(b"PK\x03\x04"):
        raise UserError("Office files and archives are not read: save it as PDF, HTML, CSV or text.")
    if suffix in _MEDIA:
        return _MEDIA[suffix]
    return Media.HTML if data[:512].lstrip().lower().startswith((b"<!doctype html", b"<html")) else Media.TEXT


def originals(paths: Sequence[str]) -> Iterator[Original | Unread]:
    """What the user named, files in folders in the order of their names; hidden ones and links are passed over.

    Raises UserError for a path that is not there.
    """
    for named in paths:
        if is_address(named):
            yield Original(named, None)
            continue
        path = Path(named).expanduser()
        if path.is_dir():
            yield from _inside(path)
        elif path.exists():
            yield _original(str(named), path)
        else:
            raise UserError(f"{named} is not there: name a file or a folder that can be read.")


def _inside(folder: Path) -> Iterator[Original | Unread]:
    count = 0
    for top, names, files in os.walk(folder):
        names[:] = sorted(name for name in names if name not in _SKIPPED and not name.startswith("."))
        for name in sorted(files):
            path = Path(top) / name
            if name.startswith(".") or path.is_symlink():
                continue
            count += 1
            if count > MOST:
                yield Unread(str(folder), f"It holds more than {MOST} files; the others were not looked at.")
                return
            yield _original(str(path), path)


def _original(address: str, path: Path) -> Original | Unread:
    try:
        seen = path.stat()
    except OSError as error:
        return Unread(address, f"It cannot be read ({error.strerror}).")
    if not stat.S_ISREG(seen.st_mode):
        return Unread(address, "It is no file.")
    if seen.st_size > LARGEST:
        return Unread(address, f"It is larger than {LARGEST // 1024 // 1024} MiB.")
    return Original(address, path, seen.st_mtime_ns, seen.st_size)


def _bytes(path: Path) -> tuple[bytes, float]:
    """All bytes, and when they were changed last. Raises UserError when the file changes meanwhile."""
    try:
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            data = file.read(LARGEST + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        raise UserError(f"It cannot be read ({error.strerror}).") from error
    if len(data) > LARGEST:
        raise UserError(f"It is larger than {LARGEST // 1024 // 1024} MiB.")
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, len(data)):
        raise UserError("It was changed while it was read: try again when it stands still.")
    return data, after.st_mtime
