"""Kills runs on purpose, each in a forked process, resumes them, and says as JSON what came of it.

usage: kill_worker.py FOLDER WORKER WORKERS

Everything is loaded once and each process is forked from here, because loading takes longer than a whole run.
The scenarios are dealt out over so many workers; this is one of them, counted from 0.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

import pytest

from macrohard.company import _steps
from macrohard.company._journal import Journal

from .works import KILLABLE, Killable, hurry  # loads DBOS before the forks

T = TypeVar("T")


@dataclass(frozen=True)
class Outcome:
    """What a scenario left."""

    scenario: str
    worker: int
    killed: int
    """How many processes were killed."""
    finished: bool
    delivered: dict[str, str]
    """Path -> SHA-256 of every delivered file."""
    calls: list[str]
    """The model calls that were made, in order, by whichever process."""
    steps: list[str]
    """The steps whose actions were begun, in order, by whichever process."""


@dataclass(frozen=True)
class Place:
    """Where a process kills itself."""

    step: int
    moment: str
    """'before' the step, 'during' it (all is done but nothing is kept), 'after' it, or at the 'finish' of the run."""

    def __str__(self) -> str:
        return f"{self.moment} {self.step}"


@dataclass(frozen=True)
class Stage:
    """Where all scenarios of a worker play, one after the other, so that paths in what they deliver are the same."""

    folder: Path
    killable: Killable
    worker: int

    def play(self, scenario: str, places: Sequence[Place], kills: Iterable[float] = ()) -> Outcome:
        """Give the command once for each place, killed there, and for each number, killed after so many seconds;
        then once more in peace. `finish` is the last place, after which there is nothing left to do."""
        killed = sum(_wait(self._fork(place)) == -signal.SIGKILL for place in places)
        for seconds in kills:
            if self._report():
                break
            process = self._fork(None)
            time.sleep(seconds)
            os.kill(process, signal.SIGKILL)
            killed += _wait(process) != 0
        if not self._report():
            _wait(self._fork(None))
        outcome = self._outcome(scenario, killed)
        self.folder.rename(self.folder.with_name(f"{self.folder.name} {scenario}"))
        return outcome

    def _fork(self, place: Place | None) -> int:
        """A process that gives the command, and kills itself at the place."""
        process = os.fork()
        if process == 0:
            status = 1
            try:
                self._give_command(place)
                status = 0
            finally:
                if status:
                    traceback.print_exc()
                os._exit(status)
        return process

    def _give_command(self, place: Place | None) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        os.environ["MACROHARD_HOME"] = str(self.folder / "home")
        _watch(self.folder, place)
        self.killable.give(self.folder / "out", self.folder / "calls")

    def _report(self) -> bool:
        return bool(list((self.folder / "home").glob("state/runs/*/report.json")))

    def _outcome(self, scenario: str, killed: int) -> Outcome:
        out = self.folder / "out"
        files = [path for path in sorted(out.rglob("*")) if path.is_file()]
        delivered = {str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
        calls, steps = _lines(self.folder / "calls"), _lines(self.folder / "steps")
        return Outcome(scenario, self.worker, killed, self._report(), delivered, calls, steps)


def main() -> None:
    """Do this worker's share of the scenarios."""
    hurry(pytest.MonkeyPatch())
    folder, worker, workers = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    for killable in KILLABLE:
        stage = Stage(folder / f"{killable.name}-{worker}", killable, worker)
        outcomes = list(_scenarios(stage, workers))
        print(json.dumps({"work": killable.name, "outcomes": [asdict(outcome) for outcome in outcomes]}), flush=True)


def _scenarios(stage: Stage, workers: int) -> Iterator[Outcome]:
    """An undisturbed run, then this worker's share of what can happen to one."""
    undisturbed = stage.play("undisturbed", ())
    yield undisturbed
    places = list(_places(len(undisturbed.steps)))
    if stage.worker == 0:
        yield stage.play("everywhere", places)
    if stage.killable.quick:
        for place in places[stage.worker :: workers]:
            yield stage.play(str(place), (place,))
    if stage.worker == workers - 1 or stage.killable.quick:
        chance = random.Random(stage.worker)
        longest = stage.killable.seconds
        yield stage.play("chance", (), (chance.uniform(longest / 10, longest) for _ in range(12)))


def _places(count: int) -> Iterator[Place]:
    """Every boundary of the steps, and every middle."""
    for step in range(count):
        yield Place(step, "before")
        yield Place(step, "during")
    yield Place(count - 1, "after")
    yield Place(count, "finish")


def _watch(folder: Path, place: Place | None) -> None:
    """Log each action, and kill at the place, by wrapping the steps from outside: the product has no hook for it."""
    step = _steps.DurableSteps.step
    taken = 0

    def watched(self: _steps.DurableSteps, name: str, kind: type[T], action: Callable[[], T]) -> T:
        nonlocal taken
        here, taken = taken, taken + 1

        def act() -> T:
            _append(folder / "steps", name)
            value = action()
            _kill_if(place == Place(here, "during"))
            return value

        _kill_if(place == Place(here, "before"))
        value = step(self, name, kind, act)
        _kill_if(place == Place(here, "after"))
        return value

    def finish(self: Journal) -> None:
        _kill_if(place is not None and place.moment == "finish")
        original_finish(self)

    original_finish = Journal.finish
    _steps.DurableSteps.step = watched  # type: ignore[method-assign]
    Journal.finish = finish  # type: ignore[method-assign]


def _kill_if(now: bool) -> None:
    if now:
        os.kill(os.getpid(), signal.SIGKILL)


def _wait(process: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def _append(path: Path, line: str) -> None:
    with path.open("a") as file:
        file.write(line + "\n")


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


if __name__ == "__main__":
    main()
