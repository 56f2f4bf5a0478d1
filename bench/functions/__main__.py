"""Functions with hidden tests, through the code paths of `macrohard implement`.

    python -m bench.functions sample SET --data DIR [--limit N]

Resumable: what was sampled is kept in `bench/results/samples/`, one line a task.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench.functions import store
from bench.functions.sampling import sample_all
from bench.functions.tasks import SETS, tasks
from macrohard.models import Budget, Recorder, open_model


def main() -> int:
    """Do what is asked."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.functions", description="Measure functions with hidden tests."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    sampling = commands.add_parser("sample", help="ask the model for candidates and cases")
    sampling.add_argument("set", choices=SETS)
    sampling.add_argument("--data", type=Path, required=True, help="the folder with the public sets")
    sampling.add_argument("--limit", type=int, help="how many tasks there shall be in all")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        model = open_model("embedded", Recorder(Path(folder) / "calls.db", "functions"), Budget())
        sample_all(options.set, tasks(options.set, options.data), model, options.limit)
    store.compact(options.set)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
