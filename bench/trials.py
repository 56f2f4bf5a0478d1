"""How long candidates are compared: small checks of a command-line program, as the jury runs them.

    python -m bench.trials [--rounds N]

Writes `bench/results/trials.json`: wall seconds of 100 checks of one program, and of 100 checks of each of 16.
"""

from __future__ import annotations

import argparse
import time
from statistics import median
from typing import Any

from bench.machine import circumstances, write_result
from macrohard.company.brief import Argument, Brief, CommandBrief
from macrohard.company.frames import frame
from macrohard.company.order import Kind
from macrohard.company.tester.acceptance import checks_of
from macrohard.company.trial import Job, run_jobs
from macrohard.sandbox import Sandbox, open_sandbox
from macrohard.truth import Check, Source
from macrohard.truth.examples import find_examples

CHECKS = 100
PROGRAMS = (1, 16)
_SOURCE = 'def shout(word):\n    """Louder."""\n    return word.upper() + "!" * {number}\n'


def main() -> int:
    """Measure, both sizes in turn in each round."""
    parser = argparse.ArgumentParser(description="Time the checks of the jury.")
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    sandbox = open_sandbox()
    seconds: dict[int, list[float]] = {count: [] for count in PROGRAMS}
    for _ in range(rounds):
        for count in PROGRAMS:
            seconds[count].append(measured(count, sandbox))
    rows = {f"{count} program{'s' if count > 1 else ''}": _spread(found) for count, found in seconds.items()}
    result = {"schema": "macrohard/bench/trials/v1", "command": "python -m bench.trials", **circumstances()}
    write_result("trials", {**result, "checks": CHECKS, "n": rounds, "wall_seconds": rows})
    print(rows)
    return 0


def measured(count: int, sandbox: Sandbox) -> float:
    """Wall seconds of all checks of so many programs; raises ValueError when one did not do what it should."""
    brief, checks = program()
    programs = [frame(brief, [_SOURCE.format(number=number)]) for number in range(count)]
    jobs = [Job(index, check) for index in range(count) for check in checks]
    started = time.perf_counter()
    seen = run_jobs([item.files for item in programs], programs[0].start, jobs, sandbox)
    spent = time.perf_counter() - started
    if any(steps[-1]["exit_status"] != 0 for steps in seen):
        raise ValueError("a program did not run")
    return spent


def program() -> tuple[Brief, tuple[Check, ...]]:
    """A program of one command, and checks of it."""
    commands = (CommandBrief(name="shout", purpose="Louder.", arguments=(Argument(name="word"),)),)
    brief = Brief(kind=Kind.CLI, name="tool", summary="", request="", commands=commands)
    lines = "".join(f"    $ tool shout w{number}\n    W{number}\n" for number in range(CHECKS))
    return brief, checks_of(brief, find_examples(lines), Source.TESTER)


def _spread(found: list[float]) -> dict[str, Any]:
    return {"median": round(median(found), 3), "min": round(min(found), 3), "max": round(max(found), 3)}


if __name__ == "__main__":
    raise SystemExit(main())
