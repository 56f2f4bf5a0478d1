"""Functions with hidden tests, through the code paths of `macrohard implement`.

    python -m bench.functions sample SET --data DIR [--limit N]
    python -m bench.functions judge SET --data DIR
    python -m bench.functions choose SET --data DIR [--candidates N]

Resumable: what was sampled and judged is kept in `bench/results/samples/`, one line a task. `choose` lets the jury
choose anew among it, without the model.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.functions import store
from bench.functions.replay import chosen, digest, judged
from bench.functions.sampling import sample_all
from bench.functions.tasks import SETS, Task, tasks
from bench.page_parts import wilson
from macrohard.models import Budget, Recorder, open_model
from macrohard.sandbox import open_sandbox


def main() -> int:
    """Do what is asked."""
    parser = argparse.ArgumentParser(prog="python -m bench.functions", description="Functions with hidden tests.")
    parser.add_argument("what", choices=("sample", "judge", "choose"))
    parser.add_argument("set", choices=SETS)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the public sets")
    parser.add_argument("--limit", type=int, help="how many tasks shall be sampled in all")
    parser.add_argument("--candidates", type=int, default=8, help="how many the jury chooses among")
    options = parser.parse_args()
    every = tasks(options.set, options.data)
    if options.what == "sample":
        _sample(options.set, every, options.limit)
    elif options.what == "judge":
        _judge(options.set, every)
    else:
        _choose(options.set, every, options.candidates)
    return 0


def _sample(name: str, every: Sequence[Task], limit: int | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        model = open_model("embedded", Recorder(Path(folder) / "calls.db", "functions"), Budget())
        sample_all(name, every, model, limit)
    store.compact(name)


def _judge(name: str, every: Sequence[Task]) -> None:
    sandbox, rows, known = open_sandbox(), store.read(name), store.read(f"{name}.judged")
    for task in every:
        if task.id in rows and task.id not in known:
            store.append(f"{name}.judged", judged(task, rows[task.id], sandbox))
    store.compact(f"{name}.judged")


def _choose(name: str, every: Sequence[Task], count: int) -> None:
    """Print how often each way of choosing is right."""
    sandbox, rows, known = open_sandbox(), store.read(name), store.read(f"{name}.judged")
    found: dict[str, list[bool]] = {"bare": [], "first": [], "chosen": [], "any": []}
    for task in (task for task in every if known.get(task.id, {}).get("candidates")):
        choice, candidates, _ = chosen(task, rows[task.id], count, sandbox)
        right = [known[task.id]["candidates"][digest(candidate.source)] for candidate in candidates]
        found["bare"].append(known[task.id]["bare"])
        found["first"].append(right[0])
        found["chosen"].append(right[choice.pick[0]])
        found["any"].append(any(right))
        print(f"{task.id}: {'right' if right[choice.pick[0]] else 'wrong' if any(right) else 'none is right'}")
    for rule, results in found.items():
        low, high = wilson(sum(results), len(results))
        print(f"{rule}: {sum(results)} of {len(results)}, {low:.1%} to {high:.1%}")


if __name__ == "__main__":
    raise SystemExit(main())
