"""What the jury measured of tasks, kept on this machine, so that a run that was stopped goes on where it was.

A task is measured anew when anything changes that it depends on: its replies and verdicts, its stub, any line of the rooms that
the jury works with, or of the modules here that call it.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import macrohard
from macrohard.paths import cache_dir

ROOMS = ("company", "models", "sandbox", "truth")
MODULES = ("examples.py", "replay.py")
Rows = list[dict[str, Any]]


class Kept:
    """Lines in a file of the cache: key -> rows."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or cache_dir() / "examples.jsonl"
        self._lock = threading.Lock()
        lines = self._path.read_text(encoding="utf-8").splitlines() if self._path.is_file() else []
        self._known: dict[str, Rows] = {line["key"]: line["rows"] for line in map(_read, lines) if line}

    def get(self, about: object, measure: Callable[[], Rows]) -> Rows:
        """The rows about something that can be written as JSON, measured only where they are not known."""
        key = hashlib.sha256(json.dumps([self._code, about], sort_keys=True).encode()).hexdigest()
        if key not in self._known:
            rows = measure()
            with self._lock, self._path.open("a", encoding="utf-8") as file:
                file.write("\n" + json.dumps({"key": key, "rows": rows}) + "\n")
            self._known[key] = rows
        return self._known[key]

    @cached_property
    def _code(self) -> str:
        """sha256 of their source."""
        found, package = hashlib.sha256(), Path(macrohard.__file__).parent
        rooms = sorted(path for room in ROOMS for path in (package / room).rglob("*.py"))
        for path in [*rooms, *(Path(__file__).with_name(name) for name in MODULES)]:
            found.update(path.read_bytes())
        return found.hexdigest()


def _read(line: str) -> dict[str, Any] | None:
    """None for what a run that was killed left of a line."""
    try:
        return dict(json.loads(line))
    except ValueError:
        return None
