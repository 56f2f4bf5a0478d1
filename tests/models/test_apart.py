"""Replies of a remote model are requests of their own: what was paid for is kept and counted, whatever becomes of the others."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from macrohard.errors import BudgetSpent, ModelUnavailable
from macrohard.models import Answer, Budget, Message, Model, Question, Recorder, Sampling, open_model
from macrohard.models.apart import Apart
from macrohard.models.budget import worst_case
from macrohard.models.remote import Patience, RemoteModel

from .conftest import Behaviour, Provider, fails, hangs, says

QUICK = Patience(attempts=2, first_wait=0.01, longest_wait=0.05, seconds=20)
SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}
TOLD = 10
"""Tokens that the provider tells for each reply."""


def question(text: str = "hello", count: int = 1, schema: dict[str, Any] | None = None) -> Question:
    return Question((Message("user", text),), Sampling(count, 0.7, max_tokens=20), schema, purpose="p")


def patient(provider: Provider, record: Recorder, budget: Budget) -> Model:
    """As `open_model` makes it, but without the long waits after trouble."""
    return Apart(record.wrap(budget.wrap(RemoteModel.at(f"{provider.address}#m", QUICK))))


def by_seed(refused: int) -> Behaviour:
    """Refuse the reply with this seed, and answer the others with their seeds."""

    def behave(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        (fails(400) if body["seed"] == refused else says(f"reply {body['seed']}"))(handler, body)

    return behave


def ask(provider: Provider, folder: Path, asked: Sequence[Question], **limits: Any) -> list[Answer]:
    record = Recorder(folder / "calls.db", "run")
    return open_model(f"{provider.address}#m", record, Budget(**limits)).answer(asked)


def test_the_replies_beside_one_that_failed_are_not_asked_for_again(provider: Provider, tmp_path: Path) -> None:
    provider.behaviours = [by_seed(2)]
    with pytest.raises(ModelUnavailable):
        ask(provider, tmp_path, [question(count=4)])
    provider.behaviours = [by_seed(99)]
    (answer,) = ask(provider, tmp_path, [question(count=4)])
    assert [reply.text for reply in answer.replies] == ["reply 0", "reply 1", "reply 2", "reply 3"]
    assert sorted(request["seed"] for request in provider.requests) == [0, 1, 2, 2, 3]
    assert not answer.recorded


def test_a_recorded_answer_is_read_whole(provider: Provider, tmp_path: Path) -> None:
    asked = [question(count=3), question("other", count=2)]
    first = ask(provider, tmp_path, asked)
    second = ask(provider, tmp_path, asked)
    assert [answer.replies for answer in first] == [answer.replies for answer in second]
    assert all(answer.recorded for answer in second)
    assert len(provider.requests) == 5


def test_room_in_the_budget_is_held_for_one_reply_and_not_for_all(provider: Provider, tmp_path: Path) -> None:
    worst, _ = worst_case(RemoteModel.at(f"{provider.address}#m"), question())
    (answer,) = ask(provider, tmp_path, [question(count=8)], tokens=7 * TOLD + worst)
    assert len(answer.replies) == 8


def test_what_was_paid_in_vain_counts_when_the_run_goes_on(provider: Provider, tmp_path: Path) -> None:
    provider.behaviours = [says("I would rather not")]
    record, budget = Recorder(tmp_path / "calls.db", "run"), Budget(tokens=10_000)
    with pytest.raises(ModelUnavailable):
        patient(provider, record, budget).answer([question(schema=SCHEMA)])
    used = Recorder(tmp_path / "calls.db", "run").totals()
    assert used.prompt_tokens + used.completion_tokens == 2 * TOLD == budget.spent_tokens
    assert (used.calls, used.usd) == (0, None)
    assert used.seconds > 0


def test_refusals_cost_nothing(provider: Provider, tmp_path: Path) -> None:
    provider.behaviours = [fails(503)]
    record, budget = Recorder(tmp_path / "calls.db", "run"), Budget(tokens=10_000)
    with pytest.raises(ModelUnavailable):
        patient(provider, record, budget).answer([question()])
    assert budget.spent_tokens == record.totals().prompt_tokens == 0


def test_what_was_never_sent_costs_nothing(tmp_path: Path) -> None:
    record, budget = Recorder(tmp_path / "calls.db", "run"), Budget(tokens=10_000)
    nobody = RemoteModel.at("http://127.0.0.1:9/v1#m", QUICK)
    with pytest.raises(ModelUnavailable, match="cannot be reached"):
        Apart(record.wrap(budget.wrap(nobody))).answer([question()])
    assert budget.spent_tokens == record.totals().prompt_tokens == 0


def test_what_a_deadline_cut_off_counts_in_full(provider: Provider, tmp_path: Path) -> None:
    provider.behaviours = [hangs]
    record, budget = Recorder(tmp_path / "calls.db", "run"), Budget(minutes=0.3 / 60)
    with pytest.raises(BudgetSpent):
        patient(provider, record, budget).answer([question()])
    used = record.totals()
    worst, _ = worst_case(RemoteModel.at(f"{provider.address}#m"), question())
    assert used.prompt_tokens + used.completion_tokens == worst == budget.spent_tokens


def test_a_further_attempt_waits_for_room_too(provider: Provider, tmp_path: Path) -> None:
    """The first reply breaks its schema while another call is under way: there is room for one more attempt when that has ended."""

    under_way, tried = threading.Event(), threading.Event()

    def behave(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        if "slow" in str(body["messages"]):
            under_way.set()
            tried.wait(10)
            time.sleep(0.2)
        elif not tried.is_set():
            under_way.wait(10)
            tried.set()
            return says("no")(handler, body)
        says('{"n": 1}')(handler, body)

    provider.behaviours = [behave]
    asked = [question("slow", schema=SCHEMA), question("fast", schema=SCHEMA)]
    worst = sum(worst_case(RemoteModel.at(f"{provider.address}#m"), one)[0] for one in asked)
    budget = Budget(tokens=worst + TOLD // 2)
    answers = patient(provider, Recorder(tmp_path / "calls.db", "run"), budget).answer(asked)
    assert [answer.replies[0].text for answer in answers] == ['{"n": 1}'] * 2
    assert budget.spent_tokens == 3 * TOLD
