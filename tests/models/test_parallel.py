"""Many things at once end as one: with all results, or with the first failure."""

from __future__ import annotations

import threading
import time

import pytest

from macrohard.models.parallel import each


def test_results_stand_in_the_order_of_the_things() -> None:
    def work(seconds: float) -> float:
        time.sleep(seconds)
        return seconds

    assert each(work, [0.2, 0.0, 0.1]) == [0.2, 0.0, 0.1]
    assert each(work, []) == []


def test_after_a_failure_nothing_more_is_begun() -> None:
    """Each of a hundred questions would wait for the same model that does not start."""
    begun = list[int]()

    def work(number: int) -> None:
        begun.append(number)
        if number == 1:
            raise ValueError(f"number {number}")

    with pytest.raises(ValueError, match="number 1"):
        each(work, range(100), width=1)
    assert begun == [0, 1]


def test_what_has_been_begun_is_finished_before_the_failure_is_raised() -> None:
    """An answer that has been paid for is written down."""
    failing, finished = threading.Event(), list[int]()

    def work(number: int) -> None:
        if number == 1:
            failing.set()
            raise ValueError("no")
        failing.wait()
        time.sleep(0.2)
        finished.append(number)

    with pytest.raises(ValueError, match="no"):
        each(work, range(100), width=2)
    assert finished == [0]
