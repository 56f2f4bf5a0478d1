"""Statements about tests and their coverage, decided by running the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from macrohard.answers import Standing

from ..repositories import ENVIRONMENT, checked, reason, repository, verdicts, written

FAILING = "def test_wrong():\n    assert 1 == 2\n"
UNITTEST = """import unittest


class Greeting(unittest.TestCase):
    def test_one(self):
        self.assertEqual(1, 1)

    def test_two(self):
        self.assertEqual(1, {two})
"""


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("All tests pass.", Standing.SUPPORTED),
        ("All 2 tests pass.", Standing.SUPPORTED),
        ("2 passed, 1 skipped.", Standing.SUPPORTED),
        ("The test suite is green: no failures.", Standing.SUPPORTED),
        ("All **2** tests are now passing.", Standing.SUPPORTED),
        ("All unit tests pass.", Standing.SUPPORTED),
        ("All 2 new tests pass.", Standing.NOT_CHECKED),
        ("0 tests fail.", Standing.SUPPORTED),
        ("2/2 tests pass.", Standing.SUPPORTED),
        ("All 3 tests pass.", Standing.PARTLY),
        ("2 of 3 tests pass.", Standing.CONTRADICTED),
        ("1 test fails.", Standing.CONTRADICTED),
    ],
)
def test_tests_that_pass(tmp_path: Path, text: str, verdict: Standing) -> None:
    """Two pass, one is skipped."""
    report = checked(text, repository(tmp_path), ENVIRONMENT)
    assert set(verdicts(report).values()) == {verdict}, report


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("All tests pass.", Standing.CONTRADICTED),
        ("No tests fail.", Standing.CONTRADICTED),
        ("1 test fails.", Standing.SUPPORTED),
        ("2 of 3 tests pass.", Standing.SUPPORTED),
        ("1 of 3 tests fails.", Standing.SUPPORTED),
        ("All unit tests pass.", Standing.NOT_CHECKED),
    ],
)
def test_tests_that_fail(tmp_path: Path, text: str, verdict: Standing) -> None:
    report = checked(text, repository(tmp_path, {"tests/test_wrong.py": FAILING}), ENVIRONMENT)
    assert set(verdicts(report).values()) == {verdict}
    assert "2 passed, 1 failed, 1 skipped" in reason(report)


def test_tests_that_pass_beside_one_that_fails(tmp_path: Path) -> None:
    root = repository(tmp_path, {"tests/test_wrong.py": FAILING})
    assert list(verdicts(checked("2 tests pass, 1 fails.", root, ENVIRONMENT)).values()) == [Standing.SUPPORTED] * 2
    assert list(verdicts(checked("All 2 tests pass and 1 fails.", root, ENVIRONMENT)).values())[1:] == [
        Standing.SUPPORTED
    ]


def test_the_summary_of_a_test_run(tmp_path: Path) -> None:
    root = repository(tmp_path, {"tests/test_wrong.py": FAILING})
    assert set(verdicts(checked("1 failed, 2 passed, 1 skipped.", root, ENVIRONMENT)).values()) == {Standing.SUPPORTED}
    assert Standing.SUPPORTED not in verdicts(checked("2 failed, 1 passed.", root, ENVIRONMENT)).values()


def test_what_a_program_prints_is_not_what_is_counted(tmp_path: Path) -> None:
    noisy = "import atexit, sys\n\ndef test_it():\n    atexit.register(lambda: print('40 passed in 1s'))\n"
    root = written(tmp_path, {"test_a.py": noisy})
    assert list(verdicts(checked("All 40 tests pass.", root, ENVIRONMENT)).values()) == [Standing.PARTLY]


def test_tests_that_unittest_does_not_find_are_not_counted_as_passing(tmp_path: Path) -> None:
    files = {"tests/test_a.py": UNITTEST.format(two="1"), "tests/unit/test_b.py": UNITTEST.format(two="2")}
    report = checked("All tests pass.", written(tmp_path, files))
    assert list(verdicts(report).values()) == [Standing.NOT_CHECKED] and "does not find" in reason(report)


def test_a_test_file_that_cannot_be_imported_is_a_failure(tmp_path: Path) -> None:
    report = checked("All tests pass.", repository(tmp_path, {"tests/test_wrong.py": "import nothing"}), ENVIRONMENT)
    assert set(verdicts(report).values()) == {Standing.CONTRADICTED}


def test_a_test_that_ends_the_run_early_does_not_make_it_pass(tmp_path: Path) -> None:
    wrong = "import os\n\ndef test_it():\n    print('214 passed')\n    os._exit(0)\n"
    report = checked("All 214 tests pass.", repository(tmp_path, {"tests/test_a.py": wrong}), ENVIRONMENT)
    assert Standing.SUPPORTED not in verdicts(report).values()


@pytest.mark.parametrize(("two", "verdict"), [("1", Standing.SUPPORTED), ("2", Standing.CONTRADICTED)])
def test_without_pytest_the_standard_library_runs_its_own_tests(tmp_path: Path, two: str, verdict: Standing) -> None:
    report = checked("Both work: 2 tests pass.", written(tmp_path, {"tests/test_a.py": UNITTEST.format(two=two)}))
    assert verdicts(report) == {"2 tests pass": verdict}


@pytest.mark.parametrize(
    ("files", "why"),
    [({"a.py": ""}, "no test files"), ({"test_a.py": "import pytest\n\ndef test_a():\n    pass\n"}, "need pytest")],
)
def test_tests_that_cannot_be_run_are_not_checked(tmp_path: Path, files: dict[str, str], why: str) -> None:
    report = checked("All tests pass.", written(tmp_path, files))
    assert set(verdicts(report).values()) == {Standing.NOT_CHECKED} and why in reason(report)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Coverage is above 50 %.", Standing.SUPPORTED),
        ("Test coverage: at least 99.5%.", Standing.CONTRADICTED),
        ("It has 55 % line coverage.", Standing.SUPPORTED),
        ("It has over 60 percent code coverage.", Standing.CONTRADICTED),
        ("Coverage is above 54.55 %.", Standing.CONTRADICTED),
    ],
)
def test_coverage(tmp_path: Path, text: str, verdict: Standing) -> None:
    """Six of the eleven statements are run."""
    report = checked(text, repository(tmp_path), ENVIRONMENT)
    assert set(verdicts(report).values()) == {verdict}
    assert "Coverage is 54.55 %" in reason(report)


def test_coverage_that_cannot_be_measured_is_not_checked(tmp_path: Path) -> None:
    report = checked("Coverage is 90 %.", repository(tmp_path))
    assert set(verdicts(report).values()) == {Standing.NOT_CHECKED}
