"""Builds requests and checks every delivered program again in a fresh clone.

    python -m bench.requests [--set SET] [--out DIR] [--again] [--at-once N] [NAME …]

SET is `requests`, the twelve examples, or `unseen`, `unseen-2` or `unseen-3`: requests in `bench/SET` by somebody who did not know how Macrohard
works, each built once. Resumable: a request that has a row is left alone unless --again is given; a build that was killed is begun anew. Writes
`bench/results/SET.json` after each request.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import threading
from collections import Counter
from pathlib import Path
from typing import Any

from bench.machine import circumstances, load, write_result
from bench.running import ROOT, end_together, measure
from macrohard.models.parallel import each

EXAMPLES = "requests"
UNSEEN = ("unseen", "unseen-2", "unseen-3")
"""A set is unseen until it is built; after anything was changed by what it showed, another one is."""
FOLDERS = {EXAMPLES: ROOT / "examples" / "requests", **{name: ROOT / "bench" / name for name in UNSEEN}}


def main() -> int:
    """Measure the requests that are named, or all."""
    parser = argparse.ArgumentParser(description="Build requests and audit what was delivered.")
    parser.add_argument("names", nargs="*", help="requests to build, such as 01-roman; all when none is named")
    parser.add_argument("--again", action="store_true", help="measure requests anew that were measured before")
    parser.add_argument("--at-once", type=int, default=1, metavar="N", help="how many are built at the same time")
    add_set(parser)
    options = parser.parse_args()
    end_together()
    rows = {} if options.again and not options.names else _rows(options.set)
    one = threading.Lock()

    def build(path: Path) -> None:
        row = _built(path, out_of(options)) | {"at_once": options.at_once}
        with one:
            rows[path.stem] = row
            _write(options.set, options.at_once, dict(sorted(rows.items())))
        print(_line(path.stem, row), flush=True)

    named = [path for path in texts(options.set) if not options.names or path.stem in options.names]
    each(build, [path for path in named if options.again or path.stem not in rows], options.at_once)
    return 0


def _built(path: Path, out: Path) -> dict[str, Any]:
    """The row of one request, whose program lies below `out` afterwards."""
    folder = out / path.stem
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return measure(["build", str(path), "--out", str(folder)], out / "state" / path.stem)


def add_set(parser: argparse.ArgumentParser) -> None:
    """The options that say which requests, and where their programs lie."""
    parser.add_argument("--set", choices=sorted(FOLDERS), default=EXAMPLES, help="which requests")
    parser.add_argument("--out", type=Path, help="where the programs lie")


def out_of(options: argparse.Namespace) -> Path:
    """Where they lie when nobody says."""
    named: Path | None = options.out
    return named or Path(tempfile.gettempdir()) / f"macrohard-{options.set}"


def command_of(module: str, name: str) -> str:
    """What is typed for a set."""
    return f"python -m bench.{module}" + ("" if name == EXAMPLES else f" --set {name}")


def texts(name: str) -> list[Path]:
    """The requests of a set, in their order."""
    return sorted(FOLDERS[name].glob("*.txt"))


def delivered(name: str, out: Path) -> dict[str, Path]:
    """Request -> the project that was delivered for it below `out`, where there is one; raises SystemExit where none is."""
    ledgers = {path.stem: out.glob(f"{path.stem}/*/evidence/ledger.jsonl") for path in texts(name)}
    found = {request: first.parent.parent for request, every in ledgers.items() if (first := min(every, default=None))}
    if not found:
        raise SystemExit(f"No program lies in {out}: run `{command_of('requests', name)} --again` first.")
    return found


def _rows(name: str) -> dict[str, Any]:
    return dict((load(name) or {"requests": {}})["requests"])


def _write(name: str, at_once: int, rows: dict[str, Any]) -> None:
    outcomes = Counter(row["outcome"] for row in rows.values())
    command = command_of("requests", name) + (f" --at-once {at_once}" if at_once > 1 else "")
    result = {"schema": "macrohard/bench/requests/v1", "command": command, "seed": 0}
    write_result(name, {**result, **circumstances(), "n": len(rows), "outcomes": outcomes, "requests": rows})


def _line(name: str, row: dict[str, Any]) -> str:
    counted = f"{row['verified']} verified, {row['unverified']} unverified, {row['refuted']} refuted"
    tokens = (row["cost"] or {}).get("completion_tokens", 0)
    audited = row.get("audit", {}).get("findings", {})
    return f"{name}: {row['outcome']}; {counted}; {row['wall_seconds']} s; {tokens} tokens; audit {dict(audited)}"


if __name__ == "__main__":
    raise SystemExit(main())
