"""The batch of the server, with an engine that draws one token of every reply in each step."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from macrohard.models import Message, Sampling
from macrohard.models.embedded.batch import Batch
from macrohard.models.embedded.engine import Engine

from .counting import Counting


def test_who_asks_once_does_not_wait_for_all_that_others_asked() -> None:
    ended = asyncio.run(_ended(many=200))
    assert ended.index("one") < 70
    assert len(ended) == 201


async def _ended(many: int) -> list[str]:
    """In which order the questions of a build and one of somebody else are answered."""
    batch, ended = Batch(cast(Engine, Counting())), list[str]()

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
