"""The answer keys of the example requests agree with the requests, and tell right programs from wrong ones."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from bench import checking, keys, machine
from bench.keys import checks_of, tried
from bench.references import Command, Library, Refused, Session, key_of
from bench.requests import FOLDERS, texts
from macrohard.sandbox import open_sandbox
from macrohard.truth import PROGRAM, PYTHON
from macrohard.truth.examples import CallExample, CommandExample, find_examples

TEXTS = {path.stem: path for name in FOLDERS for path in texts(name)}
NAMES = sorted(TEXTS)
WITHOUT_COMMANDS = {"32-stitches", "35-rescale", "41-gapfill", "44-noisy", "47-quotes", "48-bakeplan"}
LIBRARIES = {name for name in NAMES if isinstance(key_of(name), Library)}


def examples_of(name: str) -> list[CommandExample | CallExample]:
    """The examples that stand in a request itself."""
    return list(find_examples(TEXTS[name].read_text(encoding="utf-8")))


def shown(key: Command, example: CommandExample) -> list[tuple[str | None, int]]:
    """What the key prints for each line of an example and its exit status, a refusal being 2 and nothing."""
    kept: list[dict[str, object]] = []
    found: list[tuple[str | None, int]] = []
    for line in example.lines:
        try:
            found.append((key.run(line.words[1:], line.stdin, example.files, kept).rstrip("\n"), 0))
        except Refused:
            found.append((None, 2))
    return found


def given_by(key: Library, call: str) -> str:
    """What a call returns, or the kind of its exception."""
    try:
        return repr(eval(call, dict(key.functions)))
    except ValueError:
        return "ValueError"


@pytest.mark.parametrize("name", NAMES)
def test_the_key_gives_what_the_request_shows(name: str) -> None:
    examples, key = examples_of(name), key_of(name)
    for example in examples:
        if isinstance(example, CallExample):
            assert isinstance(key, Library)
            assert given_by(key, example.expression) == (example.raises or repr(eval(str(example.result))))
        else:
            assert isinstance(key, Command)
            if example.detached and ".json" in TEXTS[name].read_text(encoding="utf-8"):
                continue  # nobody says what was kept before
            for line, (stdout, exit_status) in zip(example.lines, shown(key, example), strict=True):
                assert exit_status == line.exit_status
                assert line.prepares or stdout == (line.stdout if line.stdout is None else line.stdout.rstrip("\n"))


@pytest.mark.parametrize("name", NAMES)
def test_every_request_has_a_key_of_many_checks(name: str) -> None:
    checks = list(checks_of(key_of(name), "tool", "tool"))
    assert len(checks) >= 15 and len({(check.statement, *sorted(check.files.items())) for check in checks}) == len(
        checks
    )
    assert {check.steps[-1].argv[0] for check in checks} == {PYTHON if name in LIBRARIES else PROGRAM}
    last = [check.steps[-1].expect for check in checks]
    assert all(expect.stdout is not None or (expect.exit_status, expect.error_message) == (2, True) for expect in last)


def test_lines_that_only_prepare_the_last_expect_nothing() -> None:
    key = key_of("07-todo")
    assert isinstance(key, Command)
    (check,) = checks_of(Command(key.run, [Session(["add 'Buy milk'", "done 9", "list"])]), "todo", "todo")
    assert check.statement == "todo add 'Buy milk'; todo done 9; todo list"
    assert [(step.expect.stdout, step.expect.exit_status) for step in check.steps] == [
        (None, None), (None, None), ("1. [ ] Buy milk", 0),
    ]  # fmt: skip


@pytest.mark.parametrize("name", sorted({*NAMES} - WITHOUT_COMMANDS))
def test_the_commands_of_a_key_are_those_of_the_request(name: str) -> None:
    """A command that is never asked for, or one that no input tries, would make the key say too little or too much."""
    key, text = key_of(name), TEXTS[name].read_text(encoding="utf-8")
    called = {call.partition("(")[0] for call in key.calls} if isinstance(key, Library) else _commands(key)
    assert called and all(word in text for word in called)
    named = {example.function for example in examples_of(name) if isinstance(example, CallExample)}
    named |= {line.words[1] for item in examples_of(name) if isinstance(item, CommandExample) for line in item.lines}
    assert named <= called


def _commands(key: Command) -> set[str]:
    return {line.split()[0] for session in key.sessions for line in session.lines}


MEDIAN = """
def median(values):
    if not values:
        raise ValueError("no values")
    values = sorted(values)
    half = len(values) // 2
    return float(values[half]) if len(values) % 2 else (values[half - 1] + values[half]) / 2


