"""What the verdicts of `macrohard check --sources` are worth on public labelled sets, and how sure they are. No model is asked.

    python -m bench.grounding --data DIR

Writes `bench/results/grounding.json`, and the calibrations that Macrohard ships.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bench.grounding.fitting import KINDS, Scored, fits
from bench.grounding.material import FILES, RAGTRUTH, SETS, sources
from bench.grounding.measuring import counted, digest_of, found_of
from bench.machine import circumstances, write_result
from macrohard.answers.grounding import sureness
from macrohard.paths import HOME_VARIABLE
from macrohard.truth.confidence import FOLDER, Calibration

COMMAND = "python -m bench.grounding --data DIR"


def main() -> int:
    """Measure, fit and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.grounding", description="Verdicts on public sets.")
    parser.add_argument("--data", type=Path, required=True, help="the folder with the public sets")
    data = parser.parse_args().data
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ[HOME_VARIABLE] = str(Path(folder) / "home")
        for name in SETS:
            found[name] = list(found_of(sources(name, data), Path(folder) / "sources"))
            print(f"{name}: {len(found[name])} claims", flush=True)
    digest = digest_of(data / file for name in SETS for file in FILES[name])
    counts = {name: counted(rows) for name, rows in found.items()}
    scored = fits(found)
    _ship(scored, digest)
    result = {"schema": "macrohard/bench/grounding/v2", "command": COMMAND, **circumstances(), "data_digest": digest}
    figures = {name: item.summary for name, item in scored.items()}
    write_result("grounding", {**result, "sets": counts, "fits": figures})
    print(json.dumps(figures, indent=2))
    return 0


def _ship(scored: Mapping[str, Scored], digest: str) -> None:
    folder = Path(sureness.__file__).parent / FOLDER
    folder.mkdir(exist_ok=True)
    for name, item in scored.items():
        sets = " ".join(KINDS.get(name, (f"ragtruth ({', '.join(RAGTRUTH)})",)))
        calibration = Calibration(
            model_digest="", data=sets, data_digest=digest, tasks=item.summary["tasks"], date=circumstances()["date"],
            command=COMMAND, intercept=item.found.intercept, terms=item.found.terms, threshold=item.threshold,
        )  # fmt: skip
        (folder / f"{name}.json").write_text(calibration.model_dump_json(indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
