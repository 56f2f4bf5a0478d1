"""Other systems on functions with hidden tests and on example requests: same tasks, same machine, same model.

    python -m bench.peers SYSTEM SET [--data DIR] [--limit N] [--at-once N] [--minutes M] [--environments DIR]

SYSTEM is aider, mini-swe-agent or gpt-engineer, each installed from the package index into an environment of its own; one-answer or
best-of-eight, which are the bare model; or macrohard, live and with a state of its own. SET is a set of functions, which `--data`
leads to, or of requests for programs: `requests`, the six simple examples, or `unseen` and so on (for macrohard `python -m bench.requests` and
`python -m bench.keys` measure those).
Several tasks at once share the model, which draws their replies in one batch: each takes longer, all of them less long.
Resumable: a task that has a row is left alone. Writes `bench/results/peers/SYSTEM-SET.json` after each task, and what the system
printed to `logs` beside its environment.
"""

from __future__ import annotations

import argparse
import queue
import random
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from bench.functions.tasks import SETS
from bench.machine import circumstances, load, write_result
from bench.peers.endpoint import Endpoint, serving
from bench.peers.jobs import FILE, PROGRAMS, Job, functions, programs
from bench.peers.ourselves import NAME as OURSELVES
from bench.peers.ourselves import live, version
from bench.peers.peer import Peer
from bench.peers.systems import PEERS, install
from bench.peers.walls import run
from bench.version import commit
from macrohard.models import Budget, Recorder, open_model
from macrohard.models.parallel import each
from macrohard.models.weights import DIGEST

MINUTES = 10
"""For one task."""
SEED = 0
Tried = tuple[str, bool, dict[str, Any]]
"""What was written, whether the system says that it is done, and what it cost."""
Free = queue.SimpleQueue[tuple[Endpoint, Path]]
"""Endpoints that no task uses, each with its socket."""


def main() -> int:
    """Give the tasks that have no row yet to a system."""
    options = _parser().parse_args()
    if options.system == OURSELVES:
        measure(options, version(), lambda job: live(job, options.minutes))
        return 0
    peer = PEERS[options.system]
    environment = install(peer, options.environments)
    with _model(options.at_once) as free:
        measure(options, peer.title, partial(_given, peer, environment, free, options.minutes * 60))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description="Other systems on the same tasks.")
    parser.add_argument("system", choices=sorted([*PEERS, OURSELVES]))
    parser.add_argument("set", choices=(*SETS, *PROGRAMS))
    parser.add_argument("--data", type=Path, help="the folder with the public sets")
    parser.add_argument("--limit", type=int, default=20, help="how many functions, drawn at random but always the same")
    parser.add_argument("--at-once", type=int, default=1, metavar="N", help="how many tasks are tried at the same time")
    parser.add_argument("--minutes", type=float, default=MINUTES, metavar="M", help="how long one task may take")
    parser.add_argument("--environments", type=Path, default=Path(tempfile.gettempdir()) / "macrohard-peers")
    return parser


def measure(options: argparse.Namespace, title: str, tried: Callable[[Job], Tried]) -> None:
    """Try each task that has no row with this version of the system, and write the results after each."""
    name, rest = f"peers/{options.system}-{options.set}", f" --data DIR --limit {options.limit}"
    command = f"python -m bench.peers {options.system} {options.set}{'' if options.set in PROGRAMS else rest}"
    command += f" --at-once {options.at_once}" if options.at_once > 1 else ""
    command += f" --minutes {options.minutes:g}" if options.minutes != MINUTES else ""
    common = {
        "at_once": options.at_once,
        "minutes_allowed": options.minutes,
        "peer": title,
        "commit": commit(),
    }
    rows: dict[str, Any] = {
        key: row for key, row in (load(name) or {"tasks": {}})["tasks"].items() if row["peer"] == title
    }
    one = threading.Lock()

    def try_it(job: Job) -> None:
        row = judged(job, *tried(job))
        with one:
            rows[job.id] = {**row, **common, "date": circumstances()["date"]}
            _write(name, command, options.set, title, rows)
        print(f"{job.id}: {row['outcome']} in {row['seconds']} s", flush=True)

    each(try_it, _waiting(_jobs(options), rows), options.at_once)


