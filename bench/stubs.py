"""Fills in the example stub file and checks the evidence again.

    python -m bench.stubs [--out DIR]

Writes `bench/results/stubs.json`.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from bench.machine import circumstances, write_result
from bench.running import ROOT, end_together, measure

STUBS = ROOT / "examples" / "stubs" / "everyday.py"


def main() -> int:
    """Measure the stub file once."""
    parser = argparse.ArgumentParser(description="Fill in the example stub file and audit the result.")
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "macrohard-stubs")
    out = parser.parse_args().out
    end_together()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    row = measure(["implement", str(STUBS), "--out", str(out / STUBS.name)], out / "state")
    result = {"schema": "macrohard/bench/stubs/v1", "command": "python -m bench.stubs", "seed": 0, "n": 10}
    path = write_result("stubs", {**result, **circumstances(), "file": STUBS.name, **row})
    print(f"{row['outcome']}: {row['verified']} verified, {row['unverified']} unverified; {path}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
