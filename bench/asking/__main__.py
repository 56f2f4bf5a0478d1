"""`macrohard ask` on the questions of RAGTruth's QA dev half.

    python -m bench.asking --data DIR

The embedded model reads what the search finds among the passages of all questions: with all of them, without those that answer, and with
one of these alone. What it has read is kept, so that a run that was stopped goes on where it was. Writes the probe and the calibration
that Macrohard ships, and `bench/results/asking.json`, cross-validated.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from pathlib import Path

from bench.asking.fitting import Fits, fit
from bench.asking.material import FILE, KEY, questions, write_passages
from bench.asking.proving import proved
from bench.asking.reading import all_cases
from bench.asking.scoring import scored
from bench.machine import circumstances, write_result
from bench.shipping import ship_calibration, ship_probe
from macrohard.answers.asking.sureness import NAME, PACKAGE
from macrohard.answers.sources import open_index
from macrohard.models import Budget, Model, Recorder, open_model
from macrohard.paths import state_dir

SET = "ragtruth_qa_dev"
COMMAND = "python -m bench.asking --data DIR"


def main() -> int:
    """Let the model read, fit, count and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.asking", description="Questions with a key.")
    parser.add_argument("--data", type=Path, required=True, help="the folder with the public sets")
    options = parser.parse_args()
    model = open_model("embedded", Recorder(state_dir() / "asking.db", "ragtruth-qa"), Budget())
    every = questions(options.data)
    with tempfile.TemporaryDirectory() as folder:
        write_passages(options.data, Path(folder))
        index = open_index([folder])
        found = fit(all_cases(every, index, model))
        _ship(found, options.data, model)
        told = proved(every, index, model)
    result = {"schema": "macrohard/bench/asking/v2", "command": COMMAND, "set": SET, **circumstances()}
    figures = {**found.second.summary, "probe_penalty": found.penalty, "threshold": found.threshold}
    figures |= {**scored(found.unseen, model), "proved": told}
    write_result("asking", {**result, "model_digest": model.digest, **figures})
    print(json.dumps({key: value for key, value in figures.items() if key not in {"reliability", "ended"}}, indent=2))
    return 0


def _ship(found: Fits, data: Path, model: Model) -> None:
    digest = hashlib.sha256((data / FILE).read_bytes() + KEY.read_bytes()).hexdigest()
    about = {
        "model_digest": model.digest, "data": SET, "data_digest": f"sha256:{digest}", "tasks": found.second.summary["tasks"],
        "date": circumstances()["date"], "command": COMMAND,
    }  # fmt: skip
    ship_calibration(PACKAGE, NAME, found.second, found.threshold, about)
    ship_probe(NAME, found.intercept, found.weights, found.penalty, about)


if __name__ == "__main__":
    raise SystemExit(main())
