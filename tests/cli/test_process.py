"""The command line as a process of its own, as people and programs start it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HEAVY = {"openvino", "openvino_genai", "dbos", "pydantic_ai", "pydantic", "sqlalchemy", "rich", "mypy", "openai"}


def start(*words: str, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run `macrohard` with these words."""
    argv = [sys.executable, "-I", "-m", "macrohard", *words]
    return subprocess.run(argv, input=stdin, capture_output=True, cwd=cwd, check=False)


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["resume", "--help"], ["models", "--help"]])
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    program = (
        "import sys; from macrohard.cli.main import cli\n"
        f"try: cli.main({words!r}, prog_name='macrohard')\n"
        "except SystemExit: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    assert set(done.stderr.split()) & HEAVY == set()


def test_bad_input_has_no_traceback(tmp_path: Path) -> None:
    for words, stdin in ((["build", ""], b""), (["build", "-"], b"\xff\x00" * 9), (["build", "-"], b"y" * 1_000_000)):
        ended = start(*words, stdin=stdin, cwd=tmp_path)
        assert (ended.returncode, ended.stdout, ended.stderr.count(b"\n")) == (2, b"", 1)
    assert list(tmp_path.iterdir()) == []


def test_json_is_all_that_stands_on_stdout() -> None:
    ended = start("build", "x", "--max-cost", "-3", "--json")
    assert ended.returncode == 2
    assert json.loads(ended.stdout)["exit_status"] == 2


def test_json_after_a_double_dash_is_an_argument() -> None:
    ended = start("show", "--", "--json")
    assert (ended.returncode, ended.stdout) == (2, b"")


@pytest.fixture
def unread() -> Iterator[int]:
    """A pipe to write into, whose other end is closed."""
    ours, theirs = os.pipe()
    os.close(ours)
    yield theirs
    os.close(theirs)


@pytest.mark.parametrize("words", ["models", "models --json", "build --help", "--version"])
def test_stdout_that_nobody_reads_ends_as_other_commands_do(words: str, unread: int) -> None:
    argv = [sys.executable, "-I", "-m", "macrohard", *words.split()]
    ended = subprocess.run(argv, stdout=unread, stderr=subprocess.PIPE, check=False)
    assert (ended.returncode, ended.stderr) == (141, b"")


def test_stderr_that_nobody_reads_changes_no_status(unread: int) -> None:
    argv = [sys.executable, "-I", "-m", "macrohard", "show", "nonsense", "--json"]
    ended = subprocess.run(argv, stdout=subprocess.PIPE, stderr=unread, check=False)
    assert ended.returncode == json.loads(ended.stdout)["exit_status"] == 2


@pytest.mark.parametrize("words", ["models", "models --json", "--help"])
def test_full_disk_is_told_once(words: str) -> None:
    """Nothing can be said in JSON either, since stdout is what cannot be written."""
    with Path("/dev/full").open("wb") as full:
        argv = [sys.executable, "-I", "-m", "macrohard", *words.split()]
        ended = subprocess.run(argv, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    told = "macrohard: The disk is full; free some space and run the same command again.\n"
    assert (ended.returncode, ended.stderr) == (2, told)


@pytest.mark.parametrize(
    ("words", "status"), [("check - --sources .", 2), ("build -", 2), ("build x --review", 2), ("check --hook", 0)]
)
def test_closed_stdin_is_no_fault(words: str, status: int, tmp_path: Path) -> None:
    """A hook ends with 0, since the agent can do nothing about it."""
    program = f"{sys.executable} -I -m macrohard {words} 2>&1 <&-"
    ended = subprocess.run(["sh", "-c", program], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert ended.returncode == status and ended.stdout.count("\n") == 1, ended.stdout
    assert "tandard input is closed" in ended.stdout or "stdin is not one" in ended.stdout


def test_terminal_without_unicode_is_no_fault() -> None:
    argv = [sys.executable, "-c", "from macrohard.cli.main import main; main()", "show", "ü✓"]
    environment = {"PYTHONIOENCODING": "latin-1", "PATH": "/usr/bin:/bin"}
    ended = subprocess.run(argv, capture_output=True, env=environment, check=False)
    assert ended.returncode == 2
    assert b"Traceback" not in ended.stderr and b"\\u2713" in ended.stderr
