"""The host's side of a trial: lays out the jobs, reads back what each step did."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from macrohard.sandbox import Command, Completed, Limits, Sandbox
from macrohard.sandbox.command import MEBIBYTE
from macrohard.truth import PROGRAM, PYTHON, Check

STEP_SECONDS = 2.0
"""Programs of this size answer in milliseconds; a step that takes longer hangs."""
_DRIVER = Path(__file__).with_name("driver.py")
_INSIDE = "/trial/driver.py"
_LIMITS = Limits(cpu_seconds=240, wall_seconds=300, memory_bytes=1024 * MEBIBYTE, processes=64, disk_bytes=256 * MEBIBYTE,
                 output_bytes=64 * MEBIBYTE)  # fmt: skip
_MOST_RESTARTS = 20

Seen = Mapping[str, Any]
"""What one step did: `exit_status`, `ending`, `stdout`, `stderr`, `files`, as `truth.standalone.judge` reads it."""


@dataclass(frozen=True, slots=True)
class Job:
    """A check to run against a program, for what it does and not for a verdict."""

    program: int
    """Index into the programs of the trial."""
    check: Check


def run_jobs(
    programs: Sequence[Mapping[str, str]], start: Sequence[str], jobs: Sequence[Job], sandbox: Sandbox
) -> list[list[Seen]]:
    """What each step of each job did, up to the first that did not end by itself.

    `programs` are source files (path below `src` -> text), `start` the words for `{program}`. A job that brings the
    whole sandbox down is recorded with the wall that stopped it, and the others go on in a new one.
    """
    results: list[list[Seen]] = []
    for _ in range(_MOST_RESTARTS):
        if len(results) == len(jobs):
            break
        seen, ending = _run(programs, start, jobs[len(results) :], sandbox)
        results += seen
        if len(results) < len(jobs):
            results.append([_stopped(ending)])
    results += [[_stopped("wall")] for _ in range(len(jobs) - len(results))]
    return results


def _run(
    programs: Sequence[Mapping[str, str]], start: Sequence[str], jobs: Sequence[Job], sandbox: Sandbox
) -> tuple[list[list[Seen]], str]:
    order = {
        "programs": [dict(program) for program in programs],
        "jobs": [_job(job, start) for job in jobs],
        "step_seconds": STEP_SECONDS,
    }
    completed = sandbox.run(
        Command(
            argv=("python3", "-I", "-B", _INSIDE),
            stdin=json.dumps(order).encode(),
            mounts={_INSIDE: _DRIVER},
            limits=_LIMITS,
        )
    )
    if completed.ending == "exit" and completed.exit_status != 0:
        raise RuntimeError(f"the driver of the trial failed: {completed.stderr.decode(errors='replace')}")
    return _read(completed, len(jobs)), completed.ending


def _job(job: Job, start: Sequence[str]) -> dict[str, Any]:
    steps = [{"argv": _argv(step.argv, start), "stdin": step.stdin} for step in job.check.steps]
    read = sorted({path for step in job.check.steps for path in step.expect.files})
    return {"program": job.program, "files": job.check.files, "steps": steps, "read": read}


def _argv(argv: Sequence[str], start: Sequence[str]) -> list[str]:
    """The words after `python3`."""
    words = [word for item in argv for word in (start if item == PROGRAM else [item])]
    return words[1:] if words and words[0] == PYTHON else words


def _read(completed: Completed, most: int) -> list[list[Seen]]:
    """The whole lines that came back; whatever else the output holds is dropped."""
    results: list[list[Seen]] = []
    for line in completed.stdout.split(b"\n")[:-1][:most]:
        try:
            results.append(json.loads(line))
        except ValueError:
            break
    return results


def _stopped(ending: str) -> Seen:
    return {"exit_status": None, "ending": ending, "stdout": "", "stderr": "", "files": {}}
