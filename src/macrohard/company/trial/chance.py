"""Chance: what a program does only sometimes, since the order of a set is another one each time that Python starts."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from itertools import chain

from macrohard.company.trial.runner import STEP_SECONDS, Job, Seen, run_jobs
from macrohard.sandbox import Sandbox

CHANCE = "chance"
"""The ending of a step that did something else when it was run again."""
_TIMES = 3
"""Further runs: two lines in an order of chance are the same four times in a row once in eight times."""
_NAMES = {"set", "frozenset", "hash", "id"}
_MODULES = {"random", "secrets", "uuid", "time", "datetime"}


def run_steadily(
    programs: Sequence[Mapping[str, str]],
    start: Sequence[str],
    jobs: Sequence[Job],
    sandbox: Sandbox,
    step_seconds: float = STEP_SECONDS,
) -> list[list[Seen]]:
    """As `run_jobs`, but programs in which chance may play a part are run again, each time in a Python of its own.

    A job that does not do the same each time ends with a step whose `ending` is 'chance', which meets no expectation.
    """
    seen = run_jobs(programs, start, jobs, sandbox, step_seconds)
    risky = {number for number, files in enumerate(programs) if plays_dice(files)}
    for _ in range(_TIMES):
        again = [n for n, job in enumerate(jobs) if job.program in risky and seen[n][-1]["ending"] == "exit"]
        found = run_jobs(programs, start, [jobs[n] for n in again], sandbox, step_seconds) if again else []
        for number, steps in zip(again, found, strict=True):
            if _shown(steps) != _shown(seen[number]):
                seen[number] = [{**steps[-1], "exit_status": None, "ending": CHANCE, "stdout": ""}]
    return seen


def plays_dice(files: Mapping[str, str]) -> bool:
    """True for a program with a set, a hash, a clock or a random number in it."""
    return any(_varies(text) for path, text in files.items() if path.endswith(".py"))


def _varies(text: str) -> bool:
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError):
        return False
    return any(isinstance(node, ast.Set | ast.SetComp) for node in nodes) or not _NAMES.union(_MODULES).isdisjoint(
        chain.from_iterable(map(_names, nodes))
    )


def _names(node: ast.AST) -> list[str]:
    """The names that a node uses or imports."""
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.ImportFrom):
        return [str(node.module)]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def _shown(steps: Sequence[Seen]) -> list[tuple[object, ...]]:
    """What is compared: an address in a traceback is another one each time."""
    return [(step["exit_status"], step["ending"], step["stdout"], step["files"], step["changed"]) for step in steps]
