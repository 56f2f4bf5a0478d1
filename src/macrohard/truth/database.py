"""Connections to the ledger's database: SQLite by default, PostgreSQL when its URL is given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

from macrohard.errors import UserError

LOCK = 0x6D616372
"""The key of the advisory lock on PostgreSQL that appends take one after the other ('macr')."""
WAIT_SECONDS = 30
"""How long an append waits for others on SQLite."""


def connect(url_or_path: str | Path) -> Engine:
    """Return an engine for a path (SQLite) or a URL (`sqlite:///…`, `postgresql://…`); nothing is opened yet.

    Connections live as long as one transaction, so that processes may fork and nothing is left open.

    Raises UserError for another kind of database or a folder that cannot be made.
    """
    url = _url(url_or_path)
    if url.get_backend_name() == "postgresql":
        return create_engine(url.set(drivername="postgresql+psycopg"), poolclass=NullPool)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise UserError("The ledger is a file for SQLite or a URL that begins with postgresql://; give one of these.")
    try:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(error.strerror or str(error)) from error
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": WAIT_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that no other writer of this ledger shares; it is committed unless something is raised.

    Raises UserError when the database cannot be used: unreachable, read-only, full, or not a database.
    """
    sqlite = engine.dialect.name == "sqlite"
    with _told(), engine.connect() as connection, connection.begin():
        lock = "BEGIN IMMEDIATE" if sqlite else f"SELECT pg_advisory_xact_lock({LOCK})"
        connection.execute(text(lock))
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a connection for reading; raises UserError like `writing`."""
    with _told(), engine.connect() as connection:
        yield connection


@contextmanager
def _told() -> Iterator[None]:
    """Turn trouble with the database into one sentence."""
    try:
        yield
    except DBAPIError as error:
        raise _unusable(str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else "no reason") from error


def _unusable(reason: str) -> UserError:
    return UserError(f"The ledger cannot be used ({reason.rstrip('.')}); mend that or name another ledger.")


def _url(url_or_path: str | Path) -> URL:
    if isinstance(url_or_path, Path) or "://" not in url_or_path:
        return URL.create("sqlite", database=str(url_or_path))
    try:
        url = make_url(url_or_path)
    except (ArgumentError, ValueError) as error:
        raise UserError("The URL of the ledger cannot be read; write it as postgresql://USER@HOST/DATABASE.") from error
    return url.set(drivername="postgresql") if url.drivername == "postgres" else url


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Leave transactions to `writing`, and let readers and a writer work at the same time."""
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
