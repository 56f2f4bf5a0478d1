"""`macrohard build` as people start it, all of it real but for the mind that answers, which reads from a script."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from macrohard.paths import HOME_VARIABLE

from ..company.programs import SHOUT_REQUEST, shout_script


def script(folder: Path, *, method: str = "upper", delay: float = 0.0) -> str:
    """The name of a model that writes a program which calls this method of str."""
    path = folder / "script.json"
    path.write_text(json.dumps(shout_script([method], delay)))
    return f"scripted:{path}"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The user's environment with a home of its own."""
    return os.environ | {HOME_VARIABLE: str(tmp_path / "home")}


def argv(*words: str) -> list[str]:
    """The whole command line."""
    return [sys.executable, "-m", "macrohard", *words]


def start(tmp_path: Path, environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run `macrohard` in the folder and wait for it."""
    return subprocess.run(argv(*words), cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)


def report_of(ended: subprocess.CompletedProcess[str]) -> Any:
    """The object on stdout."""
    return json.loads(ended.stdout)


def test_verified_program(tmp_path: Path, environment: dict[str, str]) -> None:
    ended = start(tmp_path, environment, "build", SHOUT_REQUEST, "--model", script(tmp_path), "--json")
    assert ended.returncode == 0, ended
    report = report_of(ended)
    assert (report["schema_version"], report["outcome"]) == ("macrohard/report/v1", "verified")
    assert Path(report["path"]) == tmp_path / "shout"
    used = subprocess.run([*report["run"], "up", "tea"], capture_output=True, text=True, check=True)
    assert used.stdout == "TEA\n"
    assert start(tmp_path, environment, "audit", "shout").returncode == 0
    listed = json.loads(start(tmp_path, environment, "runs", "--json").stdout)["runs"]
    assert [run["run_id"] for run in listed] == [report["run_id"]]


def test_screen_for_people(tmp_path: Path, environment: dict[str, str]) -> None:
    ended = start(tmp_path, environment, "build", SHOUT_REQUEST, "--model", script(tmp_path), "--out", "new")
    assert ended.returncode == 0, ended
    assert "Every acceptance claim is verified." in ended.stdout
    assert "Use:" in ended.stdout and "Check again:" in ended.stdout and "Confidence:" in ended.stdout
    assert "analyst: " in ended.stderr and "engineers: " in ended.stderr


def test_wrong_program_is_not_called_verified(tmp_path: Path, environment: dict[str, str]) -> None:
    ended = start(tmp_path, environment, "build", SHOUT_REQUEST, "--model", script(tmp_path, method="lower"), "--json")
    assert ended.returncode in (3, 4), ended
    report = report_of(ended)
    assert report["outcome"] != "verified"
    verified = [claim["statement"] for claim in report["claims"] if claim["verdict"] == "verified"]
    assert not any("TEA" in statement for statement in verified)


def test_folder_that_is_taken(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "shout").mkdir()
    (tmp_path / "shout" / "mine.txt").write_text("mine")
    ended = start(tmp_path, environment, "build", SHOUT_REQUEST, "--model", script(tmp_path))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "exists already" in ended.stderr and "Traceback" not in ended.stderr
    assert [path.name for path in (tmp_path / "shout").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--model", "wonder"], "There is no model called 'wonder'"),
        (["--model", "scripted:nowhere.json"], "cannot be read"),
        (["--model", "grok"], "XAI_API_KEY"),
        (["--model", "http://127.0.0.1:9/v1#mind", "--max-cost", "1"], "price"),
    ],
)
def test_models_that_cannot_be_used(tmp_path: Path, environment: dict[str, str], options: list[str], said: str) -> None:
    ended = start(tmp_path, environment, "build", SHOUT_REQUEST, *options)
    assert (ended.returncode, ended.stdout) == (2, ""), ended
    assert said in ended.stderr and "Traceback" not in ended.stderr
    assert not (tmp_path / "shout").exists()


@pytest.mark.parametrize("address", ["http://me:hunter2@127.0.0.1:9/v1#mind", "http://127.0.0.1:9/v1?key=hunter2#mind"])
def test_a_secret_in_an_address_comes_to_stand_nowhere(
    tmp_path: Path, environment: dict[str, str], address: str
) -> None:
    ended = start(tmp_path, environment, "build", SHOUT_REQUEST, "--model", address)
    assert ended.returncode == 2 and "hunter2" not in ended.stderr, ended
    assert "address of a model" in ended.stderr or "address of the model" in ended.stderr
    assert [path for path in tmp_path.rglob("*") if path.is_file() and b"hunter2" in path.read_bytes()] == []


def test_spent_budget_says_how_to_go_on(tmp_path: Path, environment: dict[str, str]) -> None:
    words = ["build", SHOUT_REQUEST, "--model", script(tmp_path)]
    ended = start(tmp_path, environment, *words, "--max-tokens", "1")
    assert ended.returncode == 4, ended
    assert "Go on with: macrohard resume build-" in ended.stderr
    assert start(tmp_path, environment, *words).returncode == 0


def test_the_work_goes_on_when_nobody_reads_how_it_goes(tmp_path: Path, environment: dict[str, str]) -> None:
    words = " ".join(argv("build", f'"{SHOUT_REQUEST}"', "--model", script(tmp_path), "--json"))
    program = f"{words} 2> >(head -1 >&2)"
    ended = subprocess.run(["bash", "-c", program], cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert ended.returncode == 0, ended
    assert json.loads(ended.stdout)["outcome"] == "verified"


def test_interruption_is_kept(tmp_path: Path, environment: dict[str, str]) -> None:
    words = argv("build", SHOUT_REQUEST, "--model", script(tmp_path, delay=3.0))
    with subprocess.Popen(words, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        calls = tmp_path / "calls"
        deadline = time.monotonic() + 60
        while not (calls.exists() and calls.stat().st_size) and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert "macrohard: Interrupted." in told and "Traceback" not in told
    run = told.rpartition("macrohard resume ")[2].strip()
    script(tmp_path)
    assert start(tmp_path, environment, "resume", run).returncode == 0
    asked = [json.loads(line) for line in calls.read_text().splitlines()]
    assert [line["purpose"] for line in asked if line["event"] == "asked"].count("analyst: brief") <= 2


def test_live_screen_on_a_terminal(tmp_path: Path, environment: dict[str, str]) -> None:
    ours, theirs = pty.openpty()
    words = argv("build", SHOUT_REQUEST, "--model", script(tmp_path, delay=0.5))
    terminal = environment | {"TERM": "xterm-256color", "COLUMNS": "100", "LINES": "40"}
    shown = b""
    with subprocess.Popen(words, cwd=tmp_path, env=terminal, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        while select.select([ours], [], [], 60)[0]:
            try:
                shown += os.read(ours, 65536)
            except OSError:  # Linux says EIO when the other side is closed
                break
    os.close(ours)
    assert process.returncode == 0, shown
    text = shown.decode()
    assert "analyst" in text and "Every acceptance claim is verified." in text
    assert "\x1b[?25l" in text and text.rindex("\x1b[?25h") > text.rindex("\x1b[?25l"), "the cursor comes back"