def mode(values):
    if not values:
        raise ValueError("no values")
    return min(values, key=lambda value: (-values.count(value), value))
"""
LEAP = """
import sys


def leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


command, text = sys.argv[1:]
if not text.isdigit() or int(text) < 1:
    sys.exit("error: not a year")
year = int(text)
if command == "check":
    print("yes" if leap(year) else "no")
else:
    print(next(later for later in range(year + 1, year + 9) if leap(later)))
"""


def project(folder: Path, name: str, files: dict[str, str]) -> Path:
    """A delivered project of one package."""
    source = folder / name / "src" / name
    source.mkdir(parents=True)
    for path, text in files.items():
        (source / path).write_text(text)
    return folder / name


def wrong_in(request: str, place: Path) -> dict[str, str]:
    """Statement -> reason of all that a project gets wrong."""
    found = tried(key_of(request), place, open_sandbox())
    assert found["n"] == found["right"] + len(found["wrong"]) == len(list(checks_of(key_of(request), "x", "x")))
    return {item["statement"]: item["reason"] for item in found["wrong"]}


def leap(folder: Path, code: str) -> dict[str, str]:
    code = code.replace('sys.exit("error: not a year")', 'sys.stderr.write("error: not a year\\n")\n    sys.exit(2)')
    return wrong_in("05-leap", project(folder, "leap", {"__init__.py": "", "__main__.py": code}))


def test_a_right_program_is_right(tmp_path: Path) -> None:
    assert leap(tmp_path, LEAP) == {}


def test_a_wrong_program_is_caught(tmp_path: Path) -> None:
    wrong = leap(tmp_path, LEAP.replace(" and (year % 100 != 0 or year % 400 == 0)", ""))
    assert set(wrong) == {"leap check 1900", "leap check 2100", "leap next 1896", "leap next 2096"}
    assert "it printed 'yes'" in wrong["leap check 1900"].replace('"', "'").replace("`", "'")


def test_a_program_that_refuses_nothing_is_caught(tmp_path: Path) -> None:
    assert {"leap check 0", "leap next 0"} <= set(leap(tmp_path, LEAP.replace(" or int(text) < 1", "")))


@pytest.mark.parametrize("module", [keys, checking])
def test_nothing_is_written_where_nothing_was_delivered(
    module: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "RESULTS", tmp_path)
    monkeypatch.setattr(sys, "argv", ["it", "--out", str(tmp_path / "nothing")])
    with pytest.raises(SystemExit, match="No program lies in"):
        module.main()
    assert not list(tmp_path.iterdir())


def test_a_right_library_is_right(tmp_path: Path) -> None:
    assert wrong_in("06-stats", project(tmp_path, "ministats", {"__init__.py": MEDIAN})) == {}


def test_a_wrong_library_is_caught(tmp_path: Path) -> None:
    unsorted = MEDIAN.replace("    values = sorted(values)\n", "")
    wrong = wrong_in("06-stats", project(tmp_path, "ministats", {"__init__.py": unsorted}))
    assert "`median([3, 1, 2])` returns `2.0`, compared as a number" in wrong
    assert all("median" in statement for statement in wrong)
