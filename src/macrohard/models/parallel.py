"""Doing the same to many things at once, without standing in the way of Ctrl-C."""

from __future__ import annotations

import contextvars
import queue
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")

WIDTH = 64
"""The most that is done at once."""


def each(work: Callable[[Thing], Result], things: Sequence[Thing], width: int = WIDTH) -> list[Result]:
    """The results in the order of the things. All are finished before the first failure is raised.

    The threads are daemons: an interrupted program ends at once, and what they were waiting for is given up.
    """
    if len(things) == 1:
        return [work(things[0])]
    waiting: queue.SimpleQueue[tuple[int, Thing]] = queue.SimpleQueue()
    ended: queue.SimpleQueue[tuple[int, Result | None, BaseException | None]] = queue.SimpleQueue()
    for entry in enumerate(things):
        waiting.put(entry)
    for _ in range(min(width, len(things))):
        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(_drain, work, waiting, ended), daemon=True).start()
    outcomes = sorted((ended.get() for _ in things), key=lambda outcome: outcome[0])
    for _, _, failure in outcomes:
        if failure is not None:
            raise failure
    return [result for _, result, _ in outcomes]  # type: ignore[misc]  # without a failure there is a result


def _drain(
    work: Callable[[Thing], Result],
    waiting: queue.SimpleQueue[tuple[int, Thing]],
    ended: queue.SimpleQueue[tuple[int, Result | None, BaseException | None]],
) -> None:
    while True:
        try:
            index, thing = waiting.get_nowait()
        except queue.Empty:
            return
        try:
            ended.put((index, work(thing), None))
        except BaseException as failure:  # noqa: BLE001  # handed to the caller
            ended.put((index, None, failure))
