"""An engine that draws one token of every reply in each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from macrohard.models import Message, Sampling
from macrohard.models.embedded.engine import Draft, Piece


@dataclass
class _Counted:
    """A reply of as many tokens as it may have."""

    left: int
    steps: int = 0

    def read(self) -> Piece | None:
        """One token a step."""
        if not self.steps:
            return None
        self.steps, self.left = 0, self.left - 1
        return Piece([1], [0.0], None if self.left else "length")

    def cancel(self) -> None:
        """Nothing is held."""


class Counting:
    """An engine that only counts."""

    def __init__(self) -> None:
        self.drafts: list[_Counted] = []

    def prompt(self, messages: Sequence[Message]) -> str:
        return messages[-1].content

    def tokens(self, text: str) -> list[int]:
        return list(text.encode())

    def start(self, tokens: Sequence[int], sampling: Sampling, schema: object) -> Draft:
        self.drafts.append(_Counted(sampling.max_tokens))
        return cast(Draft, self.drafts[-1])

    def step(self) -> None:
        for draft in self.drafts:
            draft.steps += 1

    def text(self, drawn: Sequence[int]) -> str:
        return "x" * len(drawn)
