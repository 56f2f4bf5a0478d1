"""Repositories and texts that are made to bring the check down, or to hide what is wrong."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import pytest

from macrohard.answers import Standing
from macrohard.answers.software import checking
from macrohard.answers.software.rule import Saying

from ..repositories import ENVIRONMENT, checked, repository, verdicts, written

PRINTS = "`python a.py` prints `y`."


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return written(tmp_path / "plain", {"a.py": "print('x')\n"})


def test_a_status_of_thousands_of_digits_hides_no_contradiction(plain: Path) -> None:
    text = f"{PRINTS}\n\n```\n$ python a.py\nx\n$ echo $?\n{'9' * 5000}\n```\n"
    assert verdicts(checked(text, plain))["`python a.py` prints `y`"] is Standing.CONTRADICTED


def test_a_fault_of_ours_hides_no_contradiction(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(sentence: object) -> list[Saying]:
        raise RecursionError

    rules = checking.sayings
    monkeypatch.setattr(checking, "sayings", lambda said: broken(said) if "hello" in said.words else rules(said))
    report = checked(f"It says hello. {PRINTS}", plain)
    assert [statement.verdict for statement in report.statements] == [Standing.NOT_CHECKED, Standing.CONTRADICTED]
    assert "a fault of Macrohard" in report.statements[0].parts[0].reason and report.exit_status == 3


@pytest.mark.parametrize(
    "settings",
    ["a = " + "[" * 3000, f"a = {'9' * 5000}", "project = 5", "[project]\ndynamic = 5", "[project]\ndependencies = 5"],
)
def test_settings_that_no_reader_can_take_say_nothing(tmp_path: Path, settings: str) -> None:
    place = written(tmp_path / "odd", {"a.py": "print('x')\n", "pyproject.toml": settings})
    text = f"It needs Python 3.11 or newer. It has no dependencies. `greet --version` prints `1`. {PRINTS}"
    report = checked(text, place)
    assert not any("a fault of Macrohard" in part.reason for part in report.parts)
    assert report.statements[-1].verdict is Standing.CONTRADICTED


def test_a_result_file_cannot_hold_up_the_reader(tmp_path: Path) -> None:
    """It is written by tests, which may write what they like."""
    flood = "import atexit\natexit.register(lambda: open('.macrohard-junit.xml', 'w').write('<testsuite ' * 500_000))\n"
    started = time.monotonic()
    report = checked("All tests pass.", repository(tmp_path, {"conftest.py": flood}), ENVIRONMENT)
    assert "without a result" in report.statements[0].parts[0].reason
    assert time.monotonic() - started < 30, "it took minutes where the file was read whole"


def test_a_count_of_thousands_of_digits_counts_no_tests(tmp_path: Path) -> None:
    test = f"import sys, unittest\n\n\nclass A(unittest.TestCase):\n    def test(self):\n        print('Ran {'1' * 5000} tests in 1s', file=sys.stderr)\n"
    assert verdicts(checked("All tests pass.", written(tmp_path, {"test_a.py": test}))) == {
        "All tests pass": Standing.SUPPORTED
    }


def test_folders_that_are_nested_without_end_are_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "place").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "place"))
    nest = "import os\nfor _ in range(1400):\n    os.mkdir('n')\n    os.chdir('n')\nprint('x')\n"
    report = checked("`python a.py` prints `x`.", written(tmp_path / "deep", {"a.py": nest}))
    assert not any("a fault of Macrohard" in part.reason for part in report.parts)
    assert not list((tmp_path / "place").iterdir())


def test_a_result_without_end_is_not_compared(tmp_path: Path) -> None:
    place = written(tmp_path / "long", {"a.py": "def f(x):\n    return [x] * 100_000\n"})
    (part,) = checked("`f(1)` returns `[1]`.", place).parts
    assert (part.verdict, part.reason) == (Standing.NOT_CHECKED, "It gives more than can be compared.")


@pytest.mark.parametrize(
    "word",
    [
        "`touch x`", '"`touch x`"', "~/x", "{1,2}", "a{1..3}b", "a?", "[ab]", "!!", "!python", "#x", "--file=~/x",
    ],
)  # fmt: skip
def test_what_a_shell_would_do_otherwise_is_no_command_to_paste(plain: Path, word: str) -> None:
    assert checked(f"```\n$ python a.py {word}\nx\n```\n", plain).parts == ()


@pytest.mark.parametrize("word", ["'a?'", '"[ab] {1,2}"', "\\?", "'!!'", "'#x'", "a#b", "{}", "x!"])
def test_what_a_shell_leaves_as_it_stands_is_run(tmp_path: Path, word: str) -> None:
    place = written(tmp_path / "plain", {"a.py": "print('x')\n"})
    assert verdicts(checked(f"```\n$ python a.py {word}\nx\n```\n", place)) != {}


def test_what_doctest_prints_is_not_searched_without_end(tmp_path: Path) -> None:
    place = written(tmp_path / "long", {"a.py": "print('Failed example:\\n' * 500_000)\n"})
    started = time.monotonic()
    report = checked("```\n>>> import a\n>>> 1\n2\n```\n", place)
    assert time.monotonic() - started < 20 and report.parts


@pytest.mark.parametrize(
    ("text", "path"),
    [("`f(1)` returns `1`.", "b.py"), ("It has no dependencies.", "b.py"), ("It has no dependencies.", "setup.py")],
)
def test_files_that_are_too_long_to_be_read_decide_nothing(tmp_path: Path, text: str, path: str) -> None:
    """They take hundreds of times their size in memory, and may say what nobody has seen."""
    long = "f = [" + "1, " * 300_000 + "]\n"
    place = written(tmp_path / "long", {"a.py": "def f(x):\n    return x\n", path: long})
    assert {part.verdict for part in checked(text, place).parts} == {Standing.NOT_CHECKED}


@pytest.mark.parametrize("printed", ["' \\n' * 400_000 + '1' * 400_000", "'\\n \\t' * 500_000"])
def test_a_coverage_that_the_repository_brings_cannot_hold_up_the_reader(tmp_path: Path, printed: str) -> None:
    place = repository(tmp_path, {"coverage.py": f"print({printed})\n"})
    started = time.monotonic()
    (part,) = checked("Coverage is above 90 %.", place, ENVIRONMENT).parts
    assert (part.verdict, part.reason) == (Standing.NOT_CHECKED, "coverage.py reported no total.")
    assert time.monotonic() - started < 30
