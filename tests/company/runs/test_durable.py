from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from macrohard.company.order import Order
from macrohard.company.progress import Progress, silent
from macrohard.company.report import Report
from macrohard.company.runs import start_run
from macrohard.company.runs.durable import Steps, VolatileSteps, from_json, to_json
from macrohard.truth import Check, Expectation, Source, Step

from ..works import report_of

CHECK = Check(id="C01", statement="It runs.", source=Source.HOST, steps=(Step(argv=("x",), expect=Expectation()),))

Trial = Callable[[Steps], None]
"""What a workflow does with its steps."""


@pytest.fixture(params=["volatile", "durable"])
def attempt(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Trial], None]:
    """Runs a trial, with either kind of steps."""
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path))

    def durable(trial: Trial) -> None:
        def work(order: Order, steps: Steps, progress: Progress) -> Report:
            trial(steps)
            return report_of(order, steps)

        start_run(Order(request="r", out="/o"), work, silent)

    return durable if request.param == "durable" else lambda trial: trial(VolatileSteps())


def test_a_step_returns_what_json_keeps_of_its_result(attempt: Callable[[Trial], None]) -> None:
    def trial(steps: Steps) -> None:
        assert steps.step("checks", tuple[Check, ...], lambda: (CHECK, CHECK)) == (CHECK, CHECK)
        assert steps.step("text", str, lambda: "ü\n\x00\"'") == "ü\n\x00\"'"
        assert steps.step("nothing", type(None), lambda: None) is None
        assert steps.step("numbers", dict[str, float], lambda: {"a": 0.1, "b": 1e300}) == {"a": 0.1, "b": 1e300}
        assert steps.step("bytes", bytes, lambda: b"abc") == b"abc"

    attempt(trial)


def test_a_name_is_used_once(attempt: Callable[[Trial], None]) -> None:
    def trial(steps: Steps) -> None:
        steps.step("ask", str, lambda: "")
        with pytest.raises(ValueError, match="two steps with the name 'ask'"):
            steps.step("ask", str, lambda: "")

    attempt(trial)


def test_what_an_action_raises_comes_out(attempt: Callable[[Trial], None]) -> None:
    def fail() -> str:
        raise KeyError("lost")

    def trial(steps: Steps) -> None:
        steps.step("fail", str, fail)

    with pytest.raises(KeyError, match="lost"):
        attempt(trial)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=20))
def test_json_values_survive(value: object) -> None:
    assert from_json(object, to_json(object, value)) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_survive_exactly(value: float) -> None:
    assert from_json(float, to_json(float, value)) == value


def test_a_result_of_another_kind_is_refused() -> None:
    with pytest.raises(ValidationError):
        from_json(int, '"seven"')


def _durable_trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trial: Trial) -> None:
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path))

    def work(order: Order, steps: Steps, progress: Progress) -> Report:
        trial(steps)
        return report_of(order, steps)

    start_run(Order(request="r", out="/o"), work, silent)


def test_no_step_inside_a_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def trial(steps: Steps) -> None:
        steps.step("outer", str, lambda: steps.step("inner", str, lambda: ""))

    with pytest.raises(RuntimeError, match="'inner' is taken inside step 'outer'"):
        _durable_trial(tmp_path, monkeypatch, trial)


def test_no_step_after_a_failed_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workflow that survived a failure by itself would not take the same steps when it is resumed."""

    def trial(steps: Steps) -> None:
        with pytest.raises(ZeroDivisionError):
            steps.step("fail", int, lambda: 1 // 0)
        steps.step("next", str, lambda: "")

    with pytest.raises(RuntimeError, match="'next' is taken after a step has failed"):
        _durable_trial(tmp_path, monkeypatch, trial)


def test_no_step_in_another_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failures: list[BaseException] = []

    def trial(steps: Steps) -> None:
        def elsewhere() -> None:
            try:
                steps.step("there", str, lambda: "")
            except RuntimeError as error:
                failures.append(error)

        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()

    _durable_trial(tmp_path, monkeypatch, trial)
    assert "another thread" in str(failures[0])


def test_a_result_that_cannot_be_read_back_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the run could never go on: here the first answer is no number in JSON, the second is."""
    answers = [float("nan"), 2.0]

    def trial(steps: Steps) -> None:
        assert steps.step("number", float, lambda: answers.pop(0)) == 2.0

    with pytest.raises(ValidationError):
        _durable_trial(tmp_path, monkeypatch, trial)
    _durable_trial(tmp_path, monkeypatch, trial)
