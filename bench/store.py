"""What was sampled, one line a task, so that rules of choice can be compared without asking the model again."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

STORE = Path(__file__).parent / "results" / "samples"


def path_of(name: str) -> Path:
    """The file of a set."""
    return STORE / f"{name}.jsonl.gz"


def read(name: str) -> dict[str, dict[str, Any]]:
    """Task -> what was sampled for it."""
    found: dict[str, dict[str, Any]] = {}
    if path_of(name).is_file():
        with gzip.open(path_of(name), "rt", encoding="utf-8") as file:
            rows = map(json.loads, file)
            found = {row["id"]: row for row in rows}
    return found


def append(name: str, row: dict[str, Any]) -> None:
    """Add a task. The line is a gzip member of its own, put beside the file first, so that a kill loses one at most."""
    STORE.mkdir(parents=True, exist_ok=True)
    member = gzip.compress((json.dumps(row, ensure_ascii=False) + "\n").encode(), mtime=0)
    old = path_of(name).read_bytes() if path_of(name).is_file() else b""
    _put(name, old + member)


def compact(name: str) -> None:
    """Write the set anew as one gzip member, which is several times smaller."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in read(name).values())
    _put(name, gzip.compress(text.encode(), mtime=0))


def digest_of(*names: str) -> str:
    """sha256 of what some sets hold, however it is packed."""
    rows = [read(name) for name in names]
    return f"sha256:{hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()}"


def _put(name: str, content: bytes) -> None:
    part = path_of(name).with_suffix(".part")
    part.write_bytes(content)
    part.replace(path_of(name))
