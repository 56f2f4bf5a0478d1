"""The user's own tests: what is run, what cannot be run and is refused, and that nothing passes that was not run."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.company.users import usertesting
from macrohard.company.users.usertests import user_test_checks
from macrohard.errors import UserError
from macrohard.truth import Source

from ..scripted import python
from ..tester.test_acceptance import failures

RIGHT = "def add(a, b):\n    return a + b\n"
WRONG = "def add(a, b):\n    return a - b\n"
PLAIN = "from words import add\n\ndef test_add():\n    assert add(2, 2) == 4\n"
CLASS = "import unittest\nimport words\n\nclass T(unittest.TestCase):\n    def test_add(self):\n        self.assertEqual(words.add(2, 2), 4)\n"
LONGER = "import unittest\nimport words\n\nclass TestAll:\n    def test_add(self):\n        assert words.add(2, 2) == 4\n\nclass TestMore(TestAll):\n    pass\n\nclass TestReal(TestMore, unittest.TestCase):\n    pass\n"
MIXIN = "import unittest\nimport words\n\nclass TestAll:\n    def test_add(self):\n        assert words.add(2, 2) == 4\n\nclass TestReal(TestAll, unittest.TestCase):\n    pass\n"
HELPED = "import helper\n\ndef test_add():\n    helper.holds(2, 2, 4)\n"
HELPER = "import words\n\ndef holds(a, b, c):\n    assert words.add(a, b) == c\n"
SPEAKS = "import subprocess, sys\nfrom words import add\n\ndef test_add():\n    print('hello')\n    subprocess.run([sys.executable, '-c', 'print(1)'])\n    assert add(2, 2) == 4\n"
PATCHED = "from unittest import mock\nfrom words import add\n\n@mock.patch('os.getcwd')\ndef test_add(where):\n    assert add(2, 2) == 4\n"


@pytest.mark.parametrize("text", [PLAIN, CLASS, MIXIN, LONGER, SPEAKS, PATCHED])
@pytest.mark.parametrize("path", ["test_a.py", "unit/test_a.py"])
def test_tests_tell_right_from_wrong(path: str, text: str) -> None:
    (check,) = user_test_checks({path: text})
    assert (check.statement, check.source) == (f"The tests in {path} pass", Source.USER)
    assert failures(RIGHT, [check]) == [""]
    assert failures(WRONG, [check]) != [""]


def test_files_without_tests_lie_beside_and_are_no_checks() -> None:
    files = {
        "__init__.py": "",
        "helper.py": HELPER,
        "test_a.py": HELPED,
        "unit/__init__.py": "",
        "unit/test_b.py": HELPED,
    }
    checks = user_test_checks(files)
    assert [check.statement for check in checks] == ["The tests in test_a.py pass", "The tests in unit/test_b.py pass"]
    assert all(check.files == files for check in checks)
    assert failures(RIGHT, checks) == ["", ""] and all(failures(WRONG, checks))


def test_tests_of_a_class_in_another_file_are_run() -> None:
    files = {
        "base.py": CLASS.replace("class T(", "class Base("),
        "test_a.py": "from base import Base\nclass TestAll(Base):\n    pass\n",
    }
    checks = user_test_checks(files)
    assert [check.statement for check in checks] == ["The tests in base.py pass", "The tests in test_a.py pass"]
    assert failures(RIGHT, checks) == ["", ""] and all(failures(WRONG, checks))


def test_what_is_expected_is_told_without_a_traceback_and_a_crash_with_it() -> None:
    """A crash is shown to an engineer, who mends it; nobody shall fit a program to a test."""
    checks = user_test_checks({"test_a.py": PLAIN, "test_b.py": CLASS})
    plain, case = failures(WRONG, checks)
    assert "test_add failed: AssertionError" in plain and "T.test_add failed: AssertionError: 0 != 4" in case
    assert not any("traceback" in failure for failure in (plain, case))
    assert all(
        "traceback: ZeroDivisionError" in told for told in failures("def add(a, b):\n    return 1 // 0\n", checks)
    )


def test_many_classes_are_read_in_time() -> None:
    """Each takes over the tests of two before it."""
    listed = "".join(f"class C{n}(C{n - 1}, C{n - 2}):\n    x = 1\n" for n in range(2, 200))
    text = f"class C0(object):\n    x = 1\nclass C1(object):\n    x = 1\n{listed}"
    assert len(user_test_checks({"test_a.py": PLAIN + text})) == 1


def test_what_they_expect_is_compared_each_of_the_five_times() -> None:
    """Only checks that expect something to be printed are run five times."""
    (check,) = user_test_checks({"test_a.py": PLAIN})
    assert check.steps[-1].expect.stdout


def test_a_file_beside_the_tests_does_not_stand_in_for_the_program() -> None:
    checks = user_test_checks({"test_a.py": PLAIN, "words.py": RIGHT})
    assert failures(RIGHT, checks) == [""] and all(failures(WRONG, checks))


@pytest.mark.parametrize(
    "more",
    [
        "import sys\nsys.exit(0)\n",
        "import os\nos._exit(0)\n",
        "def test_b():\n    raise SystemExit(0)\n",
        "def test_b():\n    raise KeyboardInterrupt\n",
        "del test_add\n",
        "test_add = None\n",
        "def load_tests(loader, tests, pattern):\n    return loader.suiteClass()\nT.__test__ = None\n",
        "setattr(T, 'test_add', unittest.skip('later')(T.test_add))\n",
        "setattr(T, 'test_add', getattr(unittest, 'expected' + 'Failure')(T.test_add))\n",
        "def setUpModule():\n    raise getattr(unittest, 'Skip' + 'Test')\n",
    ],
)
def test_what_was_not_run_does_not_pass(more: str) -> None:
    for text in (PLAIN + "import unittest\nclass T(unittest.TestCase):\n    def test_add(self):\n        pass\n",):
        (check,) = user_test_checks({"test_a.py": text + more})
        assert failures(RIGHT, [check]) != [""]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import pytest\n", "needs pytest"),
        ("from pytest import raises\n", "needs pytest"),
        ("import os, pytest.mark as m\n", "needs pytest"),
        ("from .helper import x\n", "imports relatively"),
        ("class TestAdd:\n    def test_b(self):\n        assert False\n", "has tests in TestAdd"),
        ("class TestAdd(object):\n    def test_b(self):\n        assert False\n", "has tests in TestAdd"),
        ("class Base:\n    def test_b(self):\n        assert False\nclass TestAdd(Base):\n    x = 1\n", "has tests in TestAdd"),
        ("class TestAdd(Generic[T]):\n    def test_b(self):\n        assert False\n", "has tests in TestAdd"),
        ("if 1:\n    class TestAdd:\n        def test_b(self):\n            assert False\n", "has tests in TestAdd"),
        ("async def test_b():\n    assert False\n", "async or has a yield"),
        ("def test_b():\n    yield 1\n    assert False\n", "async or has a yield"),
        ("def test_b(tmp_path):\n    assert False\n", "takes arguments"),
        ("def test_b(*, x):\n    assert False\n", "takes arguments"),
        ("def test_add():\n    pass\n", "has two tests called test_add"),
        ("@unittest.skip\ndef test_b():\n    assert False\n", "uses skip"),
        ("@unittest.skipIf(True, 'x')\ndef test_b():\n    assert False\n", "uses skipIf"),
        ("@unittest.expectedFailure\ndef test_b():\n    assert False\n", "uses expectedFailure"),
        ("def test_b():\n    raise unittest.SkipTest\n", "uses SkipTest"),
        ("class T(unittest.TestCase):\n    async def test_b(self):\n        assert False\n", "async or has a yield"),
        ("class T(unittest.TestCase):\n    def test_b(self, x):\n        assert False\n", "takes arguments"),
        ("def test_b(:\n", "is not valid Python"),
    ],
)  # fmt: skip
def test_what_cannot_be_run_is_refused(text: str, said: str) -> None:
    with pytest.raises(UserError, match=said) as refused:
        user_test_checks({"test_a.py": PLAIN + text})
    assert "\n" not in str(refused.value) and str(refused.value).startswith("test_a.py ")


@pytest.mark.parametrize(
    "text",
    [
        "skip = 3\n\ndef tested(x):\n    yield x\n",
        "class Probe:\n    def test(self, x):\n        return x\n",
        "def test_b(x=1, *more):\n    def inner():\n        yield x\n    assert list(inner()) == [1]\n",
    ],
)
def test_what_only_looks_alike_is_not_refused(text: str) -> None:
    assert failures(RIGHT, user_test_checks({"test_a.py": PLAIN + text})) == [""]


def test_a_folder_without_tests_is_refused() -> None:
    with pytest.raises(UserError, match="hold no test"):
        user_test_checks({"helper.py": HELPER})
    assert user_test_checks({}) == ()


def test_a_name_that_is_no_text_is_refused() -> None:
    with pytest.raises(UserError, match="UTF-8"):
        user_test_checks({"test_\udce9.py": PLAIN})


@given(st.text())
def test_any_text_is_a_check_or_refused(text: str) -> None:
    try:
        assert len(user_test_checks({"test_a.py": text})) == 1
    except UserError as error:
        assert str(error).isprintable()


def test_what_runs_them_needs_no_other_file(tmp_path: Path) -> None:
    """It is sent as text."""
    (tmp_path / "words.py").write_text(RIGHT)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_a.py").write_text(PLAIN)
    (check,) = user_test_checks({"test_a.py": PLAIN})
    code = f"import sys\nsys.path.append({str(tmp_path)!r})\n{check.steps[0].argv[-1]}"
    done = python("-I", "-c", code, cwd=tmp_path / "tests")
    assert done.stdout.strip() == usertesting.PASSED, done.stderr
