"""What calls can cost is held for them while they are under way, within the limits of a budget.

A call that fits only without what is held for others waits until one of them ends. Whoever holds something never waits, so
calls cannot wait for each other for ever.
"""

from __future__ import annotations

import contextlib
import math
import threading
import time
from dataclasses import dataclass, field

from macrohard.errors import BudgetSpent

LOOK_SECONDS = 60.0
"""The longest that a waiting call sleeps before it looks again; one that ends wakes it at once."""


@dataclass(eq=False)
class Meter:
    """Tokens and US dollars."""

    tokens: int = 0
    usd: float = 0.0

    def add(self, other: Meter) -> None:
        """Count these too."""
        self.tokens += other.tokens
        self.usd += other.usd


@dataclass(frozen=True)
class Call:
    """A call that is to be made or is under way."""

    worst: Meter
    """The most that is still to come of it, as far as it is held."""
    alone: bool
    """Whether it is for one reply."""
    counted: Meter = field(default_factory=Meter)
    """What of its cost is counted as spent already."""


class Holding:
    """What is spent, and what is held for the calls under way. Safe for threads."""

    def __init__(self, spent: Meter, tokens: int | None, usd: float | None, minutes: float | None, used: float) -> None:
        """Limits, None being none; `used` of the minutes are over already."""
        self.spent = spent
        self.deadline = None if minutes is None else time.monotonic() + (minutes - used) * 60
        self._tokens = tokens
        self._usd = usd
        self._minutes = minutes
        # A list, since a sum to which is added and taken off comes back to nothing only nearly.
        self._held: list[Meter] = []
        self._changed = threading.Condition()

    def hold(self, call: Call) -> None:
        """Hold the worst case as soon as it fits.

        Raises BudgetSpent where it does not even fit beside what is spent, and at the deadline.
        """
        with self._changed:
            while True:
                left = self._left()
                if beyond := self._beyond(call.worst):
                    raise BudgetSpent(f"The next call could pass the limit of {beyond}")
                if not self._beyond(call.worst, *self._held):
                    break
                self._changed.wait(min(left, LOOK_SECONDS))
            self._held.append(call.worst)

    def hold_again(self, call: Call, lost: Meter) -> bool:
        """Count what an attempt may have cost, and hold what the next one can cost; False where it does not fit.

        A call for one reply holds nothing meanwhile, so it may wait. One for several may not: it would keep what the others hold.
        """
        with self._changed:
            if not call.alone:
                if self._beyond(lost, *self._held):
                    return False
                call.worst.add(lost)
                return True
            self._held.remove(call.worst)
            self.spent.add(lost)
            call.counted.add(lost)
            self._changed.notify_all()
            with contextlib.suppress(BudgetSpent):
                self.hold(call)
            return call.worst in self._held

    def end(self, call: Call, cost: Meter | None) -> None:
        """Count what the call cost in all; None: nobody knows, so it may have been charged in full."""
        with self._changed:
            if call.worst in self._held:
                self._held.remove(call.worst)
            if cost is None:
                self.spent.add(call.worst)
            else:
                self.spent.add(Meter(cost.tokens - call.counted.tokens, cost.usd - call.counted.usd))
            self._changed.notify_all()

    def _left(self) -> float:
        """Seconds until the deadline, which may be infinite. Raises BudgetSpent when it is over."""
        left = math.inf if self.deadline is None else self.deadline - time.monotonic()
        if left <= 0:
            raise BudgetSpent(f"The limit of {self._minutes:g} minutes is reached")
        return left

    def _beyond(self, *wanted: Meter) -> str:
        """The limit that all of these could pass together with what is spent; empty when they fit."""
        if self._tokens is not None and self.spent.tokens + sum(meter.tokens for meter in wanted) > self._tokens:
            return f"{self._tokens} tokens ({self.spent.tokens} are spent)"
        if self._usd is not None and self.spent.usd + sum(meter.usd for meter in wanted) > self._usd:
            return f"{self._usd:g} US dollars"
        return ""
