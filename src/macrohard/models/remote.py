"""Remote minds: Grok, OpenAI, Anthropic and every server that speaks the chat completions interface."""

from __future__ import annotations

import asyncio
import random
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from pydantic_ai.direct import model_request
from pydantic_ai.exceptions import UnsupportedSettingWarning
from pydantic_ai.messages import ModelMessage, ModelRequest, ModelResponse, SystemPromptPart, TextPart, UserPromptPart
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.output import OutputObjectDefinition
from pydantic_ai.settings import ModelSettings

from macrohard.errors import BudgetSpent, MacrohardError, ModelUnavailable
from macrohard.models import schema as json_schema
from macrohard.models.apart import answered_apart
from macrohard.models.attempts import Spent, may_try_again
from macrohard.models.deadline import passed, seconds_left
from macrohard.models.failure import Failure, understood
from macrohard.models.provider import Target, reached, target_at, target_of
from macrohard.models.question import Answer, Message, Question, Reply
from macrohard.models.turns import is_own, turn

# Models that think draw without a temperature; that a setting does not apply to them is no fault of the user.
warnings.filterwarnings("ignore", category=UnsupportedSettingWarning)
warnings.filterwarnings("ignore", "Sampling parameters .* are not supported", UserWarning)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a provider is given."""

    attempts: int = 6
    """Requests for one reply, the first included."""
    first_wait: float = 1.0
    """Seconds before the second attempt; doubled each time, and drawn between half and all of it."""
    longest_wait: float = 30.0
    """Also bounds the wait that a provider asks for."""
    seconds: float = 300.0
    """For one attempt, from the moment in which it is sent."""


OWN_SECONDS = 900.0
"""For one attempt at a server that the user runs: without a graphics card, four long replies at once take ten minutes."""


class RemoteModel:
    """A mind that is asked over the network. The key stays in the environment and the request headers."""

    def __init__(self, name: str, target: Target, patience: Patience | None = None) -> None:
        self.name = name
        self.digest = name
        self._target = target
        self._patience = patience or (Patience(seconds=OWN_SECONDS) if is_own(target) else Patience())

    @classmethod
    def of(cls, provider: str, model: str, patience: Patience | None = None) -> RemoteModel:
        """A model of a known provider. Raises ModelUnavailable when its key is not set."""
        target = target_of(provider, model)
        return cls(f"{provider}/{target.model}", target, patience)

    @classmethod
    def at(cls, name: str, patience: Patience | None = None) -> RemoteModel:
        """The model at an address, as in `http://127.0.0.1:8080/v1#qwen`."""
        return cls(name, target_at(name), patience)

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """All questions at once, one request for each reply.

        Raises ModelUnavailable after the attempts that make sense, BudgetSpent at a deadline.
        """
        return answered_apart(self._answer, questions)

    def _answer(self, question: Question) -> Answer:
        started, spent = time.monotonic(), Spent()
        try:
            reply = self._reply(question, spent)
        except MacrohardError as problem:
            problem.spent = (spent.read, spent.drawn)
            raise
        return Answer((reply,), spent.read, time.monotonic() - started)

    def _reply(self, question: Question, spent: Spent) -> Reply:
        """One reply, after as many attempts as it needs; what all of them cost is added to `spent`."""
        patience, native = self._patience, question.schema is not None and self._knows_schemas
        failure = Failure("it was not asked", lasting=True)
        for attempt in range(patience.attempts):
            self._look_at_the_clock()
            before = replace(spent)
            try:
                response = self._attempt(question, attempt * 1009, native=native)
                return _reply(response, question, spent)
            except Exception as problem:  # noqa: BLE001  # `understood` raises what is a fault of ours
                failure = understood(problem, self._target)
            if failure.charged and spent == before:  # nobody told what it cost: the most that it can be
                spent.add(json_schema.most_read(question), question.sampling.max_tokens)
            if native and failure.rejected:
                native = False  # it does not know schemas: ask in words
            elif failure.lasting or attempt + 1 == patience.attempts or not _may_try_again(before, spent):
                break
            else:
                time.sleep(seconds_left(_wait(patience, attempt, failure.retry_after)))
        self._look_at_the_clock()
        raise ModelUnavailable(f"{self.name} cannot answer: {failure.sentence}") from None

    def _look_at_the_clock(self) -> None:
        """Raises BudgetSpent after the deadline."""
        if passed():
            raise BudgetSpent(f"The time limit was reached while {self.name} was answering")

    def _attempt(self, question: Question, offset: int, *, native: bool) -> ModelResponse:
        """One request, as soon as it is its turn; its time begins then. All waiting is done outside of the event loop: it would
        hold up others, and Ctrl-C."""
        with turn(self._target):
            return asyncio.run(self._request(question, offset, native=native))

    async def _request(self, question: Question, offset: int, *, native: bool) -> ModelResponse:
        async with reached(self._target) as api:
            return await model_request(
                api,
                _messages(question, in_words=not native),
                model_settings=_settings(question, offset, seconds_left(self._patience.seconds) or 0.001),
                model_request_parameters=_parameters(question, native=native),
            )

    @cached_property
    def _knows_schemas(self) -> bool:
        """Whether the provider takes a schema beside the messages, as far as the client library knows."""

        async def known() -> bool:
            async with reached(self._target) as api:
                return bool(api.profile.get("supports_json_schema_output"))

        return asyncio.run(known())


def _may_try_again(before: Spent, spent: Spent) -> bool:
    """Whether the budget has room for another attempt, after one that cost the difference."""
    return spent == before or may_try_again(spent.read - before.read, spent.drawn - before.drawn)


def _wait(patience: Patience, attempt: int, asked: float | None) -> float:
    """Exponential back-off with jitter; what the provider asks for counts when it is longer."""
    wait = patience.first_wait * 2**attempt * random.uniform(0.5, 1.0)
    return float(min(patience.longest_wait, max(wait, asked or 0.0)))


def _settings(question: Question, offset: int, seconds: float) -> ModelSettings:
    sampling = question.sampling
    settings = ModelSettings(
        max_tokens=sampling.max_tokens,
        temperature=sampling.temperature,
        seed=(sampling.seed + offset) % 2**31,
        timeout=seconds,
        request_timeout=seconds,
    )
    if sampling.top_p < 1:
        settings["top_p"] = sampling.top_p
    if sampling.stop:
        settings["stop_sequences"] = list(sampling.stop)
    return settings


def _parameters(question: Question, *, native: bool) -> ModelRequestParameters:
    if question.schema is None or not native:
        return ModelRequestParameters()
    wanted = OutputObjectDefinition(json_schema=dict(question.schema), name="reply")
    return ModelRequestParameters(output_mode="native", output_object=wanted, allow_text_output=True)


def _messages(question: Question, *, in_words: bool) -> list[ModelMessage]:
    messages = [_message(message) for message in question.messages]
    if question.schema is not None and in_words:
        messages.append(ModelRequest(parts=[UserPromptPart(json_schema.wish(question.schema))]))
    return messages


def _message(message: Message) -> ModelMessage:
    if message.role == "assistant":
        return ModelResponse(parts=[TextPart(message.content)])
    part = SystemPromptPart(message.content) if message.role == "system" else UserPromptPart(message.content)
    return ModelRequest(parts=[part])


def _reply(response: ModelResponse, question: Question, spent: Spent) -> Reply:
    """Raises ValueError for a reply that breaks the schema; it is counted too. Where usage is not told, bytes bound the tokens."""
    text = "".join(part.content for part in response.parts if isinstance(part, TextPart))
    cut = response.finish_reason == "length"
    usage: Any = response.usage
    read = usage.input_tokens or sum(len(message.content.encode()) for message in question.messages)
    spent.add(read, usage.output_tokens or len(text.encode()))
    if question.schema is not None and not cut:
        text = json_schema.parsed(text, question.schema)
    return Reply(text, "length" if cut else "stop", spent.drawn)
