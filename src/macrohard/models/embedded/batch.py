"""The batch: requests of all clients, drawn together, token by token, in the server's single thread."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from macrohard.models.embedded.engine import CONTEXT_TOKENS, PARALLEL_REPLIES, Draft, Engine
from macrohard.models.embedded.prefixes import Prefixes, blocks
from macrohard.models.embedded.turns import Asked, turns
from macrohard.models.question import Message, Reply, Sampling
from macrohard.models.schema import BadSchema, vet

_SEED_STRIDE = 1_000_003
_TURNS = 8
"""Turns of the event loop between two steps: enough to accept, read, parse and answer a small request."""


class Refused(ValueError):
    """Raised for a request that cannot be answered as it stands."""


@dataclass(eq=False)
class Line:
    """One reply on its way."""

    tokens: Sequence[int]
    sampling: Sampling
    schema: Mapping[str, Any] | None
    done: asyncio.Future[Reply]
    asked: Asked
    """Who asked, and the number of the question that it answers."""
    listener: Callable[[str], None] | None = None
    draft: Draft | None = None
    drawn: list[int] = field(default_factory=list)
    log_probabilities: list[float] = field(default_factory=list)
    blocks: tuple[int, ...] = ()
    """What its prompt begins with, as `prefixes` knows it."""
    is_read: bool = False
    """Whether its prompt has been read."""

    def __post_init__(self) -> None:
        self.blocks = blocks(self.tokens)


class Batch:
    """Draws replies for many requests at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: deque[Line] = deque()
        self._running: list[Line] = []
        self._wake = asyncio.Event()
        self._prefixes = Prefixes()
        self._questions = 0

    def __len__(self) -> int:
        """Replies that wait or are being drawn."""
        return len(self._waiting) + len(self._running)

    def tokens(self, text: str) -> list[int]:
        """A text as token numbers; the engine's tokenizer is for one thread."""
        return self._engine.plain_tokens(text)

    async def draw(
        self,
        messages: Sequence[Message],
        sampling: Sampling,
        schema: Mapping[str, Any] | None,
        user: str,
        listener: Callable[[str], None] | None = None,
    ) -> tuple[list[Reply], int]:
        """All replies to one chat of a user, and the length of its prompt in tokens; `listener` hears the text so far.

        The schema is vetted first, since the engine does not survive one that it cannot read. Reply number i has a seed of its own, made of the seed and i, so it does not depend on how many there are.
        Raises Refused. Cancelling takes what is unfinished out of the batch.
        """
        if schema is not None:
            _vetted(schema)
        tokens = self._engine.tokens(self._engine.prompt(messages))
        length = len(tokens)
        if length + sampling.max_tokens > CONTEXT_TOKENS:
            raise Refused(f"{length} prompt tokens and {sampling.max_tokens} for the reply exceed {CONTEXT_TOKENS}")
        lines = self._line_up(tokens, sampling, schema, user, listener)
        try:
            return list(await asyncio.gather(*(line.done for line in lines))), length
        finally:
            for line in lines:
                self._drop(line)

    async def run(self) -> None:
        """Step for ever; sleeps while there is nothing to draw."""
        while True:
            if not self:
                self._wake.clear()
                await self._wake.wait()
            self._admit()
            self._step()
            for _ in range(_TURNS):
                await asyncio.sleep(0)

    def _line_up(
        self,
        tokens: Sequence[int],
        sampling: Sampling,
        schema: Mapping[str, Any] | None,
        user: str,
        listener: Callable[[str], None] | None,
    ) -> list[Line]:
        loop, lines = asyncio.get_running_loop(), list[Line]()
        self._questions += 1
        for index in range(sampling.count):
            one = replace(sampling, count=1, seed=(sampling.seed + index * _SEED_STRIDE) % 2**32)
            lines.append(Line(tokens, one, schema, loop.create_future(), (user, self._questions), listener))
        self._waiting.extend(lines)
        self._wake.set()
        return lines

    def _admit(self) -> None:
        if not self._waiting or len(self._running) >= PARALLEL_REPLIES:
            return
        left = dict(enumerate(self._waiting))
        for place in turns([line.asked for line in left.values()], [line.asked for line in self._running]):
            line = left[place]
            if not line.done.done() and self._prefixes.is_being_read(line.blocks):
                continue
            del left[place]
            self._start(line)
            if len(self._running) >= PARALLEL_REPLIES:
                break
        self._waiting = deque(left.values())

    def _start(self, line: Line) -> None:
        """Nothing of one whose client has gone."""
        if line.done.done():
            return
        try:
            line.draft = self._engine.start(line.tokens, line.sampling, line.schema)
        except (RuntimeError, ValueError) as problem:
            self._fail(line, Refused(str(problem)[:300]))
        else:
            self._running.append(line)
            self._prefixes.begin(line.blocks)

    def _step(self) -> None:
        if not self._running:
            return
        try:
            self._engine.step()
        except RuntimeError as problem:
            # The engine is broken now. Whoever came last is told, so that it does not break the next one too.
            for line in [line for line in self._running if not line.drawn]:
                self._fail(line, Refused(f"the engine failed on it: {str(problem)[-200:]}"))
            raise
        for line in list(self._running):
            self._read(line)

    def _read(self, line: Line) -> None:
        assert line.draft is not None
        try:
            piece = line.draft.read()
        except RuntimeError as problem:
            self._fail(line, Refused(str(problem)))
            return
        if piece is None:
            return
        if not line.is_read:
            line.is_read = True
            self._prefixes.end(line.blocks, read=True)
        line.drawn += piece.tokens
        line.log_probabilities += piece.log_probabilities
        if piece.ending is not None:
            self._finish(line, piece.ending)
        elif line.listener is not None:
            line.listener(self._engine.text(line.drawn))

    def _finish(self, line: Line, ending: Literal["stop", "length"]) -> None:
        text = cut(self._engine.text(line.drawn), line.sampling.stop)
        if line.listener is not None:
            line.listener(text)
        known = line.log_probabilities
        mean = sum(known) / len(known) if known else None
        if not line.done.done():
            line.done.set_result(Reply(text, ending, len(line.drawn), mean))
        self._drop(line)

    def _fail(self, line: Line, problem: Exception) -> None:
        if not line.done.done():
            line.done.set_exception(problem)
        self._drop(line)

    def _drop(self, line: Line) -> None:
        if not line.done.done():
            line.done.cancel()
        if line.draft is not None:
            line.draft.cancel()
            line.draft = None
        if line in self._running:
            self._running.remove(line)
            if not line.is_read:
                self._prefixes.end(line.blocks, read=False)
        with contextlib.suppress(ValueError):
            self._waiting.remove(line)


def cut(text: str, stops: Sequence[str]) -> str:
    """The text before the first stop string."""
    found = [position for stop in stops if stop and (position := text.find(stop)) >= 0]
    return text[: min(found)] if found else text


def _vetted(schema: Mapping[str, Any]) -> None:
    try:
        vet(schema)
    except BadSchema as problem:
        raise Refused(f"the JSON schema is refused: {problem}") from problem
