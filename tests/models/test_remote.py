"""Remote minds against real servers that misbehave."""

from __future__ import annotations

import base64
import json
import logging
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from macrohard.errors import BudgetSpent, ModelUnavailable, UserError
from macrohard.models import Budget, Message, Question, Recorder, Sampling, open_model
from macrohard.models.budget import worst_case
from macrohard.models.remote import Patience, RemoteModel

from .conftest import Provider, fails, garbage, half_json, hangs, says, truncated

QUICK = Patience(attempts=3, first_wait=0.01, longest_wait=0.05, seconds=0.5)
SECRET = "sk-very-secret-0123456789"
SCHEMA = {
    "type": "object",
    "properties": {"n": {"type": "integer"}},
    "required": ["n"],
    "additionalProperties": False,
}


def question(text: str = "hello", **options: Any) -> Question:
    schema = options.pop("schema", None)
    messages = (Message("system", "be brief"), Message("user", text))
    return Question(messages, Sampling(max_tokens=20, **options), schema)


def at(provider: Provider, patience: Patience = QUICK) -> RemoteModel:
    return RemoteModel.at(f"{provider.address}#m", patience)


def test_an_endpoint_answers_with_text_and_cost(provider: Provider) -> None:
    answer = at(provider).answer([question()])[0]
    assert [reply.text for reply in answer.replies] == ["ok"]
    assert (answer.prompt_tokens, answer.replies[0].completion_tokens) == (7, 3)
    assert provider.requests[0]["path"] == "/v1/chat/completions"
    assert provider.requests[0]["model"] == "m"
    assert [turn["role"] for turn in provider.requests[0]["messages"]] == ["system", "user"]


def test_each_reply_has_a_seed_of_its_own(provider: Provider) -> None:
    answer = at(provider).answer([question(count=3, temperature=0.8, seed=5)])[0]
    assert len(answer.replies) == 3
    assert sorted(asked["seed"] for asked in provider.requests) == [5, 6, 7]
    assert answer.prompt_tokens == 21


@pytest.mark.parametrize(
    "trouble",
    [fails(429), fails(500), fails(503), fails(529), garbage, half_json, truncated, hangs],
    ids=["429", "500", "503", "529", "garbage", "half-json", "truncated", "hang"],
)
def test_passing_trouble_is_waited_out(provider: Provider, trouble: Any) -> None:
    provider.behaviours = [trouble, says("at last")]
    assert at(provider).answer([question()])[0].replies[0].text == "at last"
    assert len(provider.requests) == 2


@pytest.mark.parametrize("trouble", [fails(429), fails(500), garbage, truncated, hangs])
def test_lasting_trouble_ends_in_one_sentence(provider: Provider, trouble: Any) -> None:
    provider.behaviours = [trouble]
    with pytest.raises(ModelUnavailable) as caught:
        at(provider, Patience(attempts=2, first_wait=0.01, seconds=0.3)).answer([question()])
    assert len(provider.requests) == 2
    assert "\n" not in str(caught.value)
    assert "try again" in str(caught.value)


def test_after_the_last_attempt_it_is_told_at_once(provider: Provider) -> None:
    provider.behaviours = [fails(503)]
    started = time.monotonic()
    with pytest.raises(ModelUnavailable, match="503"):
        at(provider, Patience(attempts=1, first_wait=20.0)).answer([question()])
    assert time.monotonic() - started < 8


def test_retry_after_is_respected_up_to_the_longest_wait(provider: Provider) -> None:
    provider.behaviours = [fails(429, retry_after="60"), says("ok")]
    started = time.monotonic()
    at(provider, Patience(first_wait=0.001, longest_wait=0.4)).answer([question()])
    assert 0.4 <= time.monotonic() - started < 3


