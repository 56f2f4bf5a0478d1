"""The embedded model behind the chat completions interface, for systems that expect a server.

It listens on a Unix socket, which is the only thing outside its walls that a peer can reach, and counts what is asked.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from macrohard.errors import MacrohardError
from macrohard.models import Answer, Message, Model, Question, Reply, Sampling

MODEL_NAME = "qwen2.5-coder-1.5b-instruct"
TEMPERATURE, TOP_P = 0.7, 0.8
"""Where a peer asks for nothing else: the model's own `generation_config.json`."""
MOST_TOKENS = 2048
"""Of one reply, also where a peer asks for more: the model goes on without end otherwise, now and then."""
_START_SECONDS = 30


class Endpoint:
    """One model as a web application; `tokens` grows with every request."""

    def __init__(self, model: Model) -> None:
        self.tokens = {"prompt": 0, "completion": 0, "requests": 0}
        self.failed = False
        """True when the model could not answer, which is not the fault of who asked."""
        self._asked, self._pending, self._idle = 0, 0, threading.Condition()
        self.app = Starlette(
            routes=[
                Route("/v1/models", _models),
                Route("/v1/chat/completions", self._complete, methods=["POST"]),
            ]
        )
        self._model, self._seed = model, 0

    async def _complete(self, request: Request) -> Response:
        body = await request.json()
        try:
            reply, read = await run_in_threadpool(self._ask, body)
        except MacrohardError as error:
            self.failed = True
            return JSONResponse(_error(error), 503)
        except (KeyError, TypeError, ValueError) as error:
            return JSONResponse(_error(error), 400)
        usage = {"prompt_tokens": read, "completion_tokens": reply.completion_tokens}
        usage["total_tokens"] = sum(usage.values())
        if body.get("stream"):
            return Response(_stream(reply, usage), media_type="text/event-stream")
        message = {"role": "assistant", "content": reply.text}
        choice = {"index": 0, "message": message, "finish_reason": reply.ending}
        return JSONResponse({**_head("chat.completion"), "choices": [choice], "usage": usage})

    def _ask(self, body: Mapping[str, Any]) -> tuple[Reply, int]:
        """One reply and the tokens of the prompt; each request has a seed of its own."""
        with self._idle:
            self._pending += 1
            self._asked += 1
            seed = self._seed + self._asked
        try:
            answer = self._model.answer([question_of(body, seed)])[0]
            self._count(answer)
        finally:
            with self._idle:
                self._pending -= 1
                self._idle.notify_all()
        return answer.replies[0], answer.prompt_tokens

    def _count(self, answer: Answer) -> None:
        with self._idle:
            self.tokens["prompt"] += answer.prompt_tokens
            self.tokens["completion"] += sum(reply.completion_tokens for reply in answer.replies)
            self.tokens["requests"] += 1

    def begin(self, seed: int) -> None:
        """Wait for what a peer that was ended has left behind, then count from nothing."""
        with self._idle:
            self._idle.wait_for(lambda: not self._pending)
            self.tokens = dict.fromkeys(self.tokens, 0)
            self.failed, self._asked, self._seed = False, 0, seed


@contextmanager
def serving(path: Path, model: Model) -> Iterator[Endpoint]:
    """An endpoint that answers while the block runs. Raises TimeoutError when it does not come up."""
    endpoint = Endpoint(model)
    server = uvicorn.Server(uvicorn.Config(endpoint.app, uds=str(path), log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    last = time.monotonic() + _START_SECONDS
    while not server.started:
        if time.monotonic() > last or not thread.is_alive():
            raise TimeoutError("the endpoint did not come up")
        time.sleep(0.01)
    try:
        yield endpoint
    finally:
        server.should_exit = True
        thread.join()


def question_of(body: Mapping[str, Any], seed: int) -> Question:
    """What a chat completions request asks. Raises KeyError for one without messages."""
    messages = tuple(Message(_role(item), _text(item["content"])) for item in body["messages"])
    stop = body.get("stop") or ()
    sampling = Sampling(
        temperature=float(_given(body, "temperature", TEMPERATURE)),
        top_p=float(_given(body, "top_p", TOP_P)),
        max_tokens=min(MOST_TOKENS, int(body.get("max_completion_tokens") or body.get("max_tokens") or MOST_TOKENS)),
        seed=seed,
        stop=(stop,) if isinstance(stop, str) else tuple(stop),
    )
    return Question(messages, sampling, purpose="peer")


async def _models(_: Request) -> Response:
    return JSONResponse({"object": "list", "data": [{"id": MODEL_NAME, "object": "model"}]})


def _given(body: Mapping[str, Any], name: str, otherwise: float) -> Any:
    return otherwise if body.get(name) is None else body[name]


def _role(item: Mapping[str, Any]) -> Any:
    return item["role"] if item["role"] in {"system", "assistant"} else "user"


def _text(content: object) -> str:
    """The text of a message, which may come in parts."""
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content)
    return str(content or "")


def _stream(reply: Reply, usage: Mapping[str, int]) -> str:
    """The reply as a stream of server-sent events: all of it at once."""
    head, delta = _head("chat.completion.chunk"), {"role": "assistant", "content": reply.text}
    events = [
        {**head, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]},
        {**head, "choices": [{"index": 0, "delta": {}, "finish_reason": reply.ending}], "usage": usage},
    ]
    return "".join(f"data: {json.dumps(event)}\n\n" for event in events) + "data: [DONE]\n\n"


def _error(error: Exception) -> dict[str, Any]:
    return {"error": {"message": str(error), "type": type(error).__name__}}


def _head(kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{time.monotonic_ns()}", "object": kind, "created": int(time.time()), "model": MODEL_NAME}
