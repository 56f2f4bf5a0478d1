"""Statements about commands: what they print, how they end, transcripts, and how fast they start."""

from __future__ import annotations

from pathlib import Path

import pytest

from macrohard.answers import Standing, check_repository
from macrohard.answers.evidence import Timing

from ..repositories import ENVIRONMENT, checked, reason, repository, verdicts, written


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("`greet --version` prints `greet 1.2.0`.", Standing.SUPPORTED),
        ("`greet --version` prints 1.2.0.", Standing.PARTLY),
        ("`greet --version` prints 1.2.", Standing.CONTRADICTED),
        ('`greet Ada` prints "Hello, Ada!"', Standing.SUPPORTED),
        ("`./greet Ada` prints `Hello`.", Standing.PARTLY),
        ("`greet a b` prints `error: one name` and exits with status 2.", Standing.SUPPORTED),
        ("`greet a b` prints `error: one name` and exits with status 3.", Standing.CONTRADICTED),
        ('`greet Ada` prints "Hello, Ada!", and `greet --version` works.', Standing.SUPPORTED),
        ("`printf 'a b' | two.py` prints `a / b`.", Standing.SUPPORTED),
        ("`printf 'a b' | two.py` prints `b / a`.", Standing.CONTRADICTED),
        ("`printf 'a b' | two.py` prints `a / b\\n`.", Standing.CONTRADICTED),
        ("`printf 'a / b' | one.py` prints `a / b\\n`.", Standing.SUPPORTED),
        ("`printf 'a / b c' | two.py` prints `a\\n/\\nb\\nc\\n`.", Standing.SUPPORTED),
        ("After `greet Ada`, `greet --version` prints `greet 1.2.0`.", None),
        ("After 2 commands, `greet --version` prints `greet 1.2.0`.", None),
        ("The output of `greet Ada` is `Hello, Ada!`.", Standing.SUPPORTED),
        ("`ruff --version` works.", Standing.SUPPORTED),
        ("`pip install greet` works.", Standing.NOT_CHECKED),
        ("`tests/test_greet.py` passes.", Standing.SUPPORTED),
        ("`greet` works.", Standing.CONTRADICTED),
        ("`greet Ada` outputs JSON.", None),
        ("`greet Ada` prints 2 lines.", None),
        ("`greet Ada` returns 0.", None),
        ("`greet Ada` exits with status 1 on error.", None),
        ("Fixed a bug where `greet Ada` prints `x`.", None),
        ("On Windows, `greet Ada` prints `x`.", None),
        ("`greet` passes the name to `main`.", None),
        ("`greet a b` exits with status 2.", Standing.SUPPORTED),
        ("`greet` exits with status 2.", Standing.SUPPORTED),
        ("`greet Ada` exits with status 2.", Standing.CONTRADICTED),
        ("`python3 -m pytest -q` passes.", Standing.SUPPORTED),
        ("`pytest tests` succeeds.", Standing.SUPPORTED),
        ("`mypy --strict src` reports no errors.", Standing.CONTRADICTED),
        ("`uv run greet Ada` works.", Standing.SUPPORTED),
        ("`nothing --at-all` passes.", Standing.NOT_CHECKED),
        ("`greet Ada | wc -c` works.", None),
        ("`echo $HOME` works.", None),
    ],
)
def test_commands(tmp_path: Path, text: str, verdict: Standing | None) -> None:
    root = repository(tmp_path, {"two.py": "print(*input().split(), sep='\\n')\n", "one.py": "print(input())\n"})
    report = checked(text, root, ENVIRONMENT)
    assert (set(verdicts(report).values()) or {None}) == {verdict}, report


def test_a_command_may_be_a_package_a_script_or_a_program_with_an_interpreter(tmp_path: Path) -> None:
    root = repository(
        tmp_path,
        {"pack/__main__.py": "print('pack')", "tool.py": "print('tool')", "bin/run": "#!/bin/sh\necho run $1\n"},
    )
    text = "`pack 1` prints `pack`. `tool 1` prints `tool`. `run 1` prints `run 1`."
    assert set(verdicts(checked(text, root)).values()) == {Standing.SUPPORTED}


TRANSCRIPT = "```\n$ greet Bob\n{bob}\n$ greet\n{none}\n```\n"


@pytest.mark.parametrize(
    ("bob", "none", "verdict"),
    [
        ("Hello, Bob!", "error: one name", Standing.SUPPORTED),
        ("...", "error: one name", Standing.SUPPORTED),
        ("Hello, Bob!", "error: one name\n$ echo $?\n2", Standing.SUPPORTED),
        ("Hello, Bob!", "error: one name\n$ echo $?\n1", Standing.CONTRADICTED),
        ("Hello, Ada!", "error: one name", Standing.CONTRADICTED),
        ("Hello, Bob!", "error: two names", Standing.CONTRADICTED),
        ("", "error: one name", Standing.SUPPORTED),
    ],
)
def test_transcripts(tmp_path: Path, bob: str, none: str, verdict: Standing) -> None:
    report = checked(TRANSCRIPT.format(bob=bob, none=none), repository(tmp_path))
    assert list(verdicts(report).values()) == [verdict], report


