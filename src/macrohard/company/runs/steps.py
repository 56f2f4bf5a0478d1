"""The steps of a durable run: the journal keeps their results, the folder says where the run is."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from macrohard.company.runs.durable import from_json, to_json
from macrohard.company.runs.folder import RunFolder
from macrohard.company.runs.journal import Journal
from macrohard.company.runs.records import Position
from macrohard.errors import RunCancelled

T = TypeVar("T")


class DurableSteps:
    """The `Steps` of a run in its folder. It belongs to the thread that made it."""

    def __init__(self, folder: RunFolder, journal: Journal) -> None:
        self._folder = folder
        self._journal = journal
        self._thread = threading.get_ident()
        self._names: set[str] = set()
        self._within = ""
        self._failure: BaseException | None = None

    @property
    def run_id(self) -> str:
        """The run that the steps belong to."""
        return self._folder.run_id

    def step(self, name: str, kind: type[T], action: Callable[[], T]) -> T:
        """As `Steps.step` says."""
        self._check(name)
        self._names.add(name)
        self._within = name
        try:
            return self._step(name, kind, action)
        except BaseException as failure:
            self._failure = failure
            raise
        finally:
            self._within = ""

    def _step(self, name: str, kind: type[T], action: Callable[[], T]) -> T:
        if self._folder.cancelled:
            raise RunCancelled(f"Run {self.run_id} was cancelled.")
        self._folder.move(Position(updated=datetime.now(UTC), step=name))

        def act() -> Any:
            text = to_json(kind, action())
            # A result that cannot be read back must not be kept, or the run could never go on.
            from_json(kind, text)
            return json.loads(text)

        return from_json(kind, json.dumps(self._journal.step(name, act)))

    def _check(self, name: str) -> None:
        """Refuse what would make a resumed run differ from an undisturbed one."""
        if threading.get_ident() != self._thread:
            raise RuntimeError(f"step {name!r} is taken in another thread than its run")
        if self._within:
            raise RuntimeError(f"step {name!r} is taken inside step {self._within!r}")
        if self._failure is not None:
            raise RuntimeError(f"step {name!r} is taken after a step has failed") from self._failure
        if name in self._names:
            raise ValueError(f"a run has two steps with the name {name!r}")
