"""The shapes of the models room: a question to a mind, and its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

TURN_TOKENS = 16
"""Upper bound of what a chat template adds to each message."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the reply is drawn. `temperature` 0 is greedy."""

    count: int = 1
    """How many independent replies to the same messages; they share the work of reading the prompt."""
    temperature: float = 0.0
    top_p: float = 1.0
    max_tokens: int = 512
    """The most completion tokens of each reply. At 0 nothing is drawn: the one message is read as it stands, and the reply holds its
    embedding, which the embedded model alone can tell."""
    seed: int = 0
    stop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Messages, sampling and, where structure is needed, a JSON schema that the reply must obey."""

    messages: tuple[Message, ...]
    sampling: Sampling
    schema: Mapping[str, Any] | None = None
    purpose: str = ""
    """Who asks what, for the record and for the scripted model: 'analyst: brief', 'engineer: to_int'."""

    @property
    def most_read(self) -> int:
        """Upper bound of the tokens of its messages: a token of a byte-level tokenizer is at least one byte long."""
        return sum(len(message.content.encode()) + TURN_TOKENS for message in self.messages) + TURN_TOKENS


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply as it came."""

    text: str
    ending: Literal["stop", "length"]
    """`length`: cut at `max_tokens`, so it may be half a program."""
    completion_tokens: int
    """Those of a remote model's attempts before it that came to nothing included, as with `Answer.prompt_tokens`."""
    log_probability: float | None = None
    """Mean natural-log probability of the reply's tokens, where the engine tells."""
    embedding: tuple[float, ...] = ()
    """What the model makes of the text, where that was asked: its hidden state at the last token."""


@dataclass(frozen=True, slots=True)
class Answer:
    """All replies to one question."""

    replies: tuple[Reply, ...]
    prompt_tokens: int
    seconds: float
    recorded: bool = False
    """True when it came from the record of an earlier call and cost nothing now."""


class Model(Protocol):
    """A mind behind one interface. It proposes; no verdict ever rests on its word."""

    name: str
    """What the user calls it: 'embedded', 'grok', 'openai/gpt-5', 'http://127.0.0.1:8080/v1#qwen', 'scripted'."""
    digest: str
    """What identifies the answers: 'sha256:…' of the weights, or provider and model name where there is no digest."""

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """Answer all questions, in parallel where it can, in the order asked.

        Raises ModelUnavailable when it cannot be reached or refuses, BudgetSpent before a limit is passed.
        """
        ...
