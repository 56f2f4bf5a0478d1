"""What runs a file of the user's tests, and says that they passed only when each of them was run to its end.

Sent into the sandbox as text, where it runs in the folder of the tests: standard library only.
"""

import contextlib
import importlib.util as importing
import os
import sys
import traceback
import types
import unittest as unit
from typing import Any

PASSED = "every test was run and passed"


class Plain(unit.FunctionTestCase):
    """A plain function under the name that it has in its file, whatever wraps it."""

    def __init__(self, function: Any, name: str) -> None:
        super().__init__(function)
        self.name = name

    def id(self) -> str:
        """What it is called in the file."""
        return f"given_tests.{self.name}"


class Passed(unit.TestResult):
    """Notes which tests were run to their end without an error, by function or `Class.method`."""

    def __init__(self) -> None:
        super().__init__()
        self.names: Any = set()

    def addSuccess(self, test: unit.TestCase) -> None:
        """Called for each of them."""
        self.names.add(test.id().partition(".")[2])


def run(path: str, names: Any) -> None:
    """Print `PASSED` when all tests of the file pass, these among them; end with what is wrong otherwise."""
    # The program comes first: a file beside the tests must not stand in for it.
    sys.path = [item for item in sys.path if item not in ("", os.getcwd())] + [os.path.dirname(path) or ".", "."]
    with unheard():
        wrong = what_is_wrong(path, names)
    if wrong:
        sys.exit(wrong)
    print(PASSED)


@contextlib.contextmanager
def unheard() -> Any:
    """Let nothing be seen of what tests, and what they start, print."""
    streams, null = (sys.stdout, sys.stderr), os.open(os.devnull, os.O_WRONLY)
    kept = [os.dup(1), os.dup(2)]
    for number in (1, 2):
        os.dup2(null, number)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = streams
        for stream, number, copy in zip(streams, (1, 2), kept):
            stream.flush()
            os.dup2(copy, number)


def what_is_wrong(path: str, names: Any) -> str:
    """The first traceback, or a test that was not run; '' when there is none."""
    found = Passed()
    try:
        unit.TestSuite(loaded(path)).run(found)
    except BaseException:  # noqa: BLE001 - also the exit of a file that ends the interpreter
        return traceback.format_exc()
    # What is no crash is told without its traceback, after which nobody shall mend a program.
    failed = [f"{test.id()} failed: {told.strip().split(chr(10))[-1]}" for test, told in found.failures]
    broken = failed + [told for _, told in found.errors]
    aside = [*found.skipped, *found.expectedFailures]
    missing = [name for name in names if name not in found.names]
    missing += [test.id() for test, _ in aside] + [test.id() for test in found.unexpectedSuccesses]
    missing += [] if found.names else ["any test"]
    return [*broken, *(f"{name} was not run, or not to its end" for name in missing), ""][0]


def loaded(path: str) -> Any:
    """The tests of the file: plain functions, and `unittest` classes."""
    spec: Any = importing.spec_from_file_location("given_tests", path)
    module = sys.modules["given_tests"] = importing.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, item in vars(module).items():
        if name[:4] == "test" and not name[4:5].islower() and isinstance(item, types.FunctionType):
            yield Plain(item, name)
    yield unit.defaultTestLoader.loadTestsFromModule(module)
