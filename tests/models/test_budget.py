"""A call that could pass a limit is not made."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.errors import BudgetSpent, UserError
from macrohard.models import Budget, Message, Question, Recorder, Sampling, ScriptedModel
from macrohard.models.budget import worst_case
from macrohard.models.prices import price

QUESTION = Question((Message("user", "one two three"),), Sampling(count=2, max_tokens=10), purpose="p")


def scripted(text: str = "a b c", delay: float = 0.0) -> ScriptedModel:
    return ScriptedModel({"p": [text]}, delay=delay)


def test_what_was_used_is_counted_and_not_what_was_feared() -> None:
    budget = Budget(tokens=1000)
    budget.wrap(scripted()).answer([QUESTION])
    assert budget.spent_tokens == 3 + 2 * 3


def test_the_call_that_could_pass_the_limit_is_not_made() -> None:
    model = scripted()
    worst, _ = worst_case(model, QUESTION)
    with pytest.raises(BudgetSpent, match="tokens"):
        Budget(tokens=worst - 1).wrap(model).answer([QUESTION])
    assert model.calls == []
    Budget(tokens=worst).wrap(model).answer([QUESTION])
    assert len(model.calls) == 1


def test_what_a_resumed_run_had_spent_counts() -> None:
    model = scripted()
    worst, _ = worst_case(model, QUESTION)
    with pytest.raises(BudgetSpent):
        Budget(tokens=worst + 50, spent_tokens=51).wrap(model).answer([QUESTION])
    with pytest.raises(BudgetSpent, match="minutes"):
        Budget(minutes=1, spent_minutes=1.5).wrap(model).answer([QUESTION])


@given(calls=st.integers(1, 12), limit=st.integers(0, 1500))
def test_parallel_calls_never_pass_the_limit_together(calls: int, limit: int) -> None:
    model, budget = ScriptedModel(lambda question, _: "w " * 10), Budget(tokens=limit)
    bounded = budget.wrap(model)

    def ask(_: int) -> bool:
        try:
            bounded.answer([QUESTION])
        except BudgetSpent:
            return False
        return True

    with ThreadPoolExecutor(calls) as pool:
        answered = sum(pool.map(ask, range(calls)))
    assert budget.spent_tokens <= limit
    assert budget.spent_tokens == answered * (3 + 2 * 10)
    assert len(model.calls) == answered


def test_a_limit_in_money_needs_a_known_price() -> None:
    model = scripted()
    model.name = "http://127.0.0.1:1/v1#m"
    with pytest.raises(UserError, match="price"):
        Budget(usd=1.0).wrap(model)


def test_money_is_reserved_at_the_worst_case() -> None:
    model = scripted()
    model.name = "openai/gpt-4o"
    _, worst = worst_case(model, QUESTION)
    assert worst > 0
    with pytest.raises(BudgetSpent, match="dollars"):
        Budget(usd=worst * 0.99).wrap(model).answer([QUESTION])
    budget = Budget(usd=worst * 1.01)
    budget.wrap(model).answer([QUESTION])
    assert 0 < budget.spent_usd < worst


def test_prices() -> None:
    assert price("embedded", 10**6, 10**6) == 0.0
    assert price("openai/no-such-model", 1, 1) is None
    assert price("http://127.0.0.1:1/v1#gpt-4o", 1, 1) is None
    assert (price("grok", 1000, 1000) or 0) > 0
    assert (price("anthropic/claude-sonnet-5", 1000, 1000) or 0) > 0


def test_a_call_that_fails_counts_in_full() -> None:
    model, budget = ScriptedModel({}), Budget(tokens=1000)
    with pytest.raises(UserError):
        budget.wrap(model).answer([QUESTION])
    assert budget.spent_tokens == worst_case(model, QUESTION)[0]


def test_the_schema_is_read_too() -> None:
    """A remote model gets it as part of the prompt; for the embedded one it is a grammar."""
    model, asked = scripted(), replace(QUESTION, schema={"type": "object"})
    assert worst_case(model, asked)[0] > worst_case(model, QUESTION)[0] + 2 * len(str(asked.schema))
    model.name = "embedded"
    assert worst_case(model, asked) == worst_case(model, QUESTION)


def test_recorded_answers_cost_nothing(tmp_path: object) -> None:
    from pathlib import Path

    model, budget = scripted(), Budget(tokens=200)
    bounded = Recorder(Path(str(tmp_path)) / "calls.db", "r").wrap(budget.wrap(model))
    for _ in range(50):
        bounded.answer([QUESTION])
    assert budget.spent_tokens == 9
    assert len(model.calls) == 1


def test_the_time_limit_is_looked_at_before_each_call() -> None:
    bounded = Budget(minutes=0.2 / 60).wrap(scripted(delay=0.3))
    bounded.answer([QUESTION])
    time.sleep(0.01)
    with pytest.raises(BudgetSpent, match="minutes"):
        bounded.answer([QUESTION])
