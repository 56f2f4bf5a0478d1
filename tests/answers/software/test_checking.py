"""A text about a repository, whole: what is decided, by what, and what is left alone."""

from __future__ import annotations

import errno
import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macrohard.answers import Standing, check_repository
from macrohard.answers.sentences import Sentence, sentences
from macrohard.answers.software.checking import LONGEST, sayings
from macrohard.errors import UserError

from ..repositories import ENVIRONMENT, checked, repository, verdicts, written

REPORT = """## Done!

I finished the greeting tool. **All 2 tests pass** and `greet --version` prints `greet 1.3.0`.
- Added `tests/test_greet.py`; no dependencies beyond click.
- The code is beautiful.
"""


def test_a_report_of_an_agent(tmp_path: Path) -> None:
    report = checked(REPORT, repository(tmp_path), ENVIRONMENT)
    assert verdicts(report) == {
        "All 2 tests pass": Standing.SUPPORTED,
        "`greet --version` prints `greet 1.3.0`": Standing.CONTRADICTED,
        "Added `tests/test_greet.py`": Standing.SUPPORTED,
        "no dependencies beyond click": Standing.SUPPORTED,
    }
    assert [statement.verdict for statement in report.statements] == [
        Standing.NOT_CHECKED, Standing.NOT_CHECKED, Standing.CONTRADICTED, Standing.SUPPORTED, Standing.SUPPORTED,
        Standing.NOT_CHECKED,
    ]  # fmt: skip
    assert report.exit_status == 3 and report.environment == str(ENVIRONMENT)


@pytest.mark.parametrize("closed", ["a folder", "the names of a folder alone"])
def test_a_folder_that_is_closed_is_no_smaller_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, closed: str
) -> None:
    """What is not seen there would count as not being there. Root may look into everything, so that the system is told to refuse."""
    place, refused = repository(tmp_path), PermissionError(errno.EACCES, "Permission denied", str(tmp_path / "tests"))
    scandir, lstat = os.scandir, Path.lstat

    def look(path: str) -> Any:
        if str(path).endswith("tests"):
            raise refused
        return scandir(path)

    def ask(path: Path) -> os.stat_result:
        if path.parent.name == "tests":
            raise refused
        return lstat(path)

    monkeypatch.setattr(*((os, "scandir", look) if closed == "a folder" else (Path, "lstat", ask)))
    with pytest.raises(
        UserError, match=r"tests\S* cannot be read \(Permission denied\); give a repository that you may"
    ):
        check_repository("Removed `tests/test_greet.py`.", place)


@pytest.mark.parametrize(
    "text",
    [
        "If all tests pass, merge it.",
        "Make sure that `greet Ada` prints Hello.",
        "All tests should pass.",
        "Do all tests pass?",
        "Not all tests pass.",
        "The tests didn't all pass; I can't say why no tests fail.",
        "Previously all 9 tests passed.",
        "`greet` exits with status 2 when no name is given.",
        "Once 5 tests pass, `greet a` prints X.",
        "No new dependencies were needed. No dependency injection.",
        "No classes, no network, no dependencies beyond Python's own library.",
        "Delivered programs have no dependencies.",
        "`httpcore` -> `httpcore2`. Added `typing.Annotated`.",
        "```\n$ pip install greet\n```",
        "It is fast, clean and well tested.",
    ],
)
def test_what_nobody_says_to_be_so_is_not_checked(tmp_path: Path, text: str) -> None:
    report = checked(text, repository(tmp_path))
    assert verdicts(report) == {} and report.exit_status == 4


OTHER_THINGS = """No tests pass.
Almost all tests pass.
50% of tests pass.
Tests are passing except for one.
It is false that all tests pass.
"All tests pass" is not true.
All tests pass: no.
❌ All tests pass
- [ ] All tests pass
~~All tests pass~~
The reviewer said "all tests pass".
PRs require that all tests pass.
Assuming all tests pass, it deploys.
Run pytest to see all tests pass.
The test passes `None` as the second argument.
All 3 tests of the other project pass.
Fixed 2 failing tests.
Without the fix, 3 tests fail.
2 tests fail on main.
Went from 12 failures to 0 failures.
Retries up to 3 failures.
The test suite runs in under 20 seconds.
The service starts within 5 seconds of the crash.
`core.py` has 100 % coverage.
The tool gives 95% coverage of the HTTP spec.
We have 100% branch coverage.
Nearly 100% coverage.
CI fails below 80% coverage.
Minimum coverage: 80%.
No dependencies were added.
No third-party dependencies in `core.py`.
Added a dependency-free parser.
Behaviour depends only on the arguments given.
Ruff requires Python 3.7+.
The match statement requires Python 3.10 or newer.
Added `dist/` to .gitignore.
The command creates `report.html`.
Added `self.lock`.
Added `request.json` validation.
It no longer contains `core.py`.
`greet Ada` prints `x` in Python 2.
The bug: `greet Ada` prints `x` instead of `y`.
Renamed `greet frob` -> `greet frobnicate`.
`greet` takes a name.
All tests pass, except `test_slow`.
All tests pass, apart from one.
All tests pass (except one).
All tests pass, with one exception.
All tests pass, but `test_slow` fails.
`greet Ada` exits with status 0 and prints `x`.
`greet Ada` prints `x` and `y`.
`greeting("Bob")` returns "Hello, Bob!" and prints `x`.
`core.py` was added and raises `ValueError`.""".splitlines()


