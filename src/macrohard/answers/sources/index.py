"""The index of sources: what was read is kept, what changed is read again, and passages are found by their words.

One SQLite file for each set of sources, in the cache: it can be made again at any time. Searching is SQLite's FTS5 with
BM25 (https://sqlite.org/fts5.html#the_bm25_function), English stems of Porter, without diacritics.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from macrohard.answers.sources.document import Document, Mark, Media, Unread
from macrohard.answers.sources.finding import Original, originals, refuse_sources
from macrohard.answers.sources.passages import Passage, passages
from macrohard.answers.sources.reading import Reader
from macrohard.answers.sources.web import Web, is_address
from macrohard.errors import UserError
from macrohard.paths import cache_dir
from macrohard.sandbox import Sandbox, open_sandbox

_VERSION = 1
_WEB = Web()
_TABLES = """
create table documents (id integer primary key, address text unique, changed_ns integer, size integer, media text,
    sha256 text, dated text, text text, marks text);
create table passages (id integer primary key, document integer, start integer, "end" integer, sentences text);
create virtual table words using fts5(text, tokenize='porter unicode61 remove_diacritics 2');
"""
Progress = Callable[[str, int, int], None]
"""Called before each source is read, with its address, how many are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found."""

    document: Document
    passage: Passage
    score: float
    """BM25; more is better."""


class Index:
    """The passages of all sources, to be searched; made by `open_index`."""

    def __init__(self, database: sqlite3.Connection, unread: Sequence[Unread]) -> None:
        self._database = database
        self._documents: dict[int, Document] = {}
        self.unread = tuple(unread)
        """What could not be read."""

    def __len__(self) -> int:
        """How many passages it holds."""
        (count,) = self._database.execute("select count(*) from passages").fetchone()
        return int(count)

    @property
    def documents(self) -> list[Document]:
        """All that was read, in the order of their addresses."""
        rows = self._database.execute("select id from documents order by address").fetchall()
        return [self._document(number) for (number,) in rows]

    def search(self, words: Iterable[str], most: int) -> list[Hit]:
        """The passages that hold any of the words, the best first."""
        query = " OR ".join(f'"{word}"' for word in dict.fromkeys(map(_bare, words)) if word.isalnum())
        if not query:
            return []
        rows = self._database.execute(
            'select passages.document, start, "end", sentences, -bm25(words) from words join passages on passages.id = '
            "words.rowid where words match ? order by rank, passages.id limit ?",
            (query, most),
        ).fetchall()
        return [
            Hit(self._document(number), Passage(number, start, end, tuple(map(tuple, json.loads(spans)))), score)
            for number, start, end, spans, score in rows
        ]

    def _document(self, number: int) -> Document:
        if number not in self._documents:
            row = self._database.execute(
                "select address, media, sha256, dated, text, marks from documents where id = ?", (number,)
            ).fetchone()
            address, media, sha256, dated, text, marks = row
            placed = tuple(Mark(start, place) for start, place in json.loads(marks))
            self._documents[number] = Document(address, Media(media), sha256, dated, text, placed)
        return self._documents[number]


def _bare(word: str) -> str:
    """A word without marks above and below its letters, as the index holds it."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))


def open_index(
    paths: Sequence[str],
    sandbox: Callable[[], Sandbox] = open_sandbox,
    progress: Progress | None = None,
    web: Web = _WEB,
    again: bool = False,
) -> Index:
    """The index of these files, folders and web addresses, brought up to date: only what is new or changed is read, and an
    address is fetched once, or now where it shall be fetched `again`.

    Raises UserError for a path that is not there, and when nothing can be read at all.
    """
    refuse_sources(paths)
    database = _opened(paths)
    found = list(originals(paths))
    unread = [item for item in found if isinstance(item, Unread)]
    files = [item for item in found if isinstance(item, Original)]
    known = _known(database)
    fresh = [
        file
        for file in files
        if known.get(file.address) != (file.changed_ns, file.size) or (again and file.path is None)
    ]
    for address in known.keys() - {file.address for file in files}:
        _forget(database, address)
    unread += _update(database, fresh, Reader(sandbox, web), progress)
    if not database.execute("select 1 from documents limit 1").fetchone():
        why = f" {unread[0].address}: {unread[0].reason}" if unread else ""
        raise UserError(f"Nothing could be read in {', '.join(paths)}.{why}")
    return Index(database, unread)


def _opened(paths: Sequence[str]) -> sqlite3.Connection:
    places = {path if is_address(path) else os.path.realpath(os.path.expanduser(path)) for path in paths}
    named = json.dumps([_VERSION, *sorted(places), *paths])
    folder = cache_dir() / "sources"
    folder.mkdir(exist_ok=True)
    place = folder / f"{hashlib.sha256(named.encode()).hexdigest()[:32]}.sqlite"
    try:
        return _connected(place)
    except sqlite3.DatabaseError:
        place.unlink()
        return _connected(place)


def _connected(place: Path) -> sqlite3.Connection:
    """Raises DatabaseError for a file that is damaged; it can be made anew."""
    database = sqlite3.connect(place, timeout=60, isolation_level=None)
    database.execute("pragma journal_mode=wal")
    if not database.execute("select 1 from sqlite_master where name = 'documents'").fetchone():
        database.executescript(f"begin immediate; {_TABLES} commit;")
    return database


def _known(database: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    """Address -> when it was changed, and its size, of what was read before."""
    rows = database.execute("select address, changed_ns, size from documents").fetchall()
    return {address: (changed, size) for address, changed, size in rows}


def _update(
    database: sqlite3.Connection, fresh: Sequence[Original], reader: Reader, progress: Progress | None
) -> list[Unread]:
    """Read these and keep them; what cannot be read is forgotten and told."""
    unread = []
    for done, file in enumerate(fresh):
        if progress:
            progress(file.address, done, len(fresh))
        try:
            _keep(database, file, reader.read(file))
        except UserError as error:
            _forget(database, file.address)
            unread.append(Unread(file.address, str(error)))
    return unread


def _keep(database: sqlite3.Connection, file: Original, document: Document) -> None:
    database.execute("begin immediate")
    try:
        _remove(database, file.address)
        marks = json.dumps([[mark.start, mark.place] for mark in document.marks])
        number = database.execute(
            "insert into documents (address, changed_ns, size, media, sha256, dated, text, marks) values (?,?,?,?,?,?,?,?)",
            (file.address, file.changed_ns, file.size, document.media, document.sha256, document.dated, document.text, marks),
        ).lastrowid  # fmt: skip
        for passage in passages(document, number or 0):
            row = database.execute(
                'insert into passages (document, start, "end", sentences) values (?,?,?,?)',
                (number, passage.start, passage.end, json.dumps(passage.sentences)),
            ).lastrowid
            words = document.text[passage.start : passage.end]
            database.execute("insert into words (rowid, text) values (?,?)", (row, words))
        database.execute("commit")
    except BaseException:
        database.execute("rollback")
        raise


def _forget(database: sqlite3.Connection, address: str) -> None:
    database.execute("begin immediate")
    _remove(database, address)
    database.execute("commit")


def _remove(database: sqlite3.Connection, address: str) -> None:
    database.execute(
        "delete from words where rowid in (select passages.id from passages join documents on documents.id = document "
        "where address = ?)",
        (address,),
    )
    database.execute("delete from passages where document in (select id from documents where address = ?)", (address,))
    database.execute("delete from documents where address = ?", (address,))
