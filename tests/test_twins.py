"""Tasks of a set that is reported on which ask for the same as one that was fitted on."""

from __future__ import annotations

from bench.functions.tasks import Task
from bench.functions.twins import twins


def task(name: str, text: str, shown: str = "assert f(1) == 1") -> Task:
    return Task(name, "f", f'def f(x):\n    """{text}\n{shown}\n    """\n', "")


def test_the_same_words_in_the_same_order_are_a_twin() -> None:
    fitted = [task("mbpp/924", "Write a function to find maximum of two numbers."), task("mbpp/1", "Add them.")]
    same = task("mbpp/309", "Write a Python function to find the maximum of two numbers.", "assert f(5) == 10")
    other = task("mbpp/227", "Write a function to find minimum of two numbers.")
    assert twins([same, other], fitted) == ["mbpp/309"]
    assert twins([same, other], []) == []
