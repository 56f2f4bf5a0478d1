"""The host's side of a trial: lays out the jobs, reads back what each step did."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from macrohard.models.parallel import each
from macrohard.sandbox import Command, Completed, Limits, Sandbox
from macrohard.sandbox.command import MEBIBYTE
from macrohard.truth import PROGRAM, PYTHON, Check, standalone

STEP_SECONDS = 2.0
"""Programs of this size answer in milliseconds; a step that takes longer hangs."""
_DRIVER = Path(__file__).with_name("driver.py")
_INSIDE = "/trial/driver.py"
_MOUNTS = {_INSIDE: _DRIVER, "/trial/standalone.py": Path(standalone.__file__)}
_LIMITS = Limits(cpu_seconds=240, wall_seconds=300, memory_bytes=1024 * MEBIBYTE, processes=64, disk_bytes=256 * MEBIBYTE,
                 output_bytes=64 * MEBIBYTE)  # fmt: skip
_MOST_SANDBOXES = 4
_LEAST_JOBS = 20
"""For one sandbox: starting another for fewer gains nothing."""
_MOST_RESTARTS = 20
_MOST_STOPS = 2
"""After a program has brought the whole sandbox down so often, its other jobs are not run."""

SKIPPED = "skipped"
"""The ending of a job that was not run, since its program had hung or brought the sandbox down before."""

Seen = Mapping[str, Any]
"""What one step did: `exit_status`, `ending`, `stdout`, `stderr`, `files`, `changed`, as `truth.standalone.judge` reads it."""


@dataclass(frozen=True, slots=True)
class Job:
    """A check to run against a program, for what it does and not for a verdict."""

    program: int
    """Index into the programs of the trial."""
    check: Check


def run_jobs(
    programs: Sequence[Mapping[str, str]],
    start: Sequence[str],
    jobs: Sequence[Job],
    sandbox: Sandbox,
    step_seconds: float = STEP_SECONDS,
) -> list[list[Seen]]:
    """What each step of each job did, up to the first that did not end by itself.

    `programs` are source files (path below `src` -> text), `start` the words for `{program}`. They are shared out among
    sandboxes that run side by side, all jobs of one program in the same.
    """
    width = min(_side_by_side(), max(1, len(jobs) // _LEAST_JOBS))
    shares = [[number for number, job in enumerate(jobs) if job.program % width == part] for part in range(width)]
    results: dict[int, list[Seen]] = {}

    def run(numbers: Sequence[int]) -> None:
        found = _run_share(programs, start, [jobs[number] for number in numbers], sandbox, step_seconds)
        results.update(zip(numbers, found, strict=True))

    each(run, [numbers for numbers in shares if numbers])
    return [results[number] for number in range(len(jobs))]


def _side_by_side() -> int:
    """Sandboxes at once: as many as there are cores, but each may use much memory."""
    return min(_MOST_SANDBOXES, len(os.sched_getaffinity(0)))


def _run_share(
    programs: Sequence[Mapping[str, str]],
    start: Sequence[str],
    jobs: Sequence[Job],
    sandbox: Sandbox,
    step_seconds: float,
) -> list[list[Seen]]:
    """One sandbox after the other: a job that brings a whole one down is recorded with the wall that stopped it, and the
    others go on in a new one."""
    results: dict[int, list[Seen]] = {}
    stops: Counter[int] = Counter()
    for _ in range(_MOST_RESTARTS):
        waiting = [n for n, job in enumerate(jobs) if n not in results and stops[job.program] < _MOST_STOPS]
        if not waiting:
            break
        seen, ending = _run(programs, start, [jobs[number] for number in waiting], sandbox, step_seconds)
        results |= dict(zip(waiting, seen, strict=False))
        if len(seen) < len(waiting):
            guilty = waiting[len(seen)]
            results[guilty] = [_stopped(ending)]
            stops[jobs[guilty].program] += 1
    return [results.get(number, [_stopped(SKIPPED)]) for number in range(len(jobs))]


def _run(
    programs: Sequence[Mapping[str, str]],
    start: Sequence[str],
    jobs: Sequence[Job],
    sandbox: Sandbox,
    step_seconds: float,
) -> tuple[list[list[Seen]], str]:
    used = {program: place for place, program in enumerate(sorted({job.program for job in jobs}))}
    order = {
        "programs": [dict(programs[index]) for index in used],
        "jobs": [_job(job, used[job.program], start) for job in jobs],
        "step_seconds": step_seconds,
    }
    steps = sum(len(job.check.steps) for job in jobs)
    completed = sandbox.run(
        Command(
            argv=("python3", "-I", "-B", _INSIDE),
            stdin=json.dumps(order).encode(),
            mounts=_MOUNTS,
            limits=replace(_LIMITS, wall_seconds=min(_LIMITS.wall_seconds, 20.0 + 5 * len(used) + steps)),
        )
    )
    # A program may kill or break the driver, whose child it is: that is the program's end, not ours.
    return _read(completed, jobs), "signal" if completed.ending == "exit" else completed.ending


def _job(job: Job, program: int, start: Sequence[str]) -> dict[str, Any]:
    steps = [
        {"argv": _argv(step.argv, start), "stdin": step.stdin, "unchanged": step.expect.unchanged}
        for step in job.check.steps
    ]
    read = sorted({path for step in job.check.steps for path in step.expect.files})
    return {"program": program, "files": job.check.files, "steps": steps, "read": read}


def _argv(argv: Sequence[str], start: Sequence[str]) -> list[str]:
    """The words after `python3`."""
    words = [word for item in argv for word in (start if item == PROGRAM else [item])]
    return words[1:] if words and words[0] == PYTHON else words


def _read(completed: Completed, jobs: Sequence[Job]) -> list[list[Seen]]:
    """The whole lines that came back; whatever else the output holds is dropped with all that comes after it."""
    results: list[list[Seen]] = []
    for line, job in zip(completed.stdout.split(b"\n")[:-1], jobs, strict=False):
        try:
            seen = json.loads(line)
        except (ValueError, RecursionError):
            break
        if not isinstance(seen, list) or not 0 < len(seen) <= len(job.check.steps) or not all(map(_is_seen, seen)):
            break
        results.append(seen)
    return results


def _is_seen(step: object) -> bool:
    """What a program may have written in the driver's place has at least the right shape."""
    return (
        isinstance(step, dict)
        and set(step) == {"exit_status", "ending", "stdout", "stderr", "files", "changed"}
        and all(isinstance(step[key], str) for key in ("ending", "stdout", "stderr"))
        and isinstance(step["exit_status"], int | None)
        and isinstance(step["files"], dict)
        and all(isinstance(text, str | None) for text in step["files"].values())
        and isinstance(step["changed"], list)
        and all(isinstance(path, str) for path in step["changed"])
    )


def _stopped(ending: str) -> Seen:
    return {"exit_status": None, "ending": ending, "stdout": "", "stderr": "", "files": {}, "changed": []}
