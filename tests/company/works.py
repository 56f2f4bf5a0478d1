"""Workflows to try durable runs with."""

from __future__ import annotations

import hashlib
import shutil
from functools import partial
from pathlib import Path

import pytest
from dbos import Queue
from dbos._dbos import DBOSRegistry

from macrohard.company.order import Order
from macrohard.company.progress import Event, Progress
from macrohard.company.report import Cost, Report, Status
from macrohard.company.runs.durable import Steps, Work

COST = Cost(wall_seconds=0, model_seconds=0, model_calls=0, prompt_tokens=0, completion_tokens=0, usd=None)


def report_of(order: Order, steps: Steps, notes: tuple[str, ...] = ()) -> Report:
    """A report without claims."""
    return Report(
        run_id=steps.run_id,
        outcome=Status.DECLINED,
        name="small",
        claims=(),
        confidence=None,
        cost=COST,
        model=order.model,
        model_digest="",
        path=order.out,
        evidence=None,
        run=(),
        recheck=(),
        notes=notes,
    )


class CountedModel:
    """A mind with an opinion on every question, which costs a line in a file that outlives the process."""

    def __init__(self, calls: Path) -> None:
        self._calls = calls

    def ask(self, question: str) -> str:
        """An answer that depends on the question alone."""
        with self._calls.open("a") as log:
            log.write(question + "\n")
        return hashlib.sha256(question.encode()).hexdigest()


def small_work(calls: Path) -> Work:
    """Asks four questions, each made from the answer before, and delivers a folder with the answers."""

    def work(order: Order, steps: Steps, progress: Progress) -> Report:
        model = CountedModel(calls)
        answers = [order.request]
        for number in range(4):
            question = f"{number}: {answers[-1]}"
            answers.append(steps.step(f"ask {number}", str, partial(model.ask, question)))
            progress(Event("engineers", f"Answer {number}", number + 1, 4))
        files = steps.step("deliver", tuple[str, ...], lambda: _deliver(Path(order.out), answers[1:]))
        return report_of(order, steps, files)

    return work


def _deliver(out: Path, answers: list[str]) -> tuple[str, ...]:
    """Write the folder from nothing, however far an earlier try came."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for number, answer in enumerate(answers):
        (out / f"{number}.txt").write_text(answer)
    return tuple(sorted(path.name for path in out.iterdir()))


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have DBOS look for a resumed workflow every 50 ms; the product leaves it at every second."""
    original = DBOSRegistry.get_internal_queue

    def get_internal_queue(self: DBOSRegistry) -> Queue:
        found = original(self)
        found._polling_interval_sec = 0.05
        return found

    monkeypatch.setattr(DBOSRegistry, "get_internal_queue", get_internal_queue)
