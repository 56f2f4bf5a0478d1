"""Doing the same to many things at once, without standing in the way of Ctrl-C."""

from __future__ import annotations

import contextlib
import contextvars
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias, TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")
Outcome: TypeAlias = tuple[int, Result | None, BaseException | None]
"""The number of a thing, and the result or the failure."""

BATCH: contextvars.ContextVar[object] = contextvars.ContextVar("batch", default=None)
"""The same for all that is begun together; on a busy machine threads that begin together come one after the other."""
WIDTH = 64
"""The most that is done at once."""


def each(work: Callable[[Thing], Result], things: Sequence[Thing], width: int = WIDTH) -> list[Result]:
    """The results in the order of the things.

    After a failure nothing more is begun, since what stopped one may hold up all others as long; what has been begun is
    finished before the first failure, in the order of the things, is raised.
    The threads are daemons: an interrupted program ends at once, and what they were waiting for is given up.
    """
    if len(things) == 1:
        return [work(things[0])]
    waiting: queue.SimpleQueue[tuple[int, Thing]] = queue.SimpleQueue()
    ended: queue.SimpleQueue[Outcome[Result] | None] = queue.SimpleQueue()
    for entry in enumerate(things):
        waiting.put(entry)
    threads, batch = min(width, len(things)), BATCH.get() or object()
    for _ in range(threads):
        context = contextvars.copy_context()
        context.run(BATCH.set, batch)
        threading.Thread(target=context.run, args=(_drain, work, waiting, ended), daemon=True).start()
    found = [outcome for _ in range(threads) for outcome in iter(ended.get, None)]
    outcomes = sorted(found, key=lambda outcome: outcome[0])
    for _, _, failure in outcomes:
        if failure is not None:
            raise failure
    return [result for _, result, _ in outcomes]  # type: ignore[misc]  # without a failure there is a result


def _drain(
    work: Callable[[Thing], Result],
    waiting: queue.SimpleQueue[tuple[int, Thing]],
    ended: queue.SimpleQueue[Outcome[Result] | None],
) -> None:
    """Work until nothing waits, and say so with None; a failure takes away all that waits."""
    for index, thing in _taken(waiting):
        try:
            ended.put((index, work(thing), None))
        except BaseException as failure:  # noqa: BLE001  # handed to the caller
            ended.put((index, None, failure))
            for _ in _taken(waiting):
                pass
    ended.put(None)


def _taken(waiting: queue.SimpleQueue[Thing]) -> Iterator[Thing]:
    """What waits, taken away one by one."""
    with contextlib.suppress(queue.Empty):
        while True:
            yield waiting.get_nowait()
