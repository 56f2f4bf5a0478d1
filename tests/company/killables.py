"""The commands of the kill test, all of them real but for the mind that answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from macrohard.company import Order, build
from macrohard.company.progress import silent
from macrohard.company.runs import start_run

from .programs import SHOUT_REQUEST, shout_script
from .works import small_work

METHODS = ("upper", "title", "swapcase")
"""What the candidates do; only the first passes the example."""


@dataclass(frozen=True)
class Killable:
    """A command, given in a folder of its own, that delivers into `out` there."""

    name: str
    give: Callable[[Path], None]
    calls: Callable[[Path], list[str]]
    """The model calls that were begun so far, by whichever process."""
    at_once: int
    """The most calls that are in flight at once."""
    each: bool
    """Whether it is given anew for each place where it can be killed, besides the one that is killed everywhere."""


def _give_small(folder: Path) -> None:
    order = Order(request="four answers", out=str(folder / "out"))
    start_run(order, small_work(folder / "calls"), silent)


def _small_calls(folder: Path) -> list[str]:
    return (folder / "calls").read_text().splitlines()


def _give_build(folder: Path) -> None:
    """A build of a small program; its candidates differ, and the example in the request tells them apart."""
    script = folder / "script.json"
    script.write_text(json.dumps(shout_script(METHODS, delay=0.03)))
    report = build(Order(request=SHOUT_REQUEST, out=str(folder / "out"), model=f"scripted:{script}"), silent)
    assert report.outcome == "verified", report


def _build_calls(folder: Path) -> list[str]:
    lines = [json.loads(line) for line in (folder / "calls").read_text().splitlines()]
    return [f"{line['purpose']} {line['question']}" for line in lines if line["event"] == "asked"]


KILLABLE = (
    Killable("small", _give_small, _small_calls, at_once=1, each=False),
    Killable("build", _give_build, _build_calls, at_once=4, each=True),
)
