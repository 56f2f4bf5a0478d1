"""The embedded server with an engine that does what it is told: `python -m tests.models.stand_in FOLDER MODEL DIGEST`.

The folder MODEL holds no model but `told.json`, and in `starts` a letter for each engine that began to load.
"""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

from macrohard.models.embedded import engine, server
from tests.models.counting import Counting


class Told(Counting):
    """An engine that loads for so many seconds, is killed while it loads, or breaks after so many steps."""

    def __init__(self, model: Path, cache_gib: int) -> None:
        super().__init__()
        told = json.loads((model / "told.json").read_text(encoding="utf-8"))
        with (model / "starts").open("a", encoding="utf-8") as starts:
            starts.write("x")
        if told.get("is_killed"):
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(told.get("loads", 0))
        self._steps_left = told.get("breaks_after", 1_000_000)

    def step(self) -> None:
        self._steps_left -= 1
        if self._steps_left < 0:
            raise RuntimeError("the engine is broken")
        super().step()


if __name__ == "__main__":
    engine.Engine = Told  # type: ignore[assignment, misc]
    raise SystemExit(server.main())