def test_a_wrong_key_names_its_variable_and_is_not_tried_again(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XAI_API_KEY", SECRET)
    monkeypatch.setenv("XAI_BASE_URL", provider.address)
    provider.behaviours = [fails(401, f"Incorrect key {SECRET}")]
    with pytest.raises(ModelUnavailable, match="XAI_API_KEY"):
        open_model("grok").answer([question()])
    assert len(provider.requests) == 1


@pytest.mark.parametrize("status", [400, 401, 404, 422, 429, 500])
def test_the_key_is_in_no_message_no_log_and_no_record(
    provider: Provider,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    monkeypatch.setenv("OPENAI_BASE_URL", provider.address)
    provider.behaviours = [fails(status, f"you sent {SECRET}"), says("ok")]
    model = RemoteModel.of("openai", "gpt-4o", QUICK)
    recorded = Recorder(tmp_path / "calls.db", "run").wrap(model)
    try:
        recorded.answer([question()])
    except ModelUnavailable as problem:
        shown: BaseException | None = problem
        while shown is not None:
            assert SECRET not in str(shown)
            assert shown.__cause__ is None
            shown = None if shown.__suppress_context__ else shown.__context__
    out = capfd.readouterr()
    assert provider.keys[0] == f"Bearer {SECRET}"
    assert SECRET not in caplog.text + out.out + out.err
    for path in tmp_path.iterdir():
        assert SECRET.encode() not in path.read_bytes()


@pytest.mark.parametrize(("model", "base"), [("grok", "XAI_BASE_URL"), ("anthropic/m", "ANTHROPIC_BASE_URL")])
def test_a_password_in_an_address_is_sent_and_told_nowhere(
    provider: Provider, model: str, base: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv(base.replace("BASE_URL", "API_KEY"), "sk-1")
    monkeypatch.setenv(base, provider.address.replace("://", f"://me:{SECRET}%21@"))
    provider.behaviours = [fails(400, f"me:{SECRET}! may not do this")]
    with pytest.raises(ModelUnavailable, match="may not do this") as caught:
        open_model(model).answer([question()])
    assert provider.keys == [f"Basic {base64.b64encode(f'me:{SECRET}!'.encode()).decode()}"]
    assert SECRET not in str(caught.value) + caplog.text


def test_a_password_in_an_address_is_not_told_when_nobody_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XAI_API_KEY", "sk-1")
    monkeypatch.setenv("XAI_BASE_URL", f"http://me:{SECRET}@127.0.0.1:9/v1")
    with pytest.raises(ModelUnavailable, match="http://127.0.0.1:9/v1 cannot be reached"):
        RemoteModel.of("grok", "", QUICK).answer([question()])


@pytest.mark.parametrize(
    "address", ["https://gateway/v1?key=1", "gateway/v1", "https://gateway:port/v1", "https://g#m"]
)
def test_an_address_in_the_environment_that_cannot_be_one_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XAI_API_KEY", "sk-1")
    monkeypatch.setenv("XAI_BASE_URL", address)
    with pytest.raises(UserError, match="XAI_BASE_URL"):
        open_model("grok")


def test_an_unreachable_endpoint_is_told_with_its_address() -> None:
    with pytest.raises(ModelUnavailable, match="http://127.0.0.1:9/v1 cannot be reached"):
        RemoteModel.at("http://127.0.0.1:9/v1#m", QUICK).answer([question()])


def test_a_missing_key_is_told_before_anything_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XAI_API_KEY", raising=False)
    with pytest.raises(ModelUnavailable, match="XAI_API_KEY"):
        open_model("grok/grok-4.7")


@pytest.mark.parametrize(
    ("name", "variable"), [("grok", "XAI_API_KEY"), ("http://127.0.0.1:9/v1#m", "MACROHARD_API_KEY")]
)
@pytest.mark.parametrize("key", ["sk-abc…xyz", "sk-\nxyz", "sk-\udcff"])
def test_a_key_that_cannot_be_sent_is_told_before_anything_is_asked(
    name: str, variable: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, key)
    with pytest.raises(UserError, match=variable) as caught:
        open_model(name)
    assert "sk-" not in str(caught.value)


@pytest.mark.parametrize("name", ["http://", "http://host:port/v1", "http://u:p@127.0.0.1/v1#m", "http://h/v1?key=x#m"])
def test_an_address_that_cannot_be_one_is_refused(name: str) -> None:
    with pytest.raises(UserError):
        open_model(name)


def test_structure_is_asked_for_with_a_schema_and_checked(provider: Provider) -> None:
    provider.behaviours = [says('{"n": "three"}'), says('{"m": 3}'), says('Sure: ```json\n{"n": 3}\n```')]
    answer = at(provider).answer([question(schema=SCHEMA)])[0]
    assert json.loads(answer.replies[0].text) == {"n": 3}
    asked = provider.requests[0]
    in_words = any("JSON schema" in str(turn["content"]) for turn in asked["messages"])
    assert in_words or asked["response_format"]["json_schema"]["schema"]["properties"] == SCHEMA["properties"]


def test_a_server_without_schemas_is_asked_in_words(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XAI_API_KEY", SECRET)
    monkeypatch.setenv("XAI_BASE_URL", provider.address)
    provider.behaviours = [fails(400, "response_format is not supported"), says('{"n": 3}')]
    answer = RemoteModel.of("grok", "", QUICK).answer([question(schema=SCHEMA)])[0]
    assert json.loads(answer.replies[0].text) == {"n": 3}
    assert "response_format" in provider.requests[0]
    assert "response_format" not in provider.requests[1]
    assert "JSON schema" in provider.requests[1]["messages"][-1]["content"]


def test_a_reply_that_never_is_json_ends_in_a_sentence(provider: Provider) -> None:
    provider.behaviours = [says("I would rather not")]
    with pytest.raises(ModelUnavailable, match="it is not JSON"):
        at(provider).answer([question(schema=SCHEMA)])
    assert len(provider.requests) == QUICK.attempts


def test_an_attempt_that_came_to_nothing_is_counted(provider: Provider, tmp_path: Path) -> None:
    provider.behaviours = [says("words"), says('{"n": "x"}'), fails(503), says('{"n": 1}')]
    budget, record = Budget(tokens=10_000), Recorder(tmp_path / "calls.db", "run")
    answer = record.wrap(budget.wrap(at(provider, replace(QUICK, attempts=4)))).answer([question(schema=SCHEMA)])[0]
    assert (answer.prompt_tokens, answer.replies[0].completion_tokens) == (3 * 7, 3 * 3)
    assert budget.spent_tokens == record.totals().prompt_tokens + record.totals().completion_tokens == 30


def test_what_nobody_tells_of_an_attempt_counts_in_full(provider: Provider) -> None:
    provider.behaviours = [hangs, says("ok")]
    budget = Budget(tokens=10_000)
    budget.wrap(at(provider)).answer([question()])
    assert budget.spent_tokens == 10 + worst_case(at(provider), question())[0]


@pytest.mark.parametrize(("trouble", "made"), [(says("no JSON"), 2), (hangs, 1), (fails(500), 3)])
def test_another_attempt_that_could_pass_a_limit_is_not_made(provider: Provider, trouble: Any, made: int) -> None:
    """Twelve tokens beside the worst case of one attempt: room for one that told of ten, for none that told nothing."""
    provider.behaviours = [trouble]
    budget = Budget(tokens=worst_case(at(provider), question(schema=SCHEMA))[0] + 12)
    with pytest.raises(ModelUnavailable):
        budget.wrap(at(provider)).answer([question(schema=SCHEMA)])
    assert len(provider.requests) == made
    assert budget.tokens is not None and budget.spent_tokens <= budget.tokens


def test_a_reply_that_was_cut_says_so(provider: Provider) -> None:
    provider.behaviours = [says('{"n": 3', finish="length")]
    reply = at(provider).answer([question(schema=SCHEMA)])[0].replies[0]
    assert (reply.ending, reply.text) == ("length", '{"n": 3')


def test_tokens_that_are_not_told_are_bounded_and_not_free(provider: Provider) -> None:
    provider.behaviours = [says("four", usage=False)]
    answer = at(provider).answer([question("x" * 100)])[0]
    assert answer.prompt_tokens >= 100
    assert answer.replies[0].completion_tokens >= 4


def test_a_deadline_ends_a_call_that_hangs(provider: Provider) -> None:
    provider.behaviours = [hangs]
    model = Budget(minutes=0.3 / 60).wrap(at(provider, Patience(first_wait=0.01, seconds=100)))
    started = time.monotonic()
    with pytest.raises(BudgetSpent):
        model.answer([question()])
    assert time.monotonic() - started < 2.5


@pytest.mark.filterwarnings("ignore:Sampling parameters")  # this one draws without a temperature
def test_anthropic_speaks_its_own_dialect(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", SECRET)
    monkeypatch.setenv("ANTHROPIC_BASE_URL", provider.address.removesuffix("/v1"))
    body = {
        "id": "1", "type": "message", "role": "assistant", "model": "m", "stop_reason": "end_turn",
        "stop_sequence": None, "content": [{"type": "text", "text": "ok"}],
        "usage": {"input_tokens": 4, "output_tokens": 2},
    }  # fmt: skip
    provider.behaviours = [fails(529), lambda handler, _: _send_json(handler, body)]
    answer = RemoteModel.of("anthropic", "claude-sonnet-5", QUICK).answer([question()])[0]
    assert (answer.replies[0].text, answer.prompt_tokens) == ("ok", 4)
    assert provider.requests[0]["path"] == "/v1/messages"
    assert provider.requests[0]["system"]
    assert provider.keys[0] == f"Bearer {SECRET}"


def _send_json(handler: Any, body: dict[str, Any]) -> None:
    from .conftest import send

    send(handler, 200, json.dumps(body).encode())
