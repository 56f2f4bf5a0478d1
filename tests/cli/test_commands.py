"""The commands, through click's runner: what is wrong with a command line is one sentence with the right status."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from macrohard.cli.main import cli
from macrohard.paths import HOME_VARIABLE

STUB = 'def double(n: int) -> int:\n    """Twice n."""\n    raise NotImplementedError\n'


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


def call(*words: str, stdin: bytes = b"") -> Result:
    """Run a command line."""
    return CliRunner().invoke(cli, words, input=stdin, prog_name="macrohard")


def commands(command: click.Command, *path: str) -> Iterator[tuple[str, click.Command]]:
    """A command and all below it, with the words that call them."""
    yield " ".join(path), command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from commands(below, *path, name)


ALL = dict(commands(cli))
HUGE = b"x" * 1_000_000
WRONG: list[tuple[list[str], bytes, str]] = [
    (["build"], b"", "Missing argument 'REQUEST|-|FILE'; see 'macrohard build --help'."),
    (["build", ""], b"", "The request is empty"),
    (["build", "-"], b"", "The request on stdin is empty"),
    (["build", "-"], HUGE, "more than 20,000 characters"),
    (["build", "-"], b"\x7fELF\x00\xff\xfe", "is not text in UTF-8"),
    (["build", "request.txt"], b"", "request.txt cannot be read"),
    (["build", "x", "--example", "to-int XIV"], b"", "is not of the form 'ARGS => OUTPUT'"),
    (["build", "x", "--example", " => "], b"", "is not of the form 'ARGS => OUTPUT'"),
    (["build", "x", "--tests", "nowhere"], b"", "nowhere is not a folder"),
    (["build", "x", "--kind", "web"], b"", "is not one of 'cli', 'library'"),
    (["build", "x", "--out", "/proc/nowhere"], b"", "/proc cannot be written"),
    (["build", "x", "--max-minutes", "-1"], b"", "'-1' is not a number above 0"),
    (["build", "x", "--max-minutes", "nan"], b"", "'nan' is not a number above 0"),
    (["build", "x", "--max-tokens", "0"], b"", "0 is not in the range"),
    (["build", "x", "--max-tokens", "1.5"], b"", "'1.5' is not a valid integer"),
    (["build", "x", "--max-cost", "inf"], b"", "'inf' is not a number above 0"),
    (["build", "x", "--max-cost", "free"], b"", "'free' is not a number above 0"),
    (["build", "x", "--candidates", "0"], b"", "0 is not in the range"),
    (["build", "x", "--seed", "-1"], b"", "-1 is not in the range"),
    (["build", "x", "--review"], b"", "--review asks on the terminal"),
    (["build", "x", "--frob"], b"", "No such option '--frob'"),
    (["implement", "nowhere.py"], b"", "nowhere.py cannot be read"),
    (["implement", "."], b"", "cannot be read (Is a directory)"),
    (["implement", "stub.py", "--out", "taken.py"], b"", "taken.py exists"),
    (["implement", "stub.py", "--out", "taken.py/deeper.py"], b"", "taken.py is not a folder"),
    (["audit", "nowhere"], b"", "give the folder of a project that Macrohard delivered"),
    (["show", "build-00000000"], b"", "There is no run 'build-00000000'"),
    (["show", "../../etc"], b"", "There is no run '../../etc'"),
    (["resume", "build-00000000"], b"", "There is no run 'build-00000000'"),
    (["cancel", "build-00000000"], b"", "There is no run 'build-00000000'"),
    (["frob"], b"", "No such command 'frob'"),
]


@pytest.mark.parametrize(("words", "stdin", "said"), WRONG, ids=[" ".join(words) for words, _, _ in WRONG])
@pytest.mark.parametrize("as_json", [False, True], ids=["text", "json"])
def test_bad_input(words: list[str], stdin: bytes, said: str, as_json: bool, tmp_path: Path) -> None:
    (tmp_path / "stub.py").write_text(STUB)
    (tmp_path / "taken.py").write_text("mine = True\n")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    ended = call(*words, *(["--json"] if as_json else []), stdin=stdin)
    assert ended.exit_code == 2, ended.output
    assert said in ended.stderr
    assert re.fullmatch(r"macrohard: [^\n]+\n", ended.stderr), "it is one line"
    if as_json:
        error = json.loads(ended.stdout)
        assert error["schema_version"] == "macrohard/error/v1"
        assert said in error["error"]
    else:
        assert ended.stdout == ""
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and "home" not in path.parts}
    assert after == before, "nothing is half-written"


@pytest.mark.parametrize("words", ALL)
def test_help(words: str) -> None:
    shown = call(*words.split(), "--help")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert shown.stdout.startswith(f"Usage: macrohard {words}".rstrip())


@pytest.mark.parametrize("words", ALL)
def test_everything_public_is_explained(words: str) -> None:
    command = ALL[words]
    assert command.help
    for parameter in command.params:
        assert not isinstance(parameter, click.Option) or parameter.help, f"{words} {parameter.name}"


@pytest.mark.parametrize("words", [words for words, command in ALL.items() if not isinstance(command, click.Group)])
def test_every_command_has_json(words: str) -> None:
    assert "--json" in [name for parameter in ALL[words].params for name in parameter.opts]


def test_call_without_command_shows_help() -> None:
    shown = call()
    assert shown.exit_code == 2
    assert "Commands:" in shown.stderr


def test_version() -> None:
    assert re.fullmatch(r"macrohard \d+\.\d+\.\d+\n", call("--version").stdout)


def test_no_runs_yet() -> None:
    assert call("runs").stdout == "There are no runs yet; 'macrohard build' starts one.\n"
    assert json.loads(call("runs", "--json").stdout) == {"schema_version": "macrohard/runs/v1", "runs": []}


def test_doctor_tries_the_walls() -> None:
    ended = call("doctor", "--json")
    health = json.loads(ended.stdout)
    assert health["schema_version"] == "macrohard/doctor/v1"
    sandbox = [finding for finding in health["findings"] if finding["area"] == "sandbox"]
    assert {finding["state"] for finding in sandbox} == {"good"}, sandbox
    assert len(sandbox) > 5
    assert health["able"] is (ended.exit_code == 0)


def test_doctor_for_people() -> None:
    shown = call("doctor")
    assert "machine: Python: 3." in shown.stdout
    assert "contained" in shown.stdout
