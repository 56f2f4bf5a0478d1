"""The batch of the server, with an engine that draws one token of every reply in each step."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from macrohard.models import Message, Sampling
from macrohard.models.embedded.batch import Batch
from macrohard.models.embedded.engine import Draft, Engine, Piece


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


class _Counting:
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


def test_who_asks_once_does_not_wait_for_all_that_others_asked() -> None:
    ended = asyncio.run(_ended(many=200))
    assert ended.index("one") < 70
    assert len(ended) == 201


async def _ended(many: int) -> list[str]:
    """In which order the questions of a build and one of somebody else are answered."""
    batch, ended = Batch(cast(Engine, _Counting())), list[str]()

    async def ask(user: str, number: int) -> None:
        await batch.draw((Message("user", f"{user} {number}"),), Sampling(max_tokens=5), None, user)
        ended.append(user)

    asked: list[Any] = [asyncio.ensure_future(ask("build", number)) for number in range(many)]
    running = asyncio.ensure_future(batch.run())
    while not ended:
        await asyncio.sleep(0)
    await asyncio.gather(*asked, ask("one", 0))
    running.cancel()
    return ended
