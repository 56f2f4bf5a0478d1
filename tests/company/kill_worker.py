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
from datetime import datetime, tzinfo
from itertools import count
from pathlib import Path
from typing import TypeVar

import pytest

from macrohard.company import desk
from macrohard.company.runs.journal import Journal
from macrohard.company.runs.steps import DurableSteps
from macrohard.models import Question, ScriptedModel
from macrohard.models.scripted import Occasion

from .killables import KILLABLE, Killable
from .works import hurry

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
    """'before' the step, 'during' it (all is done but nothing is kept), 'after' it, or at the 'finish' of the run; or
    in the middle of a 'call' of the model, `step` being the number of calls that are let through."""

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
        then once more in peace. A command that has finished is not given again."""
        killed = 0
        for place in places:
            if not self._finished():
                killed += _wait(self._fork(place)) != 0
        for seconds in kills:
            if not self._finished():
                process = self._fork(None)
                time.sleep(seconds)
                os.kill(process, signal.SIGKILL)
                killed += _wait(process) != 0
        if not self._finished():
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
        home = self.folder / "home"
        home.mkdir(parents=True, exist_ok=True)
        if not (home / "cache").is_symlink():
            # What can be made again is shared, as it is on a machine of a user: a run costs a third less.
            shared = self.folder.parent / "cache"
            shared.mkdir(exist_ok=True)
            (home / "cache").symlink_to(shared)
        os.environ["MACROHARD_HOME"] = str(self.folder / "home")
        _watch(self.folder, place)
        self.killable.give(self.folder)

    def _finished(self) -> bool:
        return bool(list((self.folder / "home").glob("state/runs/*/report.json")))

    def _outcome(self, scenario: str, killed: int) -> Outcome:
        out = self.folder / "out"
        # The index of git holds the times and places of files on the disk.
        files = [path for path in sorted(out.rglob("*")) if path.is_file() and path.name != "index"]
        delivered = {str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
        calls, steps = self.killable.calls(self.folder), (self.folder / "steps").read_text().splitlines()
        return Outcome(scenario, self.worker, killed, self._finished(), delivered, calls, steps)


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
    begun = time.monotonic()
    undisturbed = stage.play("undisturbed", ())
    seconds = time.monotonic() - begun
    yield undisturbed
    places = list(every_place(len(undisturbed.steps)))
    if stage.worker == 0:
        yield stage.play("everywhere", places)
    if stage.killable.each:
        if stage.worker == 0:
            yield stage.play("calls", [Place(number, "call") for number in range(len(undisturbed.calls))])
        for place in singly(places)[stage.worker :: workers]:
            yield stage.play(str(place), (place,))
    if stage.worker == workers - 1:
        chance = random.Random(stage.worker)
        # Not to the end of the time, so that a machine that has become faster is still killed.
        yield stage.play("chance", (), [seconds * chance.uniform(0.05, 0.6) for _ in range(8)])


def every_place(count: int) -> Iterator[Place]:
    """Every boundary of the steps, and every middle."""
    for step in range(count):
        yield Place(step, "before")
        yield Place(step, "during")
    yield Place(count - 1, "after")
    yield Place(count, "finish")


def singly(places: Sequence[Place]) -> list[Place]:
    """Where a run of its own is killed: the last two places, and every third of the others. All are in the run that is killed everywhere."""
    return [*places[:-2:3], *places[-2:]]


def _watch(folder: Path, place: Place | None) -> None:
    """Log each action and kill at the place, by wrapping from outside: the product has no hook for it."""
    step, finish, said, taken, asked = DurableSteps.step, Journal.finish, ScriptedModel._said, count(), count()

    def watched_step(self: DurableSteps, name: str, kind: type[T], action: Callable[[], T]) -> T:
        here = next(taken)

        def act() -> T:
            with (folder / "steps").open("a") as log:
                log.write(name + "\n")
            value = action()
            _kill_if(place == Place(here, "during"))
            return value

        _kill_if(place == Place(here, "before"))
        value = step(self, name, kind, act)
        _kill_if(place == Place(here, "after"))
        return value

    def watched_finish(self: Journal) -> None:
        _kill_if(place is not None and place.moment == "finish")
        finish(self)

    def watched_said(self: ScriptedModel, question: Question, occasion: int) -> Occasion:
        _kill_if(place == Place(next(asked), "call"))
        return said(self, question, occasion)

    DurableSteps.step = watched_step  # type: ignore[method-assign]
    Journal.finish = watched_finish  # type: ignore[method-assign]
    ScriptedModel._said = watched_said  # type: ignore[method-assign]
    # What is delivered holds the time of the order.
    desk.datetime = Noon  # type: ignore[attr-defined]


class Noon(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Noon:
        """Always the same."""
        return cls(2030, 1, 1, 12, tzinfo=tz)


def _kill_if(now: bool) -> None:
    if now:
        os.kill(os.getpid(), signal.SIGKILL)


def _wait(process: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


if __name__ == "__main__":
    main()
