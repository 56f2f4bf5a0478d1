"""Other systems on functions with hidden tests: same tasks, same machine, same model.

    python -m bench.peers SYSTEM SET --data DIR [--limit N] [--environments DIR]

SYSTEM is aider, mini-swe-agent or gpt-engineer; each is installed from the package index into an environment of its own.
Resumable: a task that has a row is left alone. Writes `bench/results/peers/SYSTEM-SET.json` after each task,
and what the system printed to `logs` beside its environment.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path
from typing import Any

from bench.functions.hidden import passes
from bench.functions.tasks import SETS, Task, tasks
from bench.machine import circumstances, load, write_result
from bench.peers.endpoint import Endpoint, serving
from bench.peers.systems import FILE, PEERS, Peer, install
from bench.peers.walls import run
from macrohard.models import Budget, Recorder, open_model
from macrohard.sandbox import open_sandbox

SECONDS = 600
"""For one task."""
SEED = 0
_TOLD = (
    f"Complete the function `{{name}}` in {FILE}, so that it does what its docstring says. "
    "Keep its name and its parameters."
)


def main() -> int:
    """Give the tasks that have no row yet to a peer."""
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description="Other systems on the same functions.")
    parser.add_argument("system", choices=sorted(PEERS))
    parser.add_argument("set", choices=SETS)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the public sets")
    parser.add_argument("--limit", type=int, default=20, help="how many tasks, drawn at random but always the same")
    parser.add_argument("--environments", type=Path, default=Path(tempfile.gettempdir()) / "macrohard-peers")
    options = parser.parse_args()
    every = tasks(options.set, options.data)
    if not all(task.reported for task in every):
        raise SystemExit(f"{options.set} is for fitting: peers are measured on what is reported.")
    drawn = random.Random(SEED).sample(every, len(every))[: options.limit]
    peer = PEERS[options.system]
    environment = install(peer, options.environments)
    name = f"peers/{peer.name}-{options.set}"
    command = f"python -m bench.peers {peer.name} {options.set} --data DIR --limit {options.limit}"
    known = (load(name) or {"tasks": {}})["tasks"]
    rows: dict[str, Any] = {key: row for key, row in known.items() if row["peer"] == peer.requirement}
    with tempfile.TemporaryDirectory() as folder:
        model = open_model("embedded", Recorder(Path(folder) / "calls.db", "peers"), Budget())
        socket = Path(folder) / "model.sock"
        with serving(socket, model) as endpoint:
            for task in (task for task in drawn if task.id not in rows):
                endpoint.begin(SEED)
                rows[task.id] = tried(peer, task, environment, socket, endpoint)
                if endpoint.failed:
                    raise SystemExit(f"The model failed during {task.id}: run the command again.")
                _write(name, command, options.set, peer, model.digest, rows)
                print(f"{task.id}: {rows[task.id]['outcome']} in {rows[task.id]['seconds']} s", flush=True)
    return 0


def tried(peer: Peer, task: Task, environment: Path, socket: Path, endpoint: Endpoint) -> dict[str, Any]:
    """What a peer made of a task, and whether the hidden tests agree."""
    instruction = _TOLD.format(name=task.function)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / FILE).write_text(task.stub, encoding="utf-8")
        peer.prepare(work, instruction)
        ended = run(peer.command(instruction), environment, work, socket, SECONDS, peer.env, peer.typed)
        claimed, source = peer.claims(work, task.stub, ended), peer.written(work)
    log = environment.parent / "logs" / peer.name / f"{task.id.replace('/', '-')}.txt"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(ended.output, encoding="utf-8")
    right = bool(source) and passes(task, [source], open_sandbox())[0]
    return {
        "outcome": _outcome(claimed, right),
        "claimed": claimed,
        "right": right,
        "exit_status": ended.exit_status,
        "seconds": ended.seconds,
        "tokens": dict(endpoint.tokens),
        "peer": peer.requirement,
        "date": circumstances()["date"],
        "source": source,
    }


def _outcome(claimed: bool, right: bool) -> str:
    return f"{'claimed' if claimed else 'not claimed'} and {'right' if right else 'wrong'}"


def _write(name: str, command: str, drawn_from: str, peer: Peer, digest: str, rows: dict[str, Any]) -> None:
    found = [row["outcome"] for row in rows.values()]
    write_result(
        name,
        {
            "schema": "macrohard/bench/peers/v1",
            "command": command,
            "peer": peer.requirement,
            "set": drawn_from,
            "model_digest": digest,
            "seed": SEED,
            "seconds_allowed": SECONDS,
            **circumstances(),
            "n": len(rows),
            "outcomes": {outcome: found.count(outcome) for outcome in sorted(set(found))},
            "tasks": rows,
        },
    )


if __name__ == "__main__":
    raise SystemExit(main())
