"""Kills runs on purpose, each in a forked process, resumes them, and says as JSON what came of it.

usage: kill_worker.py FOLDER SHARE OF

Everything is loaded once and each process is forked from here, because loading takes longer than a whole run.
Scenarios are dealt out over OF workers; this one takes those whose number leaves SHARE.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

import pytest

from macrohard.company import _steps
from macrohard.company._journal import Journal
from macrohard.company.order import Order
from macrohard.company.runs import start_run

from .works import KILLABLE, Killable, hurry  # loads DBOS before the forks

T = TypeVar("T")


@dataclass(frozen=True)
class Outcome:
    """What a scenario left."""

    scenario: str
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
    """'before' the step, 'during' it (all is done but nothing is kept), or 'after' it."""


def main() -> None:
    """Do this worker's share of the scenarios."""
    hurry(pytest.MonkeyPatch())
    folder, share, of = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    for killable in KILLABLE:
        outcomes = [undisturbed := _undisturbed(folder / f"{killable.name}-{share}-undisturbed", killable)]
        count = len(undisturbed.steps)
        places = [Place(step, moment) for step in range(count) for moment in ("before", "during")]
        places += [Place(count - 1, "after"), Place(count, "finish")]
        for number, place in enumerate(places):
            if number % of == share:
                outcomes.append(_killed_at(folder / f"{killable.name}-{number}", killable, place))
        outcomes.append(_killed_often(folder / f"{killable.name}-chaos-{share}", killable, seed=share))
        print(json.dumps({"work": killable.name, "outcomes": [asdict(outcome) for outcome in outcomes]}), flush=True)


def _undisturbed(folder: Path, killable: Killable) -> Outcome:
    assert _wait(_fork(folder, killable, None)) == 0
    return _outcome("undisturbed", folder, 0)


def _killed_at(folder: Path, killable: Killable, place: Place) -> Outcome:
    """Killed once at a place, then the same command again."""
    killed = _wait(_fork(folder, killable, place)) == -signal.SIGKILL
    if place.moment != "finish":
        assert not (folder / "report.json").exists()
        _wait(_fork(folder, killable, None))
    return _outcome(f"{place.moment} {place.step}", folder, int(killed))


def _killed_often(folder: Path, killable: Killable, seed: int) -> Outcome:
    """Killed at moments that nobody chose, until it is finished in spite of it."""
    chance = random.Random(seed)
    killed = 0
    for _ in range(12):
        process = _fork(folder, killable, None)
        time.sleep(chance.uniform(0.05, 0.35))
        os.kill(process, signal.SIGKILL)
        killed += _wait(process) != 0
        if (folder / "report.json").exists():
            break
    else:
        _wait(_fork(folder, killable, None))
    return _outcome(f"chaos {seed}", folder, killed)


def _fork(folder: Path, killable: Killable, place: Place | None) -> int:
    """A process that gives the command, and kills itself at the place."""
    process = os.fork()
    if process == 0:
        status = 1
        try:
            _give_command(folder, killable, place)
            status = 0
        finally:
            os._exit(status)
    return process


def _give_command(folder: Path, killable: Killable, place: Place | None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["MACROHARD_HOME"] = str(folder / "home")
    _watch(folder, place)
    order = Order(request=killable.request, out=str(folder / "out"), model="scripted")
    report = start_run(order, killable.work(folder / "calls"), lambda event: None)
    (folder / "report.json").write_text(report.model_dump_json())


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


def _outcome(scenario: str, folder: Path, killed: int) -> Outcome:
    out = folder / "out"
    files = [path for path in sorted(out.rglob("*")) if path.is_file()]
    delivered = {str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    finished = bool(list((folder / "home").glob("state/runs/*/report.json")))
    return Outcome(scenario, killed, finished, delivered, _lines(folder / "calls"), _lines(folder / "steps"))


if __name__ == "__main__":
    main()
