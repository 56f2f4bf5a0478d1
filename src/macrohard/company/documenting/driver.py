"""Runs inside the sandbox: tries the examples in the docstrings of a module, `driver.py SOURCES MODULE`.

Writes JSON: {function: for each of its examples what came of it, as [whether it shows what stands there, what it showed
instead or null]}. Standard library only. Nothing here is trusted by the host for more than the words of a docstring.
"""

import doctest
import importlib
import json
import os
import sys
import types
import typing

Came = list[tuple[bool, str | None]]


class Listening(doctest.DocTestRunner):
    """Notes what came of each example, and prints nothing."""

    def __init__(self) -> None:
        super().__init__(verbose=False)
        self.came: Came = []

    def report_start(self, *said: typing.Any) -> None:
        """Nothing is said before."""

    def report_success(self, *said: typing.Any) -> None:
        """It shows what stands there."""
        self.came.append((True, None))

    def report_failure(self, out: typing.Any, test: doctest.DocTest, example: doctest.Example, got: str) -> None:
        """It shows something else."""
        self.came.append((False, got))

    def report_unexpected_exception(self, *said: typing.Any) -> None:
        """It shows nothing."""
        self.came.append((False, None))


def came_of(docstring: str, module: types.ModuleType) -> Came:
    """What came of the examples of a docstring, one after the other, among the names of its module."""
    examples = doctest.DocTestParser().get_doctest(docstring, dict(vars(module)), module.__name__, None, None)
    listening = Listening()
    listening.run(examples)
    return listening.came


def main() -> None:
    """Try all of them, and write what came."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.path.insert(0, sys.argv[1])
    module = importlib.import_module(sys.argv[2])
    # What a decorator made of a function need not be one.
    own = {
        name: each.__doc__ for name, each in vars(module).items() if getattr(each, "__module__", "") == module.__name__
    }
    json.dump({name: came_of(told, module) for name, told in own.items() if told}, answers)
    answers.close()


if __name__ == "__main__":
    main()
