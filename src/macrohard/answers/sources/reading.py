"""Reading a file or a web address: its bytes, their kind, and the text that they hold."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from macrohard.answers.sources.decoding import decoded
from macrohard.answers.sources.document import Document, Mark, Media
from macrohard.answers.sources.finding import Original
from macrohard.answers.sources.foreign import read_foreign
from macrohard.answers.sources.records import read_json
from macrohard.answers.sources.tables import read_table
from macrohard.answers.sources.web import LARGEST, Web
from macrohard.errors import UserError
from macrohard.sandbox import Sandbox, open_sandbox

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
        text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")  # of the same length, so that the marks hold
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
