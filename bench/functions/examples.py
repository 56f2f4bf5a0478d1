"""Labelled examples: what the jury measured of each chosen function, and whether the hidden tests say that it is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.functions.kept import Kept
from bench.functions.replay import candidates_of, chosen, digest
from bench.functions.tasks import Task
from bench.functions.verdicts import judged_tasks
from macrohard.company.jury import Choice, Memory
from macrohard.company.stubfile import read_stub_file
from macrohard.models.parallel import each
from macrohard.sandbox import Sandbox, open_sandbox


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the product may stop."""

    count: int
    """Candidates to choose among."""
    tester: bool
    """Whether the tester was asked."""


LATE = (Stage(4, False), Stage(8, False), Stage(16, False), Stage(16, True), Stage(32, True), Stage(48, True))
"""Of a function with an example: the tester is asked when it is in doubt after sixteen candidates; only where an example is
broken it goes on to 48, so that only such tasks have so many."""
EARLY = (Stage(4, True), Stage(8, True), Stage(16, True), Stage(32, True), Stage(48, True))
"""Of a function without one."""
_AT_ONCE = 2


def examples(name: str, every: Sequence[Task]) -> list[dict[str, Any]]:
    """One example for each judged task and stage, in the order of the tasks."""
    judged, rows, known = judged_tasks(name, every)
    telling = [task for task in judged if _tells(known[task.id])]
    sandbox, kept = open_sandbox(), Kept()

    def one(task: Task) -> list[dict[str, Any]]:
        row, verdicts = rows[task.id], known[task.id]["candidates"]
        measured = kept.get([task.stub, row, verdicts], lambda: list(_of_task(task, row, verdicts, sandbox)))
        return [{"set": name, **example} for example in measured]

    return [row for found in each(one, telling, _AT_ONCE) for row in found]


def _tells(verdicts: Mapping[str, Any]) -> bool:
    """Whether there is something to judge, and tests that the author's own function passes."""
    return bool(verdicts.get("candidates")) and bool(verdicts.get("author", True))


def _of_task(
    task: Task, row: Mapping[str, Any], verdicts: Mapping[str, bool], sandbox: Sandbox
) -> Iterator[dict[str, Any]]:
    """Of each stage, also those at which only a build may stop, where the tester is always asked early."""
    way = stages_of(task, row, way_of(task))
    others = [stage for stage in stages_of(task, row, EARLY) if stage not in way]
    for example in at_stages(task, row, verdicts, [*way, *others], sandbox):
        yield {**example, "on_the_way": Stage(example["count"], example["tester"]) in way}


def at_stages(
    task: Task, row: Mapping[str, Any], verdicts: Mapping[str, bool], stages: Sequence[Stage], sandbox: Sandbox
) -> Iterator[dict[str, Any]]:
    """What the jury measures of the candidate that it chooses at each of these stages, and whether that is right."""
    memories: dict[bool, Memory] = {False: {}, True: {}}
    for stage in stages:
        choice, candidates, _ = chosen(task, row, stage.count, sandbox, memories[stage.tester], tester=stage.tester)
        yield {
            "task": task.id,
            "count": stage.count,
            "tester": stage.tester,
            "right": verdicts[digest(candidates[choice.pick[0]].source)],
            "barred": is_barred(choice, task.function),
            "features": choice.features[task.function],
        }


def way_of(task: Task) -> Sequence[Stage]:
    """The stages through which `implement` goes."""
    return LATE if read_stub_file(task.stub, "task.py").examples else EARLY


def stages_of(task: Task, row: Mapping[str, Any], stages: Sequence[Stage]) -> list[Stage]:
    """The stages at which a task has a candidate; all tasks have sixteen replies, some more."""
    file = read_stub_file(task.stub, "task.py")
    drawn = max(16, len(row["replies"]))
    return [stage for stage in stages if stage.count <= drawn and candidates_of(file, row, stage.count)]


def is_barred(choice: Choice, function: str) -> bool:
    """True where the product calls a function unverified however probable it is: it breaks an example of a person."""
    return choice.features[function]["broken"] > 0
