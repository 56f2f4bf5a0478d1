"""Builds the example requests and checks every delivered program again in a fresh clone.

    python -m bench.requests [--out DIR] [--again] [NAME …]

Resumable: a request that has a row is left alone unless --again is given; a build that was killed is begun anew. Writes
`bench/results/requests.json` after each request.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from bench.machine import RESULTS, circumstances, write_result
from bench.running import ROOT, measure

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
            folder = options.out / path.stem
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            row = measure(["build", str(path), "--out", str(folder)], options.out / "state" / path.stem)
            rows = (rows if options.again and not options.names else _rows()) | {path.stem: row}
            _write(dict(sorted(rows.items())))
            print(_line(path.stem, rows[path.stem]), flush=True)
    return 0


def delivered(out: Path) -> dict[str, Path]:
    """Request -> the project that was delivered for it below `out`, where there is one."""
    found = {path.stem: out.glob(f"{path.stem}/*/evidence/ledger.jsonl") for path in sorted(REQUESTS.glob("*.txt"))}
    return {name: ledger.parent.parent for name, ledgers in found.items() if (ledger := min(ledgers, default=None))}


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
