"""`macrohard implement`, all of it real but for the mind that answers, which reads from a script."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from macrohard.cli.main import cli
from macrohard.company import implementing
from macrohard.paths import HOME_VARIABLE

from ..company.scripted import cases, confirmed

STUB = '''def double(n: int) -> int:
    """Return twice n.

    >>> double(21)
    42
    """
    raise NotImplementedError
'''
ANSWER = "```python\ndef double(n: int) -> int:\n    return 2 * n\n```"
CASES = cases({"call": "double(4)", "returns": "8"})
REPLIES = confirmed({"tester: double": [CASES], "engineer: *": [ANSWER]})
SCRIPT = {"format": "macrohard/script/v1", "replies": REPLIES}


@pytest.fixture(autouse=True)
def _folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    Path("script.json").write_text(json.dumps(SCRIPT))
    Path("stubs.py").write_text(STUB)


def implement(*words: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(cli, ["implement", *words, "--model", "scripted:script.json"], prog_name="macrohard")


def test_in_place() -> None:
    ended = implement("stubs.py", "--json")
    assert ended.exit_code == 0, ended.output
    assert json.loads(ended.stdout)["outcome"] == "verified"
    assert "return 2 * n" in Path("stubs.py").read_text()


def test_into_another_file() -> None:
    Path("done").mkdir()
    assert implement("stubs.py", "--out", "done").exit_code == 0
    assert Path("stubs.py").read_text() == STUB
    assert "return 2 * n" in Path("done/stubs.py").read_text()


@pytest.mark.parametrize("more", [[], ["--out", "link.py"]], ids=["named", "named twice"])
def test_behind_a_link_the_file_itself_is_filled_in(more: list[str]) -> None:
    Path("kept").mkdir()
    Path("stubs.py").chmod(0o750)
    Path("stubs.py").rename("kept/real.py")
    Path("link.py").symlink_to("kept/real.py")
    ended = implement("link.py", *more)
    assert ended.exit_code == 0, ended.output
    assert Path("link.py").is_symlink() and "return 2 * n" in Path("kept/real.py").read_text()
    assert Path("kept/real.py").stat().st_mode & 0o7777 == 0o750
    assert Path("kept/real.evidence").is_dir() and not Path("link.evidence").exists()


@pytest.mark.parametrize("more", [[], ["--out", "done.py"]], ids=["in place", "elsewhere"])
def test_killed_between_file_and_report_it_names_the_run(more: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The same command cannot go on by itself, since the file is another one then or stands in the way."""

    def write_and_stop(path: Path, text: str) -> None:
        path.write_text(text)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(implementing, "replace_file", write_and_stop)
        assert implement("stubs.py", *more).exit_code == 130
    again = implement("stubs.py", *more)
    assert again.exit_code == 2 and "go on with `macrohard resume implement-" in again.stderr, again.stderr
    run_id = again.stderr.rpartition("resume ")[2].partition("`")[0]
    assert CliRunner().invoke(cli, ["resume", run_id]).exit_code == 0
    assert "macrohard resume" not in implement("stubs.py", *more).stderr, "what is finished does not go on"


@pytest.mark.parametrize(
    ("text", "said"),
    [("def double(n:\n", "is not valid Python"), ("X = 1\n", "nothing to fill in"), ("", "nothing to fill in")],
)
def test_files_that_cannot_be_filled_in(text: str, said: str) -> None:
    Path("stubs.py").write_text(text)
    ended = implement("stubs.py")
    assert (ended.exit_code, ended.stdout) == (2, ""), ended.output
    assert said in ended.stderr and ended.stderr.count("\n") == 1
    assert Path("stubs.py").read_text() == text


def test_binary_file() -> None:
    Path("stubs.py").write_bytes(b"\xff\xfe\x00")
    ended = implement("stubs.py")
    assert ended.exit_code == 2 and "is not text in UTF-8" in ended.stderr
