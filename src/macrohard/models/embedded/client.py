"""The embedded mind as its users see it: a Model whose weights live in the server of the machine."""

from __future__ import annotations

import http.client
import json
import secrets
import time
from collections.abc import Sequence
from dataclasses import asdict
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from macrohard.errors import BudgetSpent, ModelUnavailable
from macrohard.models.deadline import passed, seconds_left
from macrohard.models.embedded.conversion import converted, engine_version
from macrohard.models.embedded.launch import ensure, last_words, running
from macrohard.models.embedded.living import attended
from macrohard.models.embedded.state import Place, State
from macrohard.models.parallel import each
from macrohard.models.question import Answer, Question, Reply
from macrohard.models.weights import DIGEST, verified_weights
from macrohard.paths import cache_dir

READ_SECONDS = 3600.0
"""The longest silence of a living server: many requests may wait before this one."""
LOOK_SECONDS = 20.0
"""After so much silence a client looks whether the server still lives: its engine was seen to stand still for ever."""

_USER = secrets.token_hex(8)
"""This process, for the server, whose users take turns."""


class EmbeddedModel:
    """Qwen2.5-Coder-1.5B-Instruct on this machine, shared by all processes of the user."""

    name = "embedded"

    def __init__(self, weights: Path | None = None, folder: Path | None = None, idle: float | None = None) -> None:
        """The weights are those of `macrohard models pull`, unless another file with the same digest is given.

        `folder` holds the state of the server; `idle` is the number of seconds after which it ends unused.
        """
        self.digest = f"sha256:{DIGEST}"
        self._weights = weights
        folder = folder or cache_dir() / "run"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._place = Place(folder, self.digest)
        self._idle = idle

    def server(self) -> State | None:
        """The running server, if there is one."""
        return running(self._place)

    def ready(self) -> State:
        """The running server, started now if need be. Raises ModelUnavailable."""
        state = self.server()
        if state is not None:
            return state
        engine_version()  # tells at once when it is not installed
        model = converted(verified_weights(self._weights))
        return ensure(self._place, model, self.digest, self._idle)

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """All questions at once; replies of all join one running batch.

        A server that dies or hangs is started once more and asked again for what it had not answered.
        """
        answers: list[Answer | None] = [None] * len(questions)
        for _ in range(2):
            missing = [index for index, answer in enumerate(answers) if answer is None]
            if not missing:
                break
            state = self.ready()
            found = each(lambda index, state=state: _ask(self._place, state, questions[index]), missing)  # type: ignore[misc]
            for index, answer in zip(missing, found, strict=True):
                answers[index] = answer
        whole = [answer for answer in answers if answer is not None]
        if len(whole) < len(questions):
            raise ModelUnavailable(f"The embedded model stopped twice while answering: {last_words(self._place)}")
        return whole


def _ask(place: Place, state: State, question: Question) -> Answer | None:
    """The answer; None when the server went away or hangs. When this process goes away, the server stops drawing."""
    connection = http.client.HTTPConnection("127.0.0.1", state.port, timeout=seconds_left(READ_SECONDS) or 0.001)
    started = time.monotonic()
    reads = question.sampling.max_tokens == 0
    path, asked = ("embeddings", _text(question)) if reads else ("chat/completions", _body(question))
    try:
        status, body = _post(connection, place, state, path, asked)
    except (OSError, http.client.HTTPException, ValueError) as problem:
        if passed():
            raise BudgetSpent("The time limit was reached while the embedded model was answering") from problem
        return None
    finally:
        connection.close()
    if status != 200:
        raise ModelUnavailable(f"The embedded model refused a request: {_problem(body)}")
    return (_embedding if reads else _answer)(body, time.monotonic() - started)


def _post(
    connection: http.client.HTTPConnection, place: Place, state: State, path: str, body: dict[str, Any]
) -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {state.key}", "Content-Type": "application/json"}
    connection.request("POST", f"/v1/{path}", json.dumps(body), headers)
    _wait(connection, place, state)
    response = connection.getresponse()
    return response.status, json.loads(response.read())


def _wait(connection: http.client.HTTPConnection, place: Place, state: State) -> None:
    """Wait until something comes. Raises TimeoutError when the time is over or the server hangs."""
    assert connection.sock is not None  # a request has been sent
    last = time.monotonic() + seconds_left(READ_SECONDS)
    while not wait([connection.sock], min(LOOK_SECONDS, max(0.0, last - time.monotonic()))):
        left = last - time.monotonic()
        if left <= 0 or not attended(place, state, left):
            raise TimeoutError("the server is silent")


def _body(question: Question) -> dict[str, Any]:
    sampling = question.sampling
    body: dict[str, Any] = {
        "messages": [asdict(message) for message in question.messages],
        "n": sampling.count,
        "temperature": sampling.temperature,
        "top_p": sampling.top_p,
        "max_tokens": sampling.max_tokens,
        "seed": sampling.seed,
        "stop": list(sampling.stop),
        "logprobs": True,
        "user": _USER,
    }
    if question.schema is not None:
        schema = {"name": "reply", "schema": dict(question.schema)}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    return body


def _text(question: Question) -> dict[str, Any]:
    (message,) = question.messages
    return {"input": message.content}


def _embedding(body: dict[str, Any], seconds: float) -> Answer:
    reply = Reply("", "length", 0, None, tuple(body["data"][0]["embedding"]))
    return Answer((reply,), body["usage"]["prompt_tokens"], seconds)


def _answer(body: dict[str, Any], seconds: float) -> Answer:
    replies = tuple(
        Reply(choice["message"]["content"], choice["finish_reason"], choice["tokens"], choice["mean_logprob"])
        for choice in body["choices"]
    )
    return Answer(replies, body["usage"]["prompt_tokens"], seconds)


def _problem(body: Any) -> str:
    try:
        return str(body["error"]["message"])[:300]
    except (KeyError, TypeError):
        return "it gave no reason"
