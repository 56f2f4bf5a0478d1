"""A server of the user's own is sent a few requests at once, and the others wait where no time limit runs."""

from __future__ import annotations

import signal
import threading
import time
from functools import partial

import pytest

from macrohard.errors import BudgetSpent, UserError
from macrohard.models import Budget, Message, Question, Sampling, open_model
from macrohard.models.provider import ENDPOINT, KINDS, Target
from macrohard.models.remote import OWN_SECONDS, Patience, RemoteModel
from macrohard.models.turns import OWN, is_own

from .conftest import OneAtATime, Provider, hangs

QUESTION = Question((Message("user", "hello"),), Sampling(count=3, max_tokens=20))


def at(provider: Provider, seconds: float) -> RemoteModel:
    return RemoteModel.at(f"{provider.address}#m", Patience(attempts=1, seconds=seconds))


def test_a_slow_server_is_never_asked_in_vain(provider: Provider) -> None:
    """Twelve replies take 2.4 seconds, and each may take 1.5: the last ones would be given up in the server's own queue."""
    slow = OneAtATime(0.2)
    provider.behaviours = [slow]
    answers = at(provider, 1.5).answer([QUESTION] * 4)
    assert [len(answer.replies) for answer in answers] == [3] * 4
    assert len(provider.requests) == 12
    assert slow.most == OWN


def test_two_models_at_one_server_share_its_places(provider: Provider) -> None:
    slow = OneAtATime(0.05)
    provider.behaviours = [slow]
    others = [
        threading.Thread(target=open_model(f"{provider.address}#{m}").answer, args=([QUESTION] * 3,)) for m in "ab"
    ]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert slow.most <= OWN


def test_the_user_says_how_many_a_server_takes(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = OneAtATime(0.05)
    provider.behaviours = [slow]
    monkeypatch.setenv("MACROHARD_AT_ONCE", "2")
    at(provider, 5).answer([QUESTION] * 2)
    assert slow.most <= 2


@pytest.mark.parametrize("number", ["0", "129", "many", "-1", "1.5"])
def test_a_number_that_is_none_is_refused(provider: Provider, monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    monkeypatch.setenv("MACROHARD_AT_ONCE", number)
    with pytest.raises(UserError, match="MACROHARD_AT_ONCE"):
        at(provider, 5).answer([QUESTION])
    assert provider.requests == []


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("http://192.168.1.5:11434/v1", True),
        ("http://127.0.0.1:8080/v1", True),
        ("https://localhost:8443/v1", True),
        ("https://[::1]/v1", True),
        ("https://openrouter.ai/api/v1", False),
        (KINDS["grok"].address, False),
        (None, False),
    ],
)
def test_whose_server_it_is(address: str | None, own: bool) -> None:
    target = Target(ENDPOINT, "m", address)
    assert is_own(target) == own
    assert RemoteModel("m", target)._patience.seconds == (OWN_SECONDS if own else Patience().seconds)


def test_a_deadline_ends_the_wait_for_a_turn(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MACROHARD_AT_ONCE", "1")
    provider.behaviours = [hangs]
    started = time.monotonic()
    with pytest.raises(BudgetSpent):
        Budget(minutes=0.3 / 60).wrap(at(provider, 100)).answer([QUESTION] * 2)
    assert time.monotonic() - started < 2.5


def test_an_interrupt_ends_the_wait_for_a_turn(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MACROHARD_AT_ONCE", "1")
    provider.behaviours = [OneAtATime(1.0)]
    model, alone = at(provider, 100), Question(QUESTION.messages, Sampling(max_tokens=20))
    other = threading.Thread(target=model.answer, args=([alone],))
    other.start()
    threading.Timer(0.4, partial(signal.pthread_kill, threading.get_ident(), signal.SIGINT)).start()
    time.sleep(0.2)  # the other one is first
    with pytest.raises(KeyboardInterrupt):
        model.answer([alone])
    assert other.is_alive(), "nobody waited for the other one"
    other.join()
    assert len(provider.requests) == 1
