"""Gives one command in a process of its own: run_worker.py REQUEST MODE

MODE 'wait': the second step waits until a file named `go` stands in $MACROHARD_HOME. MODE 'full': the second step
fills the disk; when that has ended the run there is space again, and the same command is given once more. Prints
'waiting' or what ended the run, a line each.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from macrohard.company.order import Order
from macrohard.company.progress import Progress, silent
from macrohard.company.report import Report
from macrohard.company.runs import start_run
from macrohard.company.runs.durable import Steps
from macrohard.errors import MacrohardError

from .works import report_of

HOME = Path(os.environ["MACROHARD_HOME"])
FILLING = HOME / "filling"


def main() -> None:
    """Give the command, twice when the disk was full."""
    if not _give(sys.argv[1]) and FILLING.exists():
        FILLING.unlink()
        _give(sys.argv[1])


def _give(request: str) -> bool:
    """Whether it finished."""
    try:
        start_run(Order(request=request, out="/o"), work, silent)
    except (MacrohardError, KeyboardInterrupt) as error:
        print(type(error).__name__, error, *getattr(error, "__notes__", []), sep=" | ", flush=True)
        return False
    print("finished", flush=True)
    return True


def work(order: Order, steps: Steps, progress: Progress) -> Report:
    """Two steps."""
    steps.step("first", str, lambda: "one")
    steps.step("second", str, _wait if sys.argv[2] == "wait" else _fill)
    return report_of(order, steps)


def _wait() -> str:
    print("waiting", flush=True)
    while not (HOME / "go").exists():
        time.sleep(0.02)
    return "two"


def _fill() -> str:
    """The first time, leave no space for the result."""
    if not (HOME / "filled").exists():
        (HOME / "filled").touch()
        with FILLING.open("wb", buffering=0) as file:
            try:
                while file.write(bytes(65536)):
                    pass
            except OSError:
                pass
    return "x" * 200_000


if __name__ == "__main__":
    main()
