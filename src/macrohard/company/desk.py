"""The desk of a run: the mind, the walls, the clock and the listener that its departments share."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from macrohard.company.counting import Counting
from macrohard.company.order import Order
from macrohard.company.progress import Department, Event, Progress
from macrohard.company.report import Cost
from macrohard.company.runs.durable import Steps, from_json, to_json
from macrohard.company.using import record_of, used_by
from macrohard.models import Budget, Model, Recorder, open_model
from macrohard.sandbox import Sandbox, open_sandbox
from macrohard.truth.check import Record

T = TypeVar("T")


class Timed(Record):
    """How long a step took, kept with its result, so that a resumed run still knows."""

    seconds: float
    value: str


@dataclass
class Desk:
    """What a run works with."""

    order: Order
    steps: Steps
    progress: Progress
    model: Model
    recorder: Recorder
    sandbox: Sandbox
    date: str
    """When the run began, ISO 8601 in UTC, the same when it is resumed."""
    _seconds: float = field(default=0.0)

    @property
    def run_id(self) -> str:
        """The run that works here."""
        return self.steps.run_id

    def step(self, name: str, kind: type[T], action: Callable[[], T]) -> T:
        """A durable step, its wall time added to the run's."""

        def timed() -> Timed:
            start = time.monotonic()
            text = to_json(kind, action())
            return Timed(seconds=round(time.monotonic() - start, 3), value=text)

        done = self.steps.step(name, Timed, timed)
        self._seconds += done.seconds
        return from_json(kind, done.value)

    def say(self, department: Department, message: str, *, stays: bool = False) -> None:
        """Tell whoever listens what a department does."""
        self.progress(Event(department, message, stays=stays))

    def cost(self) -> Cost:
        """What the run has used so far, its earlier attempts included."""
        return Cost(wall_seconds=round(self._seconds, 1), **used_by(self.recorder).model_dump())


def open_desk(order: Order, steps: Steps, progress: Progress) -> Desk:
    """The desk for a run; raises SandboxUnavailable or ModelUnavailable before anything is begun."""
    sandbox = open_sandbox()
    recorder = record_of(steps.run_id)
    used = recorder.totals()
    budget = Budget(
        tokens=order.limit.tokens,
        minutes=order.limit.minutes,
        usd=order.limit.usd,
        spent_tokens=used.prompt_tokens + used.completion_tokens,
        spent_minutes=used.seconds / 60,
        spent_usd=used.usd or 0.0,
    )
    counting = Counting(progress)
    model = counting.wrap(open_model(order.model, recorder, budget))
    date = steps.step("date", str, lambda: datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    return Desk(order, steps, counting, model, recorder, sandbox, date)
