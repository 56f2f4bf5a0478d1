"""What was sampled, one line a task, so that rules of choice can be compared without asking the model again."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

STORE = Path(__file__).parent.parent / "results" / "samples"


def path_of(name: str) -> Path:
    """The file of a set."""
    return STORE / f"{name}.jsonl.gz"


def read(name: str) -> dict[str, dict[str, Any]]:
    """Task -> what was sampled for it; a line that was cut off by a kill is left out."""
    found: dict[str, dict[str, Any]] = {}
    if path_of(name).is_file():
        with gzip.open(path_of(name), "rt", encoding="utf-8") as file:
            try:
                for line in file:
                    row = json.loads(line)
                    found[row["id"]] = row
            except (EOFError, json.JSONDecodeError):
                pass
    return found


def append(name: str, row: dict[str, Any]) -> None:
    """Add a task; every line is a gzip member of its own, so that a kill loses one at most."""
    STORE.mkdir(parents=True, exist_ok=True)
    with path_of(name).open("ab") as file:
        file.write(gzip.compress((json.dumps(row, ensure_ascii=False) + "\n").encode(), mtime=0))


def compact(name: str) -> None:
    """Write the set anew as one gzip member, which is several times smaller."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in read(name).values())
    part = path_of(name).with_suffix(".part")
    part.write_bytes(gzip.compress(text.encode(), mtime=0))
    part.replace(path_of(name))
