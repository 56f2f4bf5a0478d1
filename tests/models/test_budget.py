"""A call that could pass a limit is not made."""

from __future__ import annotations

import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.errors import BudgetSpent, ModelUnavailable, UserError
from macrohard.models import Budget, Message, Question, Recorder, Sampling, ScriptedModel
from macrohard.models.budget import worst_case
from macrohard.models.holding import LOOK_SECONDS
from macrohard.models.prices import price

QUESTION = Question((Message("user", "one two three"),), Sampling(count=2, max_tokens=10), purpose="p")

USED = 3 + 2 * 3
"""Tokens that the scripted answer really takes: the words of the prompt, and of two replies."""


def varied(count: int) -> list[Question]:
    """The question with other seeds."""
    return [replace(QUESTION, sampling=replace(QUESTION.sampling, seed=seed)) for seed in range(count)]


def scripted(text: str = "a b c", delay: float = 0.0) -> ScriptedModel:
    return ScriptedModel({"p": [text]}, delay=delay)


def test_what_was_used_is_counted_and_not_what_was_feared() -> None:
    budget = Budget(tokens=1000)
    budget.wrap(scripted()).answer([QUESTION])
    assert budget.spent_tokens == USED


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


def test_calls_that_fit_only_one_after_the_other_wait_for_each_other() -> None:
    """Thirty worst cases are twelve times this limit, what is really used fits."""
    model = scripted(delay=0.01)
    worst, _ = worst_case(model, QUESTION)
    budget = Budget(tokens=30 * USED + worst)
    assert len(budget.wrap(model).answer(varied(30))) == 30
    assert budget.spent_tokens == 30 * USED


def test_calls_are_made_until_one_does_not_fit_beside_what_is_spent() -> None:
    model = scripted(delay=0.01)
    worst, _ = worst_case(model, QUESTION)
    budget = Budget(tokens=11 * USED + worst)
    with pytest.raises(BudgetSpent, match="tokens"):
        budget.wrap(model).answer(varied(30))
    assert len(model.calls) == 12
    assert budget.spent_tokens == 12 * USED


def test_a_call_in_money_waits_too() -> None:
    model = scripted(delay=0.01)
    model.name = "openai/gpt-4o"
    _, worst = worst_case(model, QUESTION)
    assert len(Budget(usd=worst * 2).wrap(model).answer(varied(4))) == 4


def test_the_deadline_ends_the_wait_for_another_call() -> None:
    model = scripted(delay=1.0)
    budget = Budget(tokens=worst_case(model, QUESTION)[0] + USED, minutes=0.3 / 60)
    with pytest.raises(BudgetSpent, match="minutes"):
        budget.wrap(model).answer(varied(2))
    assert len(model.calls) == 1


def test_a_call_that_fails_ends_the_wait_of_others() -> None:
    def fails_late(question: Question, occasion: int) -> str:
        time.sleep(0.1)
        if not question.sampling.seed:
            raise ModelUnavailable("It is not there")
        return "a b c"

    model = ScriptedModel(fails_late)
    budget, started = Budget(tokens=2 * worst_case(model, QUESTION)[0] - 1), time.monotonic()
    with pytest.raises(ModelUnavailable):
        budget.wrap(model).answer(varied(2))
    assert time.monotonic() - started < LOOK_SECONDS / 2


def test_an_interrupt_ends_the_wait_for_another_call() -> None:
    model = scripted(delay=2.0)
    bounded = Budget(tokens=worst_case(model, QUESTION)[0] + USED).wrap(model)
    other = threading.Thread(target=bounded.answer, args=([QUESTION],))
    other.start()
    interrupt = partial(signal.pthread_kill, threading.get_ident(), signal.SIGINT)
    threading.Timer(0.3, interrupt).start()
    with pytest.raises(KeyboardInterrupt):
        bounded.answer(varied(1))
    assert other.is_alive(), "nobody waited for the other call"
    other.join()


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
