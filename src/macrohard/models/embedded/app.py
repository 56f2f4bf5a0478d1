"""The HTTP face of the model: the OpenAI interfaces for chat completions and embeddings, on the loopback, behind a key."""

from __future__ import annotations

import asyncio
import hmac
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from macrohard.models.embedded import wire
from macrohard.models.embedded.batch import Batch, Refused
from macrohard.models.embedded.embedding import Embedder
from macrohard.models.question import Reply

BODY_BYTES = 8 * 1024 * 1024


class App:
    """Answers requests that carry the key, and knows since when nobody has asked anything."""

    def __init__(self, batch: Batch, key: str, load: Callable[[], Embedder]) -> None:
        """`load` makes what reads texts; it is called when one is to be read for the first time."""
        self._batch = batch
        self._reading = asyncio.Lock()
        self._load = load
        self._embedder: Embedder | None = None
        self._key = key
        self._asked = time.monotonic()
        self.asgi = Starlette(
            routes=[
                Route("/health", self._health),
                Route("/v1/models", self._models),
                Route("/v1/chat/completions", self._chat, methods=["POST"]),
                Route("/v1/embeddings", self._embed, methods=["POST"]),
            ]
        )

    def idle_seconds(self) -> float:
        """Seconds since the last request was begun or ended; 0 while something is being drawn or read."""
        if self._batch or self._reading.locked():
            self._asked = time.monotonic()
        return time.monotonic() - self._asked

    def _admitted(self, request: Request) -> bool:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), self._key.encode())

    async def _health(self, request: Request) -> Response:
        if not self._admitted(request):
            return _unauthorized()
        self._asked = time.monotonic()
        return JSONResponse({"status": "ok", "replies": len(self._batch)})

    async def _models(self, request: Request) -> Response:
        if not self._admitted(request):
            return _unauthorized()
        entry = {"id": wire.MODEL_ID, "object": "model", "created": 0, "owned_by": "macrohard"}
        return JSONResponse({"object": "list", "data": [entry]})

    async def _chat(self, request: Request) -> Response:
        if not self._admitted(request):
            return _unauthorized()
        try:
            asked = wire.ChatRequest.model_validate_json(await _body(request))
            if asked.stream and asked.n > 1:
                raise Refused("a stream carries one reply: ask for n=1")
            if asked.stream:
                return StreamingResponse(self._stream(asked), media_type="text/event-stream")
            return await _unless_gone(request, self._whole(asked))
        except (ValidationError, Refused) as problem:
            return _refusal(problem)

    async def _whole(self, asked: wire.ChatRequest) -> Response:
        messages = [turn.message() for turn in asked.messages]
        replies, prompt_tokens = await self._batch.draw(messages, asked.sampling(), asked.schema_asked(), asked.who())
        return JSONResponse(wire.completion(replies, prompt_tokens, bool(asked.logprobs)))

    async def _embed(self, request: Request) -> Response:
        if not self._admitted(request):
            return _unauthorized()
        try:
            asked = wire.EmbeddingRequest.model_validate_json(await _body(request))
            return await _unless_gone(request, self._read(asked.input))
        except (ValidationError, Refused) as problem:
            return _refusal(problem)

    async def _read(self, text: str) -> Response:
        """One text at a time, in a thread, so that others are answered meanwhile."""
        async with self._reading:
            if self._embedder is None:
                self._embedder = await asyncio.to_thread(self._load)
            try:
                tokens = self._batch.tokens(text)
                state = await asyncio.to_thread(self._embedder.read, tokens)
            except ValueError as problem:
                raise Refused(str(problem)) from problem
        self._asked = time.monotonic()
        return JSONResponse(wire.embeddings(state.tolist(), len(tokens)))

    async def _stream(self, asked: wire.ChatRequest) -> AsyncIterator[str]:
        identity, heard = f"chatcmpl-{secrets.token_hex(12)}", asyncio.Queue[str | None]()
        messages, sampling = [turn.message() for turn in asked.messages], asked.sampling()
        drawing = asyncio.ensure_future(
            self._batch.draw(messages, sampling, asked.schema_asked(), asked.who(), listener=heard.put_nowait)
        )
        drawing.add_done_callback(lambda _: heard.put_nowait(None))
        hold = max((len(stop) for stop in sampling.stop), default=1)
        try:
            yield wire.event(identity, {"role": "assistant", "content": ""}, None)
            sent = 0
            while (text := await heard.get()) is not None:
                safe = text[: max(sent, len(text) - hold)]  # the end may be half a character or half a stop string
                if safe[sent:]:
                    yield wire.event(identity, {"content": safe[sent:]}, None)
                sent = len(safe)
            reply: Reply = (await drawing)[0][0]
            yield wire.event(identity, {"content": reply.text[sent:]}, None)
            yield wire.event(identity, {}, reply.ending) + "data: [DONE]\n\n"
        finally:
            drawing.cancel()


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_BYTES:
            raise Refused(f"the request is larger than {BODY_BYTES} bytes")
    return bytes(body)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _unless_gone(request: Request, work: Awaitable[Response]) -> Response:
    """The response; when nobody is there any more to read it, the work is given up."""
    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return await working if working.done() else Response(status_code=499)
    finally:
        working.cancel()
        leaving.cancel()


def _refusal(problem: ValidationError | Refused) -> Response:
    if isinstance(problem, Refused):
        return JSONResponse(wire.error(str(problem)), status_code=400)
    first = problem.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(step) for step in first["loc"])
    return JSONResponse(wire.error(f"{where}: {first['msg']}"), status_code=400)


def _unauthorized() -> Response:
    return JSONResponse(wire.error("wrong or missing key", "authentication_error"), status_code=401)
