"""A hard budget: a call that could pass a limit is not made."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from macrohard.errors import BudgetSpent, UserError
from macrohard.models.deadline import until
from macrohard.models.parallel import each
from macrohard.models.prices import price
from macrohard.models.question import Answer, Model, Question

TURN_TOKENS = 16
"""Upper bound of what a chat template adds to each message."""


@dataclass
class _Meter:
    tokens: int = 0
    usd: float = 0.0


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
        self._reserved = _Meter()
        self._deadline = None if minutes is None else time.monotonic() + (minutes - spent_minutes) * 60
        self._lock = threading.Lock()

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
        """One call within the budget. Raises BudgetSpent before the call when its worst case does not fit."""
        worst = _Meter(*worst_case(model, question))
        self._reserve(worst)
        actual = worst  # a call that fails half way may have been charged in full
        try:
            with until(self._deadline):
                answer = model.answer([question])[0]
            actual = _Meter(*_actual(model, answer))
            return answer
        finally:
            with self._lock:
                self._reserved.tokens -= worst.tokens
                self._reserved.usd -= worst.usd
                self._spent.tokens += actual.tokens
                self._spent.usd += actual.usd

    def _reserve(self, worst: _Meter) -> None:
        if self._deadline is not None and time.monotonic() >= self._deadline:
            raise BudgetSpent(f"The limit of {self.minutes:g} minutes is reached")
        with self._lock:
            tokens = self._spent.tokens + self._reserved.tokens + worst.tokens
            usd = self._spent.usd + self._reserved.usd + worst.usd
            if self.tokens is not None and tokens > self.tokens:
                raise BudgetSpent(
                    f"The next call could pass the limit of {self.tokens} tokens ({self._spent.tokens} are spent)"
                )
            if self.usd is not None and usd > self.usd:
                raise BudgetSpent(f"The next call could pass the limit of {self.usd:g} US dollars")
            self._reserved.tokens += worst.tokens
            self._reserved.usd += worst.usd


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

    A token of a byte-level tokenizer is at least one byte long, so the bytes of the prompt bound its tokens. A
    remote model reads the prompt once for each reply.
    """
    sampling = question.sampling
    prompt = sum(len(message.content.encode()) + TURN_TOKENS for message in question.messages) + TURN_TOKENS
    reading = prompt * (1 if model.name == "embedded" else sampling.count)
    drawing = sampling.count * sampling.max_tokens
    return reading + drawing, price(model.name, reading, drawing) or 0.0


def _actual(model: Model, answer: Answer) -> tuple[int, float]:
    drawn = sum(reply.completion_tokens for reply in answer.replies)
    return answer.prompt_tokens + drawn, price(model.name, answer.prompt_tokens, drawn) or 0.0
