"""`macrohard ask` on the questions of RAGTruth's QA dev half.

    python -m bench.asking read --data DIR [--limit N]
    python -m bench.asking fit

`read` has the embedded model read what the search finds among the passages of all questions, once with all of them and once
without those that answer; it can be stopped and started again, and keeps what it learns in `bench/results/samples/`. `fit`
fits the probability that a passage answers and writes `bench/results/asking.json`, cross-validated.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from bench import store
from bench.asking.fitting import fit
from bench.asking.material import questions, write_passages
from bench.asking.reading import STORE, read_all
from bench.machine import circumstances, write_result
from macrohard.answers.asking import sureness
from macrohard.models import Budget, Recorder, open_model
from macrohard.paths import state_dir
from macrohard.truth.confidence import FOLDER, Calibration


def main() -> int:
    """Do what is asked."""
    parser = argparse.ArgumentParser(prog="python -m bench.asking", description="Questions with a key.")
    parser.add_argument("what", choices=("read", "fit"))
    parser.add_argument("--data", type=Path, help="the folder with the public sets")
    parser.add_argument("--limit", type=int, help="how many questions shall be read for in all")
    options = parser.parse_args()
    if options.what == "fit":
        _fit()
    elif options.data is None:
        parser.error("reading needs --data DIR")
    else:
        _read(options.data, options.limit)
    return 0


def _read(data: Path, limit: int | None) -> None:
    model = open_model("embedded", Recorder(state_dir() / "asking.db", "ragtruth-qa"), Budget())
    with tempfile.TemporaryDirectory() as folder:
        write_passages(data, Path(folder))
        read_all(questions(data), Path(folder), model, limit)


def _fit() -> None:
    """Write the calibration that is shipped, and what cross-validation says of it."""
    rows = list(store.read(STORE).values())
    found = fit(rows)
    calibration = Calibration(
        model_digest=rows[0]["model_digest"], data="ragtruth_qa_dev", data_digest=store.digest_of(STORE),
        tasks=found.summary["tasks"], date=circumstances()["date"], command="python -m bench.asking fit",
        intercept=found.intercept, terms=found.terms, threshold=found.threshold,
    )  # fmt: skip
    path = Path(sureness.__file__).parent / FOLDER / f"{rows[0]['model']}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(calibration.model_dump_json(indent=2) + "\n", encoding="utf-8")
    result = {"schema": "macrohard/bench/asking/v1", "command": calibration.command, "set": "ragtruth_qa_dev"}
    write_result("asking", {**result, **circumstances(), "model_digest": calibration.model_digest, **found.summary})
    shown = {key: value for key, value in found.summary.items() if key not in {"reliability", "ended"}}
    print(json.dumps(shown, indent=2))


if __name__ == "__main__":
    raise SystemExit(main())
