"""The chat completions format, as far as the embedded server speaks it."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from macrohard.models.question import Message, Reply, Sampling

MODEL_ID = "qwen2.5-coder-1.5b-instruct"
MAX_REPLIES = 128


class Part(BaseModel):
    """A piece of a message's content."""

    type: Literal["text"]
    text: str


class Turn(BaseModel):
    """One message of the request."""

    role: Literal["system", "user", "assistant", "developer"]
    content: str | list[Part]

    def message(self) -> Message:
        """The turn as a Message; 'developer' is another word for 'system'."""
        content = self.content if isinstance(self.content, str) else "".join(part.text for part in self.content)
        return Message("system" if self.role == "developer" else self.role, content)


class JsonSchema(BaseModel):
    """The schema of a structured reply."""

    name: str = "reply"
    schema_: dict[str, Any] = Field(alias="schema")


class ResponseFormat(BaseModel):
    """How the reply is structured."""

    type: Literal["text", "json_object", "json_schema"]
    json_schema: JsonSchema | None = None


class ChatRequest(BaseModel):
    """`POST /v1/chat/completions`. Unknown fields are ignored, as clients send many."""

    messages: Annotated[list[Turn], Field(min_length=1)]
    n: Annotated[int, Field(ge=1, le=MAX_REPLIES)] = 1
    temperature: Annotated[float, Field(ge=0, le=5)] = 1.0
    top_p: Annotated[float, Field(gt=0, le=1)] = 1.0
    max_tokens: Annotated[int, Field(ge=1)] | None = None
    max_completion_tokens: Annotated[int, Field(ge=1)] | None = None
    seed: int | None = None
    stop: str | list[str] | None = None
    response_format: ResponseFormat | None = None
    logprobs: bool | None = False
    stream: bool = False
    user: Any = None
    """Who asks: the replies of all users take turns. Whatever is no text stands for nobody in particular."""

    def sampling(self) -> Sampling:
        """The sampling that was asked for; without a seed a random one."""
        seed = secrets.randbits(32) if self.seed is None else self.seed % 2**32
        stop = (self.stop,) if isinstance(self.stop, str) else tuple(self.stop or ())
        limit = self.max_completion_tokens or self.max_tokens or 1024
        return Sampling(self.n, self.temperature, self.top_p, limit, seed, tuple(word for word in stop if word))

    def who(self) -> str:
        """Who asks; '' for nobody in particular."""
        return self.user if isinstance(self.user, str) else ""

    def schema_asked(self) -> Mapping[str, Any] | None:
        """The JSON schema that the reply must obey."""
        wanted = self.response_format
        if wanted is None or wanted.type == "text":
            return None
        return wanted.json_schema.schema_ if wanted.json_schema is not None else {"type": "object"}


class EmbeddingRequest(BaseModel):
    """`POST /v1/embeddings` for one text. Unknown fields are ignored."""

    input: Annotated[str, Field(min_length=1)]


def embeddings(values: Sequence[float], tokens: int) -> dict[str, Any]:
    """The body of what a text is turned into, to four digits."""
    rounded = [float(f"{value:.4g}") for value in values]
    data = [{"object": "embedding", "index": 0, "embedding": rounded}]
    return {"object": "list", "model": MODEL_ID, "data": data, "usage": usage(tokens, 0)}


def completion(replies: Sequence[Reply], prompt_tokens: int, logprobs: bool) -> dict[str, Any]:
    """The body of a whole answer. `tokens` and `mean_logprob` of a choice are our own additions."""
    drawn = sum(reply.completion_tokens for reply in replies)
    return {
        "id": f"chatcmpl-{secrets.token_hex(12)}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": MODEL_ID,
        "choices": [_choice(index, reply, logprobs) for index, reply in enumerate(replies)],
        "usage": usage(prompt_tokens, drawn),
    }


def usage(prompt_tokens: int, completion_tokens: int) -> dict[str, int]:
    """What an answer cost."""
    total = prompt_tokens + completion_tokens
    return {"prompt_tokens": prompt_tokens, "completion_tokens": completion_tokens, "total_tokens": total}


def event(identity: str, delta: Mapping[str, str], ending: str | None) -> str:
    """One server-sent event of a streamed answer."""
    choice = {"index": 0, "delta": delta, "finish_reason": ending}
    body = {"id": identity, "object": "chat.completion.chunk", "created": int(time.time()), "model": MODEL_ID}
    return f"data: {json.dumps({**body, 'choices': [choice]})}\n\n"


def error(message: str, kind: str = "invalid_request_error") -> dict[str, Any]:
    """The body of a refusal."""
    return {"error": {"message": message, "type": kind, "param": None, "code": None}}


def _choice(index: int, reply: Reply, logprobs: bool) -> dict[str, Any]:
    message = {"role": "assistant", "content": reply.text}
    choice: dict[str, Any] = {"index": index, "message": message, "finish_reason": reply.ending, "logprobs": None}
    choice["tokens"] = reply.completion_tokens
    choice["mean_logprob"] = reply.log_probability if logprobs else None
    return choice
