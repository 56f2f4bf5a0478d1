"""Functions with hidden tests, through the code paths of `macrohard implement`.

    python -m bench.functions sample SET --data DIR [--limit N]
    python -m bench.functions judge SET --data DIR
    python -m bench.functions choose SET --data DIR [--candidates N]
    python -m bench.functions fit mbpp-fit algorithms --data DIR
    python -m bench.functions report SET --data DIR

Resumable: what was sampled and judged is kept in `bench/results/samples/`, one line a task. `choose` lets the jury
choose anew among it, without the model. `fit` fits the confidence on what was judged; `report` says
how right and how honest the choices are, and writes `bench/results/functions-SET.json`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench import store
from bench.functions.examples import examples
from bench.functions.fitting import fit
from bench.functions.replay import chosen, digest, is_current, judged
from bench.functions.reporting import report
from bench.functions.sampling import SEED, sample_all
from bench.functions.tasks import SETS, Task, digest_of, tasks
from bench.functions.twins import twins
from bench.functions.verdicts import judged_tasks
from bench.machine import circumstances, write_result
from bench.page_parts import wilson
from bench.shipping import ship_calibration
from macrohard.models import Budget, Recorder, open_model
from macrohard.paths import state_dir
from macrohard.sandbox import open_sandbox
from macrohard.truth import confidence


def main() -> int:
    """Do what is asked."""
    parser = argparse.ArgumentParser(prog="python -m bench.functions", description="Functions with hidden tests.")
    parser.add_argument("what", choices=("sample", "judge", "choose", "fit", "report"))
    parser.add_argument("sets", metavar="SET", nargs="+", choices=SETS, help=f"{', '.join(SETS)}; several only to fit")
    parser.add_argument("--data", type=Path, required=True, help="the folder with the public sets")
    parser.add_argument("--limit", type=int, help="how many tasks shall be sampled in all")
    parser.add_argument("--candidates", type=int, default=8, help="how many the jury chooses among")
    options = parser.parse_args()
    if options.what == "fit":
        _fit({name: tasks(name, options.data) for name in options.sets})
        return 0
    if len(options.sets) > 1:
        parser.error("only a fit takes several sets")
    (name,) = options.sets
    every = tasks(name, options.data)
    if options.what == "sample":
        _sample(name, every, options.limit)
    elif options.what == "judge":
        _judge(name, every)
    elif options.what == "report":
        _report(name, every, options.data)
    else:
        _choose(name, every, options.candidates)
    return 0


def _sample(name: str, every: Sequence[Task], limit: int | None) -> None:
    # Kept, so that tasks that were in flight when it was stopped go on where they were.
    model = open_model("embedded", Recorder(state_dir() / "functions.db", name), Budget())
    sample_all(name, every, model, limit)
    store.compact(name)


def _judge(name: str, every: Sequence[Task]) -> None:
    sandbox, rows, known = open_sandbox(), store.read(name), store.read(f"{name}.judged")
    for task in every:
        if task.id in rows and not is_current(known.get(task.id, {}), task, rows[task.id]):
            store.append(f"{name}.judged", judged(task, rows[task.id], sandbox, known.get(task.id)))
    store.compact(f"{name}.judged")


def _choose(name: str, every: Sequence[Task], count: int) -> None:
    """Print how often each way of choosing is right."""
    sandbox, (every, rows, known) = open_sandbox(), judged_tasks(name, every)
    found: dict[str, list[bool]] = {"bare": [], "first": [], "chosen": [], "any": []}
    for task in (task for task in every if known[task.id]["candidates"]):
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


def _fit(sets: Mapping[str, Sequence[Task]]) -> None:
    """Write the calibration that is shipped, and what cross-validation says of it."""
    reported = [name for name, every in sets.items() if any(task.reported for task in every)]
    if reported:
        raise SystemExit(f"{reported[0]} is a set that is reported on: nothing may be fitted on it.")
    found = fit([row for name, every in sets.items() for row in examples(name, every)])
    first = next(iter(store.read(next(iter(sets))).values()))
    names = " ".join(sets)
    about = {
        "model_digest": first["model_digest"], "data": names,
        "data_digest": store.digest_of(*(part for name in sets for part in (name, f"{name}.judged"))),
        "tasks": found.summary["tasks"], "date": circumstances()["date"], "command": f"python -m bench.functions fit {names}",
    }  # fmt: skip
    ship_calibration("macrohard.truth", first["model"], found, found.threshold, about)
    result = {"schema": "macrohard/bench/fit/v1", "command": about["command"], "set": names, **circumstances()}
    write_result("fit", {**result, "model_digest": about["model_digest"], "seed": SEED, **found.summary})
    print(json.dumps(found.summary, indent=2))


def _report(name: str, every: Sequence[Task], data: Path) -> None:
    """Write what the shipped calibration is worth on a set that nothing was fitted on."""
    if not all(task.reported for task in every):
        raise SystemExit(f"{name} was fitted on: what `fit` says of it comes from cross-validation.")
    model_digest = next(iter(store.read(name).values()))["model_digest"]
    calibration = confidence.calibration_for(model_digest)
    if calibration is None:
        raise SystemExit("The model is not calibrated: run `python -m bench.functions fit` first.")
    found = report(name, every, calibration)
    told = [task for task in every if task.id in found["tasks"]]
    fitted = [task for other in calibration.data.split() for task in _sampled(other, data)]
    result = {
        "schema": "macrohard/bench/functions/v1",
        "command": f"python -m bench.functions report {name} --data DIR",
        "set": name,
        "data_digest": digest_of(every),
    }
    made = {
        "model_digest": model_digest,
        "seed": SEED,
        "fitted_on": calibration.data_digest,
        "twins": twins(told, fitted),
        **circumstances(),
    }
    write_result(f"functions-{name.replace('+', '-plus')}", {**result, **made, **found})
    print(json.dumps({key: value for key, value in found.items() if key not in {"tasks", "ended"}}, indent=2))


def _sampled(name: str, data: Path) -> list[Task]:
    rows = store.read(name)
    return [task for task in tasks(name, data) if task.id in rows]


if __name__ == "__main__":
    raise SystemExit(main())