def _jobs(options: argparse.Namespace) -> Iterable[Job]:
    """Raises SystemExit for a combination that is not measured."""
    if options.set in PROGRAMS:
        if options.system == OURSELVES:
            raise SystemExit("Run `python -m bench.requests` and `python -m bench.keys` for these.")
        return programs(options.set)
    if options.data is None:
        raise SystemExit("Name the folder with the public sets: --data DIR.")
    every = functions(options.set, options.data)
    return random.Random(SEED).sample(every, len(every))[: options.limit]


def _waiting(jobs: Iterable[Job], rows: dict[str, Any]) -> list[Job]:
    return [job for job in jobs if job.id not in rows]


@contextmanager
def _model(count: int) -> Iterator[Free]:
    """The embedded model behind as many sockets, with a record of its own, so that nothing is answered from memory."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as open_ones:
        model, free = open_model("embedded", Recorder(Path(folder) / "calls.db", "peers"), Budget()), Free()
        for number in range(count):
            socket = Path(folder) / f"model-{number}.sock"
            free.put((open_ones.enter_context(serving(socket, model)), socket))
        yield free


def _given(peer: Peer, environment: Path, free: Free, seconds: float, job: Job) -> Tried:
    """With an endpoint of its own, so that its tokens are counted apart."""
    endpoint, socket = free.get()
    try:
        return asked(peer, job, environment, socket, endpoint, seconds)
    finally:
        free.put((endpoint, socket))


def asked(
    peer: Peer, job: Job, environment: Path, socket: Path, endpoint: Endpoint, seconds: float = MINUTES * 60
) -> Tried:
    """What a peer made of a task. Raises SystemExit when the model failed, which is no fault of the peer."""
    endpoint.begin(SEED)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        if job.given:
            (work / FILE).write_text(job.given, encoding="utf-8")
        peer.prepare(work, job.instruction)
        ended = run(peer.command(job.instruction), environment, work, socket, seconds, peer.env, peer.typed)
        claimed, source = peer.claims(work, job.given, ended), peer.written(work)
    if endpoint.failed:
        raise SystemExit(f"The model failed during {job.id}: run the command again.")
    log = environment.parent / "logs" / peer.name / f"{job.id.replace('/', '-')}.txt"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(ended.output, encoding="utf-8")
    cost = {"exit_status": ended.exit_status, "seconds": ended.seconds, "tokens": dict(endpoint.tokens)}
    return source, claimed, cost


def judged(job: Job, source: str, claimed: bool, cost: dict[str, Any]) -> dict[str, Any]:
    """The row of a task: how right it is what was written."""
    grade = job.grade(source)
    right = grade.right == grade.n
    outcome = f"{'claimed' if claimed else 'not claimed'} and {'right' if right else 'wrong'}"
    results = {"right": grade.right, "n": grade.n}
    return {"outcome": outcome, "claimed": claimed, "right": right, "results": results, **cost, "source": source}


def _write(name: str, command: str, drawn_from: str, title: str, rows: dict[str, Any]) -> None:
    found = [row["outcome"] for row in rows.values()]
    write_result(
        name,
        {
            "schema": "macrohard/bench/peers/v3",
            "command": command,
            "peer": title,
            "set": drawn_from,
            "model_digest": f"sha256:{DIGEST}",
            "seed": SEED,
            **circumstances(),
            "n": len(rows),
            "outcomes": {outcome: found.count(outcome) for outcome in sorted(set(found))},
            "tasks": rows,
        },
    )


if __name__ == "__main__":
    raise SystemExit(main())
