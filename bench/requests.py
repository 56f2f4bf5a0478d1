"""Builds the example requests and checks every delivered program again in a fresh clone.

    python -m bench.requests [--out DIR] [--again] [NAME …]

Resumable: a request that has a row is left alone unless --again is given, and a build that was killed goes on where
it was. Writes `bench/results/requests.json` after each request.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from dulwich import porcelain

from bench.machine import RESULTS, circumstances, write_result

ROOT = Path(__file__).resolve().parent.parent
REQUESTS = ROOT / "examples" / "requests"
NAME = "requests"


def main() -> int:
    """Measure the requests that are named, or all."""
    parser = argparse.ArgumentParser(description="Build the example requests and audit what was delivered.")
    parser.add_argument("names", nargs="*", help="requests to build, such as 01-roman; all when none is named")
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "macrohard-requests")
    parser.add_argument("--again", action="store_true", help="measure requests anew that were measured before")
    options = parser.parse_args()
    rows = {} if options.again and not options.names else _rows()
    for path in sorted(REQUESTS.glob("*.txt")):
        wanted = not options.names or path.stem in options.names
        if wanted and (options.again or path.stem not in rows):
            rows[path.stem] = measure(path, options.out)
            _write(rows)
            print(_line(path.stem, rows[path.stem]), flush=True)
    return 0


def measure(request: Path, out: Path) -> dict[str, Any]:
    """Build one request and audit a fresh clone of what was delivered."""
    folder = out / request.stem
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    status, report, seconds, memory = _macrohard("build", str(request), "--out", str(folder), "--json")
    claims = report.get("claims", [])
    verdicts = Counter(claim["verdict"] for claim in claims)
    row: dict[str, Any] = {
        "date": circumstances()["date"],
        "exit_status": status,
        "outcome": report.get("outcome", "error"),
        "error": report.get("error"),
        "verified": verdicts["verified"],
        "unverified": verdicts["unverified"],
        "refuted": verdicts["refuted"],
        "wall_seconds": round(seconds, 1),
        "cost": report.get("cost"),
        "builder_peak_bytes": memory,
        "model_server_peak_bytes": _server_peak(),
        "model": report.get("model"),
        "model_digest": report.get("model_digest"),
        "not_verified": [
            {"statement": claim["statement"], "verdict": claim["verdict"], "reason": claim["reason"]}
            for claim in claims
            if claim["verdict"] != "verified"
        ],
        "notes": report.get("notes", []),
    }
    if report.get("path"):
        row["audit"] = _audit(Path(report["path"]), verdicts["verified"])
    return row


def _audit(project: Path, verified: int) -> dict[str, Any]:
    """What an audit of a fresh clone says about the claims that were called verified."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / project.name
        porcelain.clone(str(project), str(clone)).close()
        status, report, seconds, _ = _macrohard("audit", str(clone), "--json")
    findings = Counter(claim["finding"] for claim in report.get("claims", []))
    return {"exit_status": status, "verified": verified, "findings": findings, "wall_seconds": round(seconds, 1)}


def _macrohard(*arguments: str) -> tuple[int, dict[str, Any], float, int]:
    """Exit status, JSON object, wall seconds and peak memory in bytes of one command."""
    start = time.monotonic()
    command = [str(ROOT / "macrohard"), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=sys.stderr, text=True) as process:
        assert process.stdout is not None  # asked for above
        text = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    report = json.loads(text) if text.strip() else {}
    return process.returncode, report, time.monotonic() - start, usage.ru_maxrss * 1024


def _server_peak() -> int | None:
    """Peak memory in bytes of the process that holds the weights; None when none runs."""
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            words = (status.parent / "cmdline").read_bytes().split(b"\0")
            if b"macrohard.models.embedded.server" in words:
                peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
                return int(peak.split()[1]) * 1024
        except (OSError, StopIteration):
            continue
    return None


def _rows() -> dict[str, Any]:
    path = RESULTS / f"{NAME}.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))["requests"]) if path.is_file() else {}


def _write(rows: dict[str, Any]) -> None:
    outcomes = Counter(row["outcome"] for row in rows.values())
    result = {"schema": "macrohard/bench/requests/v1", "command": "python -m bench.requests", "seed": 0}
    write_result(NAME, {**result, **circumstances(), "n": len(rows), "outcomes": outcomes, "requests": rows})


def _line(name: str, row: dict[str, Any]) -> str:
    counted = f"{row['verified']} verified, {row['unverified']} unverified, {row['refuted']} refuted"
    tokens = (row["cost"] or {}).get("completion_tokens", 0)
    audited = row.get("audit", {}).get("findings", {})
    return f"{name}: {row['outcome']}; {counted}; {row['wall_seconds']} s; {tokens} tokens; audit {dict(audited)}"


if __name__ == "__main__":
    raise SystemExit(main())
