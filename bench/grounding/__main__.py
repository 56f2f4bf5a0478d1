"""What the verdicts of `macrohard check --sources` are worth on public labelled sets. No model is asked.

    python -m bench.grounding --data DIR

Writes `bench/results/grounding.json`, and the share of what is called supported that is, which Macrohard ships.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from bench.grounding.material import FILES, SETS, sources
from bench.grounding.measuring import counted, digest_of, verdicts
from bench.machine import circumstances, write_result
from macrohard.answers.grounding import sureness
from macrohard.answers.grounding.languages import ENGLISH
from macrohard.paths import HOME_VARIABLE

LEAST = 30
"""Sentences that are called supported, below which a set says nothing of their share."""
COMMAND = "python -m bench.grounding --data DIR"


def main() -> int:
    """Measure and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.grounding", description="Verdicts on public sets.")
    parser.add_argument("--data", type=Path, required=True, help="the folder with the public sets")
    data = parser.parse_args().data
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ[HOME_VARIABLE] = str(Path(folder) / "home")
        for name in SETS:
            found[name] = counted(verdicts(sources(name, data), Path(folder) / "sources"))
            print(f"{name}: {found[name]['verdicts']['supported']}", flush=True)
    digest = digest_of(data / file for name in SETS for file in FILES[name])
    _ship(found, digest)
    result = {"schema": "macrohard/bench/grounding/v1", "command": COMMAND, **circumstances(), "data_digest": digest}
    write_result("grounding", {**result, "sets": found})
    print(json.dumps(found, indent=2))
    return 0


def _ship(found: dict[str, Any], digest: str) -> None:
    """Write how often what is called supported is: each set counts the same, but for those with too few such sentences."""
    called = {name: result["verdicts"]["supported"] for name, result in found.items()}
    called = {name: row for name, row in called.items() if row["n"] >= LEAST}
    rows = list(called.values())
    rate = sureness.Rate(
        data=tuple(called), data_digest=digest, n=sum(row["n"] for row in rows), date=circumstances()["date"], command=COMMAND,
        language=ENGLISH.name, probability=round(sum(row["share"] for row in rows) / len(rows), 4),
    )  # fmt: skip
    path = Path(sureness.__file__).with_name(sureness.FILE)
    path.write_text(rate.model_dump_json(indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
