"""The frame of a command-line program in everyday use: pipes that close, full disks, several at once, files of its user.

Its functions stand in these tests, so it is run as its user runs it, without walls.
"""

from __future__ import annotations

import ast
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from macrohard.company.brief import Brief
from macrohard.company.delivery.project import write
from macrohard.company.frames import frame
from macrohard.company.order import Kind
from macrohard.company.polish import polish, type_errors
from macrohard.company.proposals import read_brief

from ..scripted import argument, cli_brief, command

ADD = "def add(records: list[dict[str, Any]], word: str) -> str:\n    records.append({'word': word})\n    return word"
COUNT = "def count(records: list[dict[str, Any]]) -> str:\n    return str(len(records))"
TIMES = "def times(n: float) -> list[str]:\n    return ['y' * 99] * int(float(n))"
ECHO = "def echo(stdin_text: str) -> list[str]:\n    return stdin_text.split(',')"


def keeper() -> Brief:
    """A program that keeps words."""
    text = cli_brief("p", command("add", "word"), command("count"), state_file="a.json", fields=[argument("word")])
    brief = read_brief(text, Kind.CLI, "kept in a.json")
    assert brief is not None
    return brief


def printer() -> Brief:
    """A program that prints as many lines as it is told, or its input in parts."""
    text = cli_brief("p", command("times", argument("n", "number")), command("echo", stdin=True))
    brief = read_brief(text, Kind.CLI, "")
    assert brief is not None
    return brief


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Both programs as packages in `src`, and a folder to use them in."""
    typed = "from typing import Any\n\n"
    write(tmp_path / "keeper", polish(frame(keeper(), [typed + ADD, typed + COUNT]).files))
    write(tmp_path / "printer", polish(frame(printer(), [TIMES, ECHO]).files))
    (tmp_path / "here").mkdir()
    return tmp_path


def words(*more: str) -> list[str]:
    return [sys.executable, "-m", "p", *more]


def place(folder: Path, program: str) -> dict[str, Any]:
    """Where a program is used, with nothing set that would change how Python writes."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {"cwd": folder / "here", "env": {**outside, "PYTHONPATH": str(folder / program)}}


def used(folder: Path, program: str, *more: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words(*more), input=stdin, capture_output=True, text=True, check=False, **place(folder, program)
    )


def said(folder: Path, command_line: str) -> str:
    """What a shell says of a program and of the status it ends with."""
    line = f"{sys.executable} -m p {command_line}"
    ended = subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, check=False, **place(folder, "printer")
    )
    return str(ended.stdout + ended.stderr)


def test_the_frame_is_typed(folder: Path) -> None:
    for program in ("keeper", "printer"):
        assert type_errors(folder / program, "p", folder / "cache") == []


def test_the_frame_can_be_read_by_the_oldest_python_that_it_names(folder: Path) -> None:
    for path in folder.rglob("*.py"):
        ast.parse(path.read_text(), feature_version=(3, 10))


def test_nobody_reads_to_the_end(folder: Path) -> None:
    assert said(folder, "times 9000 2>&1 > >(head -n 1 >/dev/null); echo $?") == "141\n"


def test_a_full_disk(folder: Path) -> None:
    ended = said(folder, "times 2 > /dev/full; echo $?")
    assert "error: the result cannot be written" in ended and "Traceback" not in ended and "Exception" not in ended
    assert "2\n" in ended


def test_a_closed_output(folder: Path) -> None:
    assert said(folder, "times 2 >&-; echo $?") == "0\n"


def test_an_interruption(folder: Path) -> None:
    with subprocess.Popen(
        words("echo"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **place(folder, "printer")
    ) as process:
        deadline = time.monotonic() + 30
        while not _waits(process.pid) and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        said = process.communicate()[1]
    assert (process.returncode, said) == (130, b"")


def _waits(pid: int) -> bool:
    """Whether a process waits for its input."""
    return Path(f"/proc/{pid}/wchan").read_text() in {"pipe_read", "anon_pipe_read", "pipe_wait"}


@pytest.mark.parametrize("number", ["1" * 400, "1e400", "nan", "inf", "9" * 5000])
def test_numbers_that_are_too_large(folder: Path, number: str) -> None:
    ended = used(folder, "printer", "times", number)
    assert ended.returncode == 2 and "Traceback" not in ended.stderr and "invalid number value" in ended.stderr


def test_a_list_is_printed_to_its_last_line(folder: Path) -> None:
    assert used(folder, "printer", "echo", stdin="a,,b,").stdout == "a\n\nb\n\n"


def test_what_only_reads_writes_nothing(folder: Path) -> None:
    assert used(folder, "keeper", "count").stdout == "0\n" and os.listdir(folder / "here") == []
    used(folder, "keeper", "add", "x")
    before = (folder / "here/a.json").stat()
    assert used(folder, "keeper", "count").stdout == "1\n"
    after = (folder / "here/a.json").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_stays_where_it_is_and_as_private_as_it_was(folder: Path) -> None:
    (folder / "kept").mkdir()
    kept = folder / "kept/words.json"
    kept.write_text("[]")
    kept.chmod(0o600)
    (folder / "here/a.json").symlink_to("../kept/words.json")
    assert used(folder, "keeper", "add", "x").returncode == 0
    assert json.loads(kept.read_text()) == [{"word": "x"}] and kept.stat().st_mode & 0o777 == 0o600
    assert (folder / "here/a.json").is_symlink() and os.listdir(folder / "kept") == ["words.json"]


def test_several_at_once_lose_nothing(folder: Path) -> None:
    all_of_them = [subprocess.Popen(words("add", str(n)), **place(folder, "keeper")) for n in range(8)]
    assert [process.wait() for process in all_of_them] == [0] * 8
    assert used(folder, "keeper", "count").stdout == "8\n"
    assert os.listdir(folder / "here") == ["a.json"]


@pytest.mark.parametrize("content", ["{", "{}", "[1]", "[" * 100_000, "\x00", '"x"'])
def test_a_file_that_holds_something_else_is_left_alone(folder: Path, content: str) -> None:
    (folder / "here/a.json").write_text(content)
    ended = used(folder, "keeper", "add", "x")
    assert ended.returncode == 2 and "Traceback" not in ended.stderr and "a.json" in ended.stderr
    assert (folder / "here/a.json").read_text() == content


def test_what_cannot_be_written_leaves_all_as_it_was(folder: Path) -> None:
    used(folder, "keeper", "add", "x")
    before = (folder / "here/a.json").read_bytes()
    ended = subprocess.run([*words("add"), b"\xff"], capture_output=True, check=False, **place(folder, "keeper"))
    assert ended.returncode == 2 and b"cannot write a.json" in ended.stderr
    assert (folder / "here/a.json").read_bytes() == before and os.listdir(folder / "here") == ["a.json"]
