"""Further attempts at one reply: what an attempt that came to nothing may have cost is counted before another one is made."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass

Charge = Callable[[int, int], bool]
"""Takes the prompt and completion tokens that were lost; False where one more attempt could pass a limit."""
_charge: ContextVar[Charge | None] = ContextVar("macrohard_charge", default=None)


@dataclass
class Spent:
    """Tokens of all attempts at one reply."""

    read: int = 0
    drawn: int = 0

    def add(self, read: int, drawn: int) -> None:
        """Count one attempt."""
        self.read += read
        self.drawn += drawn


@contextlib.contextmanager
def charged_by(charge: Charge) -> Iterator[None]:
    """Within the block, `charge` decides about further attempts, in whatever thread."""
    token = _charge.set(charge)
    try:
        yield
    finally:
        _charge.reset(token)


def may_try_again(read: int, drawn: int) -> bool:
    """Whether another attempt fits the budget, after one that may have cost these tokens; always where there is none."""
    charge = _charge.get()
    return charge is None or charge(read, drawn)
