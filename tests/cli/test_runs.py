"""Runs that were begun are listed, shown and cancelled; the runs are real, only their workflow is small."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from macrohard.cli.main import cli
from macrohard.company.order import Order
from macrohard.company.progress import Event, Progress, silent
from macrohard.company.report import Cost, Report, Status
from macrohard.company.runs import start_run
from macrohard.company.runs.durable import Steps
from macrohard.company.using import record_of
from macrohard.errors import BudgetSpent
from macrohard.models import Message, Question, Sampling, ScriptedModel
from macrohard.paths import HOME_VARIABLE

COST = Cost(wall_seconds=1, model_seconds=0, model_calls=0, prompt_tokens=0, completion_tokens=0, usd=None)


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))


def call(*words: str) -> Result:
    """Run a command line."""
    return CliRunner().invoke(cli, words, prog_name="macrohard")


def finish(order: Order, steps: Steps, progress: Progress) -> Report:
    """A workflow that declines at once."""
    progress(Event("analyst", "looked at it"))
    return Report(
        run_id=steps.run_id,
        outcome=Status.DECLINED,
        name="counter",
        claims=(),
        confidence=None,
        cost=COST,
        model="scripted",
        model_digest="sha256:0",
        path=None,
        evidence=None,
        run=(),
        recheck=(),
    )


def spend(order: Order, steps: Steps, progress: Progress) -> Report:
    """A workflow that asks once and stops."""
    model = record_of(steps.run_id).wrap(ScriptedModel({"analyst: brief": ["two words"]}))
    model.answer([Question((Message("user", "What is it?"),), Sampling(), purpose="analyst: brief")])
    raise BudgetSpent("The limit of 10 tokens would be passed.")


def order(tmp_path: Path, request: str = "count words\nin a file") -> Order:
    """An order."""
    return Order(request=request, out=str(tmp_path))


def test_finished_run(tmp_path: Path) -> None:
    report = start_run(order(tmp_path), finish, silent)
    listed = json.loads(call("runs", "--json").stdout)["runs"]
    assert [(run["run_id"], run["state"], run["outcome"]) for run in listed] == [
        (report.run_id, "finished", "declined")
    ]
    assert "count words in a file" in call("runs").stdout
    shown = call("show", report.run_id).stdout
    assert "analyst: looked at it" in shown
    assert "Declined: nothing could be verified" in shown
    assert "money unknown" in shown and "Used so far" not in shown
    assert json.loads(call("show", report.run_id, "--json").stdout)["run"]["report"]["outcome"] == "declined"
    assert call("cancel", report.run_id).exit_code == 2


def test_stopped_run_says_how_to_go_on(tmp_path: Path) -> None:
    with pytest.raises(BudgetSpent):
        start_run(order(tmp_path), spend, silent)
    (run,) = json.loads(call("runs", "--json").stdout)["runs"]
    assert run["state"] == "failed"
    shown = call("show", run["run_id"]).stdout
    assert "The limit of 10 tokens would be passed." in shown
    assert f"Go on with: macrohard resume {run['run_id']}" in shown
    assert "Used so far: 0:00 in the model, 3 + 2 tokens in 1 call, no money" in shown
    used = json.loads(call("show", run["run_id"], "--json").stdout)["run"]["used"]
    assert (used["model_calls"], used["prompt_tokens"], used["completion_tokens"], used["usd"]) == (1, 3, 2, 0.0)


def test_before_the_first_call_nothing_is_told_of_calls(tmp_path: Path) -> None:
    def refuse(order: Order, steps: Steps, progress: Progress) -> Report:
        raise BudgetSpent("The limit of 10 tokens would be passed.")

    with pytest.raises(BudgetSpent):
        start_run(order(tmp_path), refuse, silent)
    (run,) = json.loads(call("runs", "--json").stdout)["runs"]
    assert "Used so far" not in call("show", run["run_id"]).stdout


def test_cancelled_run(tmp_path: Path) -> None:
    with pytest.raises(BudgetSpent):
        start_run(order(tmp_path), spend, silent)
    (run,) = json.loads(call("runs", "--json").stdout)["runs"]
    assert call("cancel", run["run_id"]).stdout == f"Run {run['run_id']} is cancelled.\n"
    ended = json.loads(call("cancel", run["run_id"], "--json").stdout)
    assert ended == {"schema_version": "macrohard/cancelled/v1", "run_id": run["run_id"]}
    assert call("resume", run["run_id"]).exit_code == 2


def test_request_cannot_act_on_the_terminal(tmp_path: Path) -> None:
    report = start_run(order(tmp_path, "count [bold]words[/bold] \x1b[2J\u202e"), finish, silent)
    assert "[bold]words[/bold] \\x1b[2J\\u202e" in call("show", report.run_id).stdout
    assert report.run_id in call("runs").stdout
    for shown in (call("runs").stdout, call("show", report.run_id).stdout):
        assert not set(shown) & {"\x1b", "\u202e"}
