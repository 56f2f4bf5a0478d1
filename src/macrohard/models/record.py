"""The record of every call: what was asked, what was answered, when, by whom, at which cost.

Texts are stored once under their sha256; a question is known by the sha256 of its canonical JSON. A run that goes on
after it was killed finds here what had been answered, and asks only for the rest.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from macrohard.errors import MacrohardError, UserError
from macrohard.models.lock import locked
from macrohard.models.parallel import each
from macrohard.models.prices import price
from macrohard.models.question import Answer, Model, Question, Reply

FORMAT = 1
"""`PRAGMA user_version` of the database."""
_TABLES = """
CREATE TABLE IF NOT EXISTS texts (sha256 TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS calls (
    run TEXT NOT NULL,
    key TEXT NOT NULL,
    model TEXT NOT NULL,
    digest TEXT NOT NULL,
    purpose TEXT NOT NULL,
    question TEXT NOT NULL,
    replies TEXT NOT NULL,
    started REAL NOT NULL,
    seconds REAL NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    usd REAL,
    PRIMARY KEY (run, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS failures (
    run TEXT NOT NULL,
    model TEXT NOT NULL,
    purpose TEXT NOT NULL,
    started REAL NOT NULL,
    seconds REAL NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    usd REAL
);
"""


@dataclass(frozen=True, slots=True)
class Totals:
    """What a run has used so far, calls that were paid for in vain included."""

    calls: int
    """Those that were answered."""
    prompt_tokens: int
    completion_tokens: int
    seconds: float
    """Wall time in which at least one call was being answered."""
    usd: float | None
    """None when the price of any call is unknown."""


class Recorder:
    """The record of one run in a SQLite file that several runs and processes may share. Safe for threads."""

    def __init__(self, path: Path, run: str) -> None:
        """Open or make the file at `path`. Raises UserError when it cannot be used or is of a newer version."""
        self._path = path
        self.run = run
        with _told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            # SQLite does not wait for its turn when two processes switch a new file to WAL at once.
            with locked(path.with_name(f"{path.name}.lock")), self._connected() as database:
                found = database.execute("PRAGMA user_version").fetchone()[0]
                if found > FORMAT:
                    raise UserError(f"{path} was written by a newer Macrohard: update Macrohard to go on with it")
                database.execute("PRAGMA journal_mode=WAL")
                database.executescript(_TABLES)
                database.execute(f"PRAGMA user_version={FORMAT}")

    def wrap(self, model: Model) -> Model:
        """The model with this record before it: what the run has been answered is not asked again."""
        return _Recorded(model, self)

    def find(self, model: Model, question: Question) -> Answer | None:
        """What this run was answered before."""
        with _told(self._path), self._connected() as database:
            query = "SELECT replies, prompt_tokens, seconds FROM calls WHERE run = ? AND key = ?"
            row = database.execute(query, (self.run, key(model.digest, question))).fetchone()
            if row is None:
                return None
            replies = tuple(_reply(database, entry) for entry in json.loads(row[0]))
        return Answer(replies, row[1], row[2], recorded=True)

    def keep(self, model: Model, question: Question, answer: Answer, started: float) -> None:
        """Write down an answer; `started` in seconds since 1970."""
        drawn = sum(reply.completion_tokens for reply in answer.replies)
        texts = [message.content for message in question.messages] + [reply.text for reply in answer.replies]
        row = (
            self.run,
            key(model.digest, question),
            model.name,
            model.digest,
            question.purpose,
            json.dumps(_described(question)),
            json.dumps([{**asdict(reply), "text": _sha256(reply.text)} for reply in answer.replies]),
            started,
            answer.seconds,
            answer.prompt_tokens,
            drawn,
            price(model.name, answer.prompt_tokens, drawn),
        )
        with _told(self._path), self._connected() as database:
            rows = [(_sha256(text), text.encode(errors="replace").decode()) for text in texts]
            database.executemany("INSERT OR IGNORE INTO texts VALUES (?, ?)", rows)
            database.execute("INSERT OR IGNORE INTO calls VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", row)

    def keep_failure(self, model: Model, question: Question, spent: tuple[int, int], started: float) -> None:
        """Write down the prompt and completion tokens of a call that was paid for in vain."""
        seconds = max(0.0, time.time() - started)
        row = (self.run, model.name, question.purpose, started, seconds, *spent, price(model.name, *spent))
        with _told(self._path), self._connected() as database:
            database.execute("INSERT INTO failures VALUES (?,?,?,?,?,?,?,?)", row)

    def totals(self) -> Totals:
        """What the run has used, from its first call to its last, in whatever process."""
        query = "SELECT started, seconds, prompt_tokens, completion_tokens, usd FROM {} WHERE run = ?"
        with _told(self._path), self._connected() as database:
            answered = database.execute(query.format("calls"), (self.run,)).fetchall()
            failed = database.execute(query.format("failures"), (self.run,)).fetchall()
        rows = answered + failed
        prices = [row[4] for row in rows]
        return Totals(
            calls=len(answered),
            prompt_tokens=sum(row[2] for row in rows),
            completion_tokens=sum(row[3] for row in rows),
            seconds=union((row[0], row[0] + row[1]) for row in rows),
            usd=None if None in prices else float(sum(prices)),
        )

    @contextlib.contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """A connection for one transaction; it is closed at once, so threads and forks share nothing."""
        database = sqlite3.connect(self._path, timeout=60.0)
        try:
            with database:
                yield database
        finally:
            database.close()


class _Recorded:
    """A model with a record before it."""

    def __init__(self, model: Model, record: Recorder) -> None:
        self.name = model.name
        self.digest = model.digest
        self._model = model
        self._record = record

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """Ask for each that is not recorded on its own, so that it is written down as soon as it is answered."""
        return each(self._one, questions)

    def _one(self, question: Question) -> Answer:
        found = self._record.find(self, question)
        if found is not None:
            return found
        asked = time.time()
        try:
            answer = self._model.answer([question])[0]
        except MacrohardError as problem:
            if problem.spent and any(problem.spent):
                self._record.keep_failure(self, question, problem.spent, asked)
            raise
        # It may have waited for room in the budget first, while nobody answered.
        self._record.keep(self, question, answer, max(asked, time.time() - answer.seconds))
        return answer


def key(digest: str, question: Question) -> str:
    """The sha256 that a question to the mind with this digest is known by."""
    described = {"digest": digest, **_described(question)}
    return _sha256(json.dumps(described, sort_keys=True, separators=(",", ":"), ensure_ascii=True))


def union(intervals: Iterator[tuple[float, float]] | Sequence[tuple[float, float]]) -> float:
    """The length of the union of intervals (start, end)."""
    total, reached = 0.0, float("-inf")
    for start, end in sorted(intervals):
        total += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return total


def _described(question: Question) -> dict[str, Any]:
    messages = [[message.role, _sha256(message.content)] for message in question.messages]
    schema = None if question.schema is None else dict(question.schema)
    sampling = asdict(question.sampling)
    return {"messages": messages, "sampling": sampling, "schema": schema, "purpose": question.purpose}


def _reply(database: sqlite3.Connection, entry: dict[str, Any]) -> Reply:
    row = database.execute("SELECT text FROM texts WHERE sha256 = ?", (entry["text"],)).fetchone()
    return Reply(**{**entry, "text": row[0], "embedding": tuple(entry.get("embedding", ()))})


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell problems with the file as sentences."""
    try:
        yield
    except sqlite3.DatabaseError as problem:
        if "full" in str(problem):
            raise UserError(f"The disk is full: free some space for {path.parent} and go on") from problem
        raise UserError(f"The record of calls {path} cannot be used ({problem}): move it away or mend it") from problem
    except OSError as problem:
        raise UserError(f"The record of calls {path} cannot be made: {problem.strerror}") from problem
