"""Labelled examples: what the jury measured of each chosen function, and whether the hidden tests say that it is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bench.functions import store
from bench.functions.replay import candidates_of, chosen, digest
from bench.functions.tasks import Task
from macrohard.company.stubfile import read_stub_file
from macrohard.sandbox import open_sandbox

COUNTS = (4, 8, 16)
"""Candidates to choose among: the product stops with four, eight or sixteen, so that all must be known."""


def examples(name: str, every: Sequence[Task], counts: Sequence[int] = COUNTS) -> list[dict[str, Any]]:
    """One example for each judged task and count; in a random order of tasks."""
    return [row for task in every for row in _of_task(name, task, counts)]


def _of_task(name: str, task: Task, counts: Sequence[int]) -> Iterator[dict[str, Any]]:
    row, known = store.read(name).get(task.id), store.read(f"{name}.judged").get(task.id)
    if row is None or known is None or not known["candidates"]:
        return
    sandbox = open_sandbox()
    for count in counts:
        if not candidates_of(read_stub_file(task.stub, "task.py"), row, count):
            continue
        choice, candidates, _ = chosen(task, row, count, sandbox)
        right = [known["candidates"][digest(candidate.source)] for candidate in candidates]
        yield {
            "task": task.id,
            "count": count,
            "right": right[choice.pick[0]],
            "any": any(right),
            "features": choice.features[task.function],
        }
