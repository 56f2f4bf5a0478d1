"""The ledger: what happened, append-only, each record bound to the one before by its hash.

Bodies and other large content are stored once under their hash. The same code runs on SQLite and PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from macrohard.errors import UserError
from macrohard.truth import standalone
from macrohard.truth.check import Record as Stored
from macrohard.truth.database import connect, reading, writing
from macrohard.truth.migrations import contents, migrate, records


class Record(Stored):
    """One record of a ledger."""

    number: int
    """1 for the first; no number is left out."""
    kind: str
    subject: str
    body: dict[str, Any]
    previous: str
    """The hash of the record before; 64 zeros for the first."""
    hash: str
    """The sha256 of the canonical JSON of all other members."""

    def line(self) -> str:
        """Return the record as a line of a JSONL file, without the newline."""
        return standalone.canonical(self.model_dump()).decode("utf-8")


class Broken(Stored):
    """One place where a ledger is not what was once written."""

    number: int
    """Of the record."""
    reason: str
    """As a sentence."""


class Ledger:
    """An append-only ledger in a database. Any number of processes may append to it at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url_or_path: str | Path) -> Ledger:
        """Open the ledger in a SQLite file, made if it is not there, or at a `postgresql://` URL.

        Raises UserError when it cannot be used or was written by a newer Macrohard.
        """
        engine = connect(url_or_path)
        with writing(engine) as connection:
            migrate(connection)
        return cls(engine)

    def append(self, kind: str, subject: str, body: Mapping[str, Any]) -> Record:
        """Append a record and return it once it is on disk.

        Raises ValueError when `body` cannot be told in canonical JSON, UserError when the database refuses.
        """
        text = standalone.canonical(dict(body))
        plain = standalone.parse(text)
        with writing(self._engine) as connection:
            number, previous = _head(connection)
            digest = _store(connection, text)
            record = Record(**standalone.sealed_record(number + 1, kind, subject, plain, previous))
            row = {**record.model_dump(exclude={"body"}), "body_sha256": digest}
            connection.execute(insert(records).values(row))
        return record

    def store(self, content: bytes) -> str:
        """Store content once and return its sha256, to be named in bodies instead of the content."""
        with writing(self._engine) as connection:
            return _store(connection, content)

    def content(self, digest: str) -> bytes:
        """Return stored content; raises UserError when it is missing or no longer has this sha256."""
        with reading(self._engine) as connection:
            data = connection.scalar(select(contents.c.data).where(contents.c.sha256 == digest))
        if data is None or standalone.sha256(data) != digest:
            raise UserError(f"The ledger does not hold the content {digest}; restore it from a backup.")
        return bytes(data)

    def records(self, subject: str | None = None) -> list[Record]:
        """Return the records about one subject, or all, in order; raises UserError when a body cannot be read."""
        found = []
        for row, data in list(self._rows(subject)):
            body = _body(row["body_sha256"], data)
            if body is None:
                raise UserError(f"Record {row['number']} of the ledger was changed; restore it from a backup.")
            found.append(Record(body=body, **{key: row[key] for key in row if key != "body_sha256"}))
        return found

    def verify(self) -> list[Broken]:
        """Return every place where the ledger is not what was once written; an empty list when it is whole.

        Records removed from the end cannot be noticed from the ledger alone: keep the newest hash elsewhere.
        """
        found: list[Broken] = []
        number, previous = 0, standalone.ZERO
        for row, data in self._rows(None):
            reason = _broken(row, data, number, previous)
            if reason:
                found.append(Broken(number=row["number"], reason=reason))
            number, previous = row["number"], row["hash"]
        return found

    def export_jsonl(self, subject: str | None = None) -> list[str]:
        """Return the records about one subject, or all, as lines of a JSONL file, each with its newline."""
        return [record.line() + "\n" for record in self.records(subject)]

    def _rows(self, subject: str | None) -> Iterator[tuple[dict[str, Any], bytes | None]]:
        query = select(records, contents.c.data).outerjoin(contents, contents.c.sha256 == records.c.body_sha256)
        if subject is not None:
            query = query.where(records.c.subject == subject)
        with reading(self._engine) as connection:
            for found in connection.execute(query.order_by(records.c.number)).mappings():
                row = dict(found)
                yield row, row.pop("data")


def _head(connection: Connection) -> tuple[int, str]:
    """Return number and hash of the newest record."""
    query = select(records.c.number, records.c.hash).order_by(records.c.number.desc()).limit(1)
    newest = connection.execute(query).first()
    return (newest.number, newest.hash) if newest else (0, standalone.ZERO)


def _store(connection: Connection, content: bytes) -> str:
    digest = standalone.sha256(content)
    if connection.scalar(select(contents.c.sha256).where(contents.c.sha256 == digest)) is None:
        connection.execute(insert(contents).values(sha256=digest, data=content))
    return digest


def _body(digest: str, data: bytes | None) -> dict[str, Any] | None:
    """Return the body, or None when it is not what was stored."""
    if data is None or standalone.sha256(data) != digest:
        return None
    try:
        body = standalone.parse(data)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def _broken(row: Mapping[str, Any], data: bytes | None, number: int, previous: str) -> str:
    body = _body(row["body_sha256"], data)
    if body is None:
        return "Its body was changed or is missing."
    if row["number"] != number + 1:
        return "The record before it is missing."
    if row["previous"] != previous:
        return "It does not follow the record before it."
    right = standalone.sealed_record(row["number"], row["kind"], row["subject"], body, row["previous"])
    return "" if right["hash"] == row["hash"] else "It was changed."