@pytest.mark.parametrize(
    ("shown", "verdict"),
    [
        ("1\n...\n5", Standing.SUPPORTED),
        ("1\n2\n...\n3\n4\n5", Standing.SUPPORTED),
        ("...\n3\n…\n5", Standing.SUPPORTED),
        ("1\n...", Standing.SUPPORTED),
        ("...\n5", Standing.SUPPORTED),
        ("1\n...\n4", Standing.CONTRADICTED),
        ("2\n...\n5", Standing.CONTRADICTED),
        ("1\n...\n4\n...\n3\n...\n5", Standing.CONTRADICTED),
        ("1\n2\n3\n...\n3\n4\n5", Standing.CONTRADICTED),
    ],
)
def test_a_line_of_dots_stands_for_any_lines(tmp_path: Path, shown: str, verdict: Standing) -> None:
    root = repository(tmp_path, {"count.py": "print(*'12345', sep='\\n')\n"})
    report = checked(f"```\n$ python count.py\n{shown}\n```\n", root)
    assert list(verdicts(report).values()) == [verdict], report


def test_the_commands_of_a_transcript_share_a_folder(tmp_path: Path) -> None:
    root = repository(tmp_path, {"note.py": "open('note.txt', 'a').write('x')\nprint(open('note.txt').read())\n"})
    report = checked("    $ ./note.py\n    x\n    $ ./note.py\n    xx\n", root)
    assert list(verdicts(report).values()) == [Standing.SUPPORTED], report


def test_what_a_program_prints_cannot_act_on_a_terminal(tmp_path: Path) -> None:
    root = repository(tmp_path, {"evil.py": "print('\\x1b]0;owned\\x07')"})
    report = checked("`evil.py x` prints `safe`.", root)
    assert "\x1b" not in report.model_dump_json() and "\\x1b" in reason(report)


@pytest.mark.parametrize(
    ("limit", "verdict"), [("30 s", Standing.SUPPORTED), ("1 ms", Standing.CONTRADICTED), ("1 millisecond", Standing.CONTRADICTED)]
)  # fmt: skip
def test_how_fast_it_starts(tmp_path: Path, limit: str, verdict: Standing) -> None:
    report = checked(f"`greet Ada` starts in under {limit}.", repository(tmp_path))
    assert list(verdicts(report).values()) == [verdict]
    ((timing,),) = [part.evidence for statement in report.statements for part in statement.parts]
    assert isinstance(timing, Timing)
    assert len(timing.milliseconds) == 15 and timing.low <= timing.median <= timing.high and timing.level > 0.95


def test_the_only_command_of_a_project_is_meant_when_none_is_named(tmp_path: Path) -> None:
    assert "`greet --help`" in reason(checked("It starts in less than 20 seconds.", repository(tmp_path / "one")))
    nothing = repository(tmp_path / "none", {"pyproject.toml": None})
    assert "not said which" in reason(checked("It starts in under 2 s.", nothing))


def test_a_transcript_of_a_test_run_may_have_taken_another_time(tmp_path: Path) -> None:
    text = "```\n$ pytest -q tests\n..s                 [100%]\n2 passed, 1 skipped in 0.01s\n```\n"
    assert list(verdicts(checked(text, repository(tmp_path), ENVIRONMENT)).values()) == [Standing.SUPPORTED]


def test_what_no_environment_brings_is_not_checked(tmp_path: Path) -> None:
    root = repository(tmp_path, {"needs.py": "import nothing_of_this_name\n"})
    (root / "fetch.py").write_text("import urllib.request\nurllib.request.urlopen('http://example.org')\n")
    report = checked("`needs.py` works. `python3 -m nothing_at_all` passes. `fetch.py` works.", root)
    assert set(verdicts(report).values()) == {Standing.NOT_CHECKED}


def test_a_file_that_is_named_is_run_and_not_what_is_declared_by_that_name(tmp_path: Path) -> None:
    root = repository(tmp_path, {"greet.py": "print('the file')\n"})
    text = "`python greet.py` prints `the file`. `./greet.py` prints `the file`. `greet Ada` prints `Hello, Ada!`."
    assert set(verdicts(checked(text, root)).values()) == {Standing.SUPPORTED}


def test_what_is_stopped_is_not_checked(tmp_path: Path) -> None:
    root = repository(tmp_path, {"slow.py": "import time\ntime.sleep(60)\n"})
    report = check_repository("`slow.py` works. `slow.py` prints `x`.", root, seconds=1)
    assert {part.verdict for part in report.parts} == {Standing.NOT_CHECKED}


def test_commands_of_the_environment_are_found_by_the_tests(tmp_path: Path) -> None:
    calls = "import subprocess\n\ndef test_it():\n    subprocess.run(['coverage', '--version'], check=True)\n"
    root = written(tmp_path, {"test_a.py": calls})
    assert list(verdicts(checked("All tests pass.", root, ENVIRONMENT)).values()) == [Standing.SUPPORTED]


def test_a_command_with_arguments_is_timed_as_it_stands(tmp_path: Path) -> None:
    slow = "import sys, time\nif '--help' not in sys.argv:\n    time.sleep(0.2)\n"
    report = checked("`slow.py` runs in under 100 ms.", repository(tmp_path, {"slow.py": slow}))
    assert list(verdicts(report).values()) == [Standing.CONTRADICTED]
