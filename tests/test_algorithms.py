"""Functions of a public collection as tasks: what stays in the stub, what is hidden, what is no task."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.functions.algorithms import functions
from bench.functions.hidden import passes
from bench.functions.tasks import Task, tasks
from macrohard.company.stubfile import read_stub_file
from macrohard.sandbox import open_sandbox

SOURCE = '''"""A module."""
from __future__ import annotations

import math


def digits(number: int) -> int:
    """Count the digits of a whole number, without its sign, in base ten.

    >>> digits(5)
    1
    >>> digits(512)
    3
    >>> digits(-99)
    2
    >>> digits(70707)
    5
    >>> digits("x")
    Traceback (most recent call last):
        ...
    TypeError: no number
    """
    if not isinstance(number, int):
        raise TypeError("no number")
    return len(str(abs(number)))


def once(number: int) -> int:
    """Give a number back, whatever number it may be.

    >>> once(1)
    1
    """
    return number


def silent(number: int) -> None:
    """Do nothing with a number, and do it well.

    >>> silent(1)
    >>> silent(2)
    """


def short(number: int) -> int:
    """Same.

    >>> short(1)
    1
    >>> short(2)
    2
    """
    return number


if __name__ == "__main__":
    raise SystemExit("never run")
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "algorithms"
    for path in ("maths/digits.py", "project_euler/one.py"):
        (place / path).parent.mkdir(parents=True)
        (place / path).write_text(SOURCE)
    (place / "maths" / "chance.py").write_text(SOURCE.replace("import math", "import random"))
    (place / "maths" / "packages.py").write_text(SOURCE.replace("import math", "import numpy"))
    (place / "maths" / "broken.py").write_text("def (")
    return place


def test_what_has_text_and_examples_is_a_task(folder: Path) -> None:
    (found,) = functions(folder)
    assert (found.id, found.name) == ("maths/digits:digits", "digits")


def test_some_examples_stay_with_every_error_and_the_others_are_hidden(folder: Path) -> None:
    (found,) = functions(folder)
    file = read_stub_file(found.stub, "task.py")
    assert file.stubs[0].signature == "def digits(number: int) -> int:"
    shown = [example for example in file.examples if example.result is not None]
    assert 1 <= len(shown) <= 3 and [example.raises for example in file.examples if example.raises] == ["TypeError"]
    assert "isinstance" not in found.stub and "(-99,)" in found.hidden and "(70707,)" in found.hidden


def test_the_hidden_examples_and_inputs_like_them_decide(folder: Path) -> None:
    (task,) = tasks("algorithms", folder.parent)
    signed = "def digits(number):\n    return len(str(number))"
    right = "def digits(number):\n    return len(str(number).strip('-'))"
    assert not task.reported
    assert passes(task, [task.author, signed, right], open_sandbox()) == [True, False, True]


def test_the_same_every_time(folder: Path) -> None:
    assert list(functions(folder)) == list(functions(folder))


def test_a_missing_checkout_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="put a checkout"):
        tasks("algorithms", tmp_path)


def test_a_task_whose_author_fails_tells_nothing() -> None:
    task = Task("x", "digits", "", "assert digits(1) == 2", reported=False, author=SOURCE)
    assert passes(task, [task.author], open_sandbox()) == [False]
