"""The scripted mind says what it was told, and counts."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from macrohard.errors import ModelUnavailable, UserError
from macrohard.models import Message, Question, Sampling, ScriptedModel, open_model


def question(purpose: str, text: str = "q", count: int = 1) -> Question:
    return Question((Message("user", text),), Sampling(count=count), purpose=purpose)


def said(model: ScriptedModel, asked: Question) -> list[str]:
    return [reply.text for reply in model.answer([asked])[0].replies]


def test_occasions_follow_each_other_and_the_last_repeats() -> None:
    model = ScriptedModel({"p": ["first", "second"]})
    assert [said(model, question("p", str(n))) for n in range(3)] == [["first"], ["second"], ["second"]]


def test_the_same_question_is_the_same_occasion() -> None:
    model = ScriptedModel({"p": ["first", "second"]})
    assert said(model, question("p")) == said(model, question("p")) == ["first"]
    assert len(model.calls) == 2


def test_replies_take_the_texts_of_an_occasion_in_turn() -> None:
    assert said(ScriptedModel({"p": [["a", "b"]]}), question("p", count=3)) == ["a", "b", "a"]


def test_an_exact_purpose_comes_before_a_pattern() -> None:
    model = ScriptedModel({"engineer: *": ["any"], "engineer: f": ["f"]})
    assert said(model, question("engineer: f")) == ["f"]
    assert said(model, question("engineer: g")) == ["any"]


def test_a_function_can_be_the_script() -> None:
    model = ScriptedModel(lambda asked, occasion: f"{asked.purpose} {occasion}")
    assert said(model, question("p", "1")) == ["p 0"]
    assert said(model, question("p", "2")) == ["p 1"]


def test_an_unknown_purpose_is_told() -> None:
    with pytest.raises(ModelUnavailable, match="'other'"):
        ScriptedModel({"p": ["x"]}).answer([question("other")])


def test_delay_is_for_each_answer_and_questions_are_parallel() -> None:
    model, started = ScriptedModel({"p": ["x"]}, delay=0.2), time.monotonic()
    model.answer([question("p", str(n)) for n in range(5)])
    assert 0.2 <= time.monotonic() - started < 0.9


def test_a_script_file_goes_on_in_the_next_process(tmp_path: Path) -> None:
    script = {"format": "macrohard/script/v1", "log": "log", "replies": {"p": ["first", "second"]}}
    (tmp_path / "s.json").write_text(json.dumps(script))
    name = f"scripted:{tmp_path / 's.json'}"
    assert open_model(name).answer([question("p", "1")])[0].replies[0].text == "first"
    assert open_model(name).answer([question("p", "2")])[0].replies[0].text == "second"
    assert open_model(name).answer([question("p", "1")])[0].replies[0].text == "first"
    assert open_model(name).digest == open_model(name).digest


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "other/v1", "replies": {}}', '{"replies": 3}'])
def test_a_file_that_is_no_script_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "s.json").write_text(text)
    with pytest.raises(UserError, match=r"s\.json"):
        open_model(f"scripted:{tmp_path / 's.json'}")


def test_a_missing_script_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        open_model(f"scripted:{tmp_path / 'none.json'}")
