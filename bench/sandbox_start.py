"""What it costs to start a program inside the walls, against starting it without.

    python bench/sandbox_start.py [--runs 100] [--out bench/results/sandbox_start.json]

Each round runs the same program once plainly and once in the sandbox, so a busy moment of the machine meets both. The
overhead is the difference of the two in one round; the interval is the distribution-free 95 % interval of the median
(order statistics, binomial).
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from macrohard.sandbox import Command, Sandbox, open_sandbox

PROGRAMS: dict[str, tuple[str, ...]] = {
    "true": ("true",),
    "python3 -c pass": ("python3", "-c", "pass"),
    "python3 -I -S -c pass": ("python3", "-I", "-S", "-c", "pass"),
}
"""The second starts faster inside than outside where packages are installed that Python looks at when it starts, since
the sandbox hides them; the third does not look at them in either place and so shows the cost of the walls alone."""
TARGET_MS = 50.0


def milliseconds(action: Callable[[], object]) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1000


def measure(sandbox: Sandbox, argv: tuple[str, ...], runs: int) -> dict[str, object]:
    """The three distributions, in milliseconds, for one program."""
    plainly = [os.path.realpath(sys.executable), *argv[1:]] if argv[0] == "python3" else list(argv)
    plain, inside = [], []
    for _ in range(runs):
        plain.append(milliseconds(lambda: subprocess.run(plainly, check=True, capture_output=True, env={})))
        inside.append(milliseconds(lambda: sandbox.run(Command(argv))))
    overhead = [with_walls - without for with_walls, without in zip(inside, plain, strict=True)]
    return {"plain_ms": summary(plain), "sandbox_ms": summary(inside), "overhead_ms": summary(overhead)}


def summary(samples: Sequence[float]) -> dict[str, object]:
    """Quantiles and the interval of the median."""
    ordered = sorted(samples)
    low, high = median_ranks(len(ordered))
    cuts = statistics.quantiles(ordered, n=100, method="inclusive")
    return {
        "n": len(ordered),
        "median": round(statistics.median(ordered), 3),
        "median_interval_95": [round(ordered[low], 3), round(ordered[high], 3)],
        **{f"p{percent}": round(cuts[percent - 1], 3) for percent in (5, 25, 75, 95, 99)},
        "max": round(ordered[-1], 3),
    }


def median_ranks(n: int) -> tuple[int, int]:
    """Ranks (from 0) between which the median lies with 95 % probability, whatever the distribution."""
    below, rank = 0.5**n, 0
    while rank < n // 2 and below + math.comb(n, rank + 1) * 0.5**n <= 0.025:
        rank += 1
        below += math.comb(n, rank) * 0.5**n
    return rank, n - 1 - rank


def machine() -> dict[str, object]:
    """What it was measured on."""
    models = [
        line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line
    ]
    return {
        "architecture": platform.machine(),
        "processor": models[0] if models else platform.processor(),
        "cores": os.cpu_count(),
        "linux": platform.release(),
        "python": platform.python_version(),
        "as_root": os.getuid() == 0,
        "load_average": [round(load, 2) for load in os.getloadavg()],
    }


def main() -> int:
    """Measure, write, and fail when the target is missed."""
    parser = argparse.ArgumentParser(description="Measure what it costs to start a program inside the walls.")
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "sandbox_start.json")
    options = parser.parse_args()
    sandbox = open_sandbox()
    measured = {name: measure(sandbox, argv, options.runs) for name, argv in PROGRAMS.items()}
    report = {
        "measures": "cost of starting a program in the sandbox, in milliseconds",
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "target_median_overhead_ms": TARGET_MS,
        "programs": measured,
    }
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))
    return int(any(figures["overhead_ms"]["median"] > TARGET_MS for figures in measured.values()))  # type: ignore[index]


if __name__ == "__main__":
    sys.exit(main())
