"""A hard budget: a call that could pass a limit is not made.

While a call is under way, the most that it can cost is held for it. A call that fits only without what is held for others waits
until one of them ends. Whoever holds something never waits for others, so that they cannot wait for each other for ever.
"""

from __future__ import annotations

import contextlib
import math
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from macrohard.errors import BudgetSpent, MacrohardError, UserError
from macrohard.models.attempts import charged_by
from macrohard.models.deadline import until
from macrohard.models.parallel import each
from macrohard.models.prices import price
from macrohard.models.question import Answer, Model, Question
from macrohard.models.schema import most_read

LOOK_SECONDS = 60.0
"""The longest that a waiting call sleeps before it looks again; one that ends wakes it at once."""


@dataclass(eq=False)
class _Meter:
    tokens: int = 0
    usd: float = 0.0

    def add(self, other: _Meter) -> None:
        self.tokens += other.tokens
        self.usd += other.usd


@dataclass(frozen=True)
class _Call:
    """One that is under way."""

    held: _Meter
    alone: bool
    """Whether it is for one reply."""
    counted: _Meter = field(default_factory=_Meter)
    """What of its cost is counted as spent already."""


class Budget:
    """Limits for all calls of a run together; None is no limit. Safe for threads.

    What was spent before a resumed run goes on is passed in. Minutes count from the making of the object.
    """

    def __init__(
        self,
        *,
        tokens: int | None = None,
        minutes: float | None = None,
        usd: float | None = None,
        spent_tokens: int = 0,
        spent_minutes: float = 0.0,
        spent_usd: float = 0.0,
    ) -> None:
        self.tokens = tokens
        self.minutes = minutes
        self.usd = usd
        self._spent = _Meter(spent_tokens, spent_usd)
        self._held: list[_Meter] = []
        self._deadline = None if minutes is None else time.monotonic() + (minutes - spent_minutes) * 60
        self._changed = threading.Condition()

    @property
    def spent_tokens(self) -> int:
        """Tokens of prompts and replies that were paid for so far."""
        return self._spent.tokens

    @property
    def spent_usd(self) -> float:
        """US dollars that were paid so far; 0 where the price is unknown and no limit was set."""
        return self._spent.usd

    def wrap(self, model: Model) -> Model:
        """The model within this budget. Raises UserError for a limit in money and a model without a known price."""
        if self.usd is not None and price(model.name, 1, 1) is None:
            raise UserError(
                f"The price of {model.name} is not known, so a limit in US dollars cannot be kept: "
                "use a limit in tokens or minutes instead"
            )
        return _Bounded(model, self)

    def ask(self, model: Model, question: Question) -> Answer:
        """One call within the budget, made as soon as its worst case fits beside those of the calls under way.

        Raises BudgetSpent before the call when its worst case does not fit beside what is spent, and at the deadline.
        """
        call = _Call(_Meter(*worst_case(model, question)), alone=question.sampling.count == 1)
        self._hold(call.held)
        actual = None
        try:
            with until(self._deadline), charged_by(partial(self._again, model, call)):
                answer = model.answer([question])[0]
            actual = _meter(model, answer.prompt_tokens, sum(reply.completion_tokens for reply in answer.replies))
            return answer
        except MacrohardError as problem:
            actual = None if problem.spent is None else _meter(model, *problem.spent)
            raise
        finally:
            self._end(call, actual)

    def _end(self, call: _Call, actual: _Meter | None) -> None:
        """Count what the call cost; None: nobody knows, so it may have been charged in full."""
        with self._changed:
            if call.held in self._held:
                self._held.remove(call.held)
            if actual is None:
                self._spent.add(call.held)
            else:
                self._spent.add(_Meter(actual.tokens - call.counted.tokens, actual.usd - call.counted.usd))
            self._changed.notify_all()

    def _again(self, model: Model, call: _Call, read: int, drawn: int) -> bool:
        """Count what an attempt may have cost, and hold anew what the next one can cost; False where it does not fit.

        A call for one reply holds nothing meanwhile, so it may wait. One for several may not: it would keep what the others hold.
        """
        lost = _meter(model, read, drawn)
        with self._changed:
            if not call.alone:
                if self._beyond(lost, *self._held):
                    return False
                call.held.add(lost)
                return True
            self._spent.add(lost)
            call.counted.add(lost)
            self._held.remove(call.held)
            self._changed.notify_all()
            with contextlib.suppress(BudgetSpent):
                self._hold(call.held)
            return call.held in self._held

    def _hold(self, worst: _Meter) -> None:
        """Hold it as soon as it fits. Raises BudgetSpent where it does not even fit beside what is spent, and at the deadline."""
        with self._changed:
            while True:
                left = self._left()
                if beyond := self._beyond(worst):
                    raise BudgetSpent(f"The next call could pass the limit of {beyond}")
                if not self._beyond(worst, *self._held):
                    break
                self._changed.wait(min(left, LOOK_SECONDS))
            self._held.append(worst)

    def _left(self) -> float:
        """Seconds until the deadline, which may be infinite. Raises BudgetSpent when it is over."""
        left = math.inf if self._deadline is None else self._deadline - time.monotonic()
        if left <= 0:
            raise BudgetSpent(f"The limit of {self.minutes:g} minutes is reached")
        return left

    def _beyond(self, *wanted: _Meter) -> str:
        """The limit that all of these could pass together with what is spent; empty when they fit."""
        if self.tokens is not None and self._spent.tokens + sum(meter.tokens for meter in wanted) > self.tokens:
            return f"{self.tokens} tokens ({self._spent.tokens} are spent)"
        if self.usd is not None and self._spent.usd + sum(meter.usd for meter in wanted) > self.usd:
            return f"{self.usd:g} US dollars"
        return ""


class _Bounded:
    """A model within a budget."""

    def __init__(self, model: Model, budget: Budget) -> None:
        self.name = model.name
        self.digest = model.digest
        self._model = model
        self._budget = budget

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        return each(lambda question: self._budget.ask(self._model, question), questions)


def worst_case(model: Model, question: Question) -> tuple[int, float]:
    """The most tokens and US dollars that a question can cost.

    A remote model reads the prompt, and the schema where there is one, once for each reply; further attempts are reserved when they
    are made.
    """
    sampling = question.sampling
    reading = question.most_read if model.name == "embedded" else most_read(question) * sampling.count
    drawing = sampling.count * sampling.max_tokens
    return reading + drawing, price(model.name, reading, drawing) or 0.0


def _meter(model: Model, read: int, drawn: int) -> _Meter:
    return _Meter(read + drawn, price(model.name, read, drawn) or 0.0)
