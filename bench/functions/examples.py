"""Labelled examples: what the jury measured of each chosen function, and whether the hidden tests say that it is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench.functions import store
from bench.functions.replay import candidates_of, chosen, digest
from bench.functions.tasks import Task
from macrohard.company.jury import Choice, Memory
from macrohard.company.stubfile import read_stub_file
from macrohard.models.parallel import each
from macrohard.sandbox import Sandbox, open_sandbox

COUNTS = (4, 8, 16, 32, 48)
"""Candidates to choose among: the product stops with four, eight or sixteen, so that all must be known; only
where an example is broken it goes on to 48, so that only such tasks have so many."""
_AT_ONCE = 2


def examples(name: str, every: Sequence[Task], counts: Sequence[int] = COUNTS) -> list[dict[str, Any]]:
    """One example for each judged task and count, in the order of the tasks."""
    rows, known = store.read(name), store.read(f"{name}.judged")
    judged = [task for task in every if task.id in rows and known.get(task.id, {}).get("candidates")]
    sandbox = open_sandbox()

    def one(task: Task) -> list[dict[str, Any]]:
        return list(_of_task(task, rows[task.id], known[task.id]["candidates"], counts, sandbox))

    return [row for found in each(one, judged, _AT_ONCE) for row in found]


def _of_task(
    task: Task, row: Mapping[str, Any], verdicts: Mapping[str, bool], counts: Sequence[int], sandbox: Sandbox
) -> Iterator[dict[str, Any]]:
    file = read_stub_file(task.stub, "task.py")
    memory: Memory = {}
    for count in counts_of(row, counts):
        if not candidates_of(file, row, count):
            continue
        choice, candidates, _ = chosen(task, row, count, sandbox, memory)
        right = [verdicts[digest(candidate.source)] for candidate in candidates]
        yield {
            "task": task.id,
            "count": count,
            "right": right[choice.pick[0]],
            "barred": is_barred(choice, task.function),
            "features": choice.features[task.function],
        }


def counts_of(row: Mapping[str, Any], counts: Sequence[int] = COUNTS) -> list[int]:
    """The numbers of candidates that were drawn for a task on the way; all tasks have sixteen."""
    return [count for count in counts if count <= max(16, len(row["replies"]))]


def is_barred(choice: Choice, function: str) -> bool:
    """True where the product calls a function unverified however probable it is: it breaks an example of a person."""
    return choice.features[function]["broken"] > 0