@pytest.mark.parametrize("text", OTHER_THINGS)
def test_a_clause_that_says_anything_besides_is_left_alone(text: str) -> None:
    """Each of these was once read as if it said less, and called supported or contradicted."""
    assert [saying for sentence in sentences(text) for saying in sayings(sentence)] == []


def test_what_is_run_cannot_change_the_repository_and_not_what_is_run_next(tmp_path: Path) -> None:
    root = repository(tmp_path, {"burn.py": "import shutil\nshutil.rmtree('/work/src')\n"})
    before = sorted(path.relative_to(root) for path in root.rglob("*"))
    report = checked("`python3 burn.py` works. `greet Ada` prints `Hello, Ada!`.", root)
    assert set(verdicts(report).values()) == {Standing.SUPPORTED}
    assert sorted(path.relative_to(root) for path in root.rglob("*")) == before


def test_what_is_run_sees_neither_the_user_nor_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XAI_API_KEY", "xai-secret")
    spy = (
        "import os, socket\nfrom pathlib import Path\nassert 'XAI_API_KEY' not in os.environ\n"
        f"assert not Path({str(tmp_path)!r}).exists()\n"
        "try:\n    socket.create_connection(('1.1.1.1', 53), 1)\nexcept OSError:\n    print('alone')\n"
    )
    report = checked("`python3 spy.py` prints `alone`.", repository(tmp_path, {"spy.py": spy}))
    assert list(verdicts(report).values()) == [Standing.SUPPORTED]


def test_links_that_lead_out_of_the_repository_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    root = repository(tmp_path / "greet")
    (root / "leak.txt").symlink_to(tmp_path / "secret.txt")
    (root / "all").symlink_to(tmp_path)
    (root / "circle.md").symlink_to("circle.md")
    report = checked("Added `leak.txt`. `circle.md` exists.", root)
    assert set(verdicts(report).values()) == {Standing.CONTRADICTED}


def test_a_place_that_is_no_repository_is_a_mistake_of_the_user(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="--repo"):
        check_repository("All tests pass.", tmp_path / "nothing")


@pytest.mark.parametrize("settings_text", [None, "home = /usr\n", "version = 3.1\n"])
def test_an_environment_that_cannot_be_used_is_a_mistake_of_the_user(tmp_path: Path, settings_text: str | None) -> None:
    root = repository(tmp_path, {".venv/pyvenv.cfg": settings_text})
    with pytest.raises(UserError, match="--environment"):
        check_repository("All tests pass.", root, None if settings_text else tmp_path / "nothing")


def test_the_report_names_the_files_that_it_is_about(tmp_path: Path) -> None:
    one, other = (checked("No tests fail.", written(tmp_path / name, {"a.py": name})) for name in ("one", "other"))
    again = checked("All tests pass.", written(tmp_path / "again", {"a.py": "one"}))
    assert one.files_sha256 == again.files_sha256 != other.files_sha256


PIECES = [
    "All ", "3 tests pass", " 214 passed", "coverage is 90 %", "`greet Ada`", " prints ", "`x`", "no dependencies",
    " beyond ", "click and ", "starts in under 5 ms", "Added `a/b.py`", " and ", ", ", ". ", "\n", "if ", "**", "`",
    "requires Python 3.11", "exits with status 2", "(", "$ a\n", "```\n", "é",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@settings(max_examples=300)
def test_whatever_a_text_says_each_of_its_words_is_taken_once(text: str) -> None:
    for words in (text, text * 3):
        found = list(sayings(Sentence(words, 0, len(words))))
        assert all(0 <= saying.start < saying.end <= len(words) for saying in found)
        assert all(first.end <= second.start for first, second in pairwise(found))


@pytest.mark.parametrize(
    "hostile", [" " * 100_000, "coverage " * 10_000, "a and " * 20_000, "`" * 50_000, "3 tests " * 9_000]
)
@pytest.mark.timeout(10)
def test_a_hostile_text_costs_no_time(hostile: str) -> None:
    for text in (hostile, f"No dependencies beyond {hostile}", f"coverage is {hostile}90", f"All {hostile}tests pass"):
        for sentence in (*sentences(text), *sentences(text[:LONGEST]), *sentences(f"```\n{text}")):
            list(sayings(sentence))
