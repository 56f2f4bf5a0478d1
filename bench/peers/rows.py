"""What was measured of other systems, and of Macrohard on the same tasks, in rows that can be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bench.functions.reporting import mcnemar
from bench.keys import NAMES, clean
from bench.machine import RESULTS, load
from bench.peers.ourselves import NAME as OURSELVES
from bench.peers.systems import PEERS

TITLES = {
    "one-answer": "the model, one greedy answer",
    "best-of-eight": "the model, best of eight by a script of tests",
}
Rows = Mapping[str, Mapping[str, Any]]


def name_of(result: Mapping[str, Any]) -> str:
    """What it is called on the command line."""
    return next(
        name for name, peer in PEERS.items() if result["peer"].partition("==")[0] == peer.title.partition("==")[0]
    )


def replayed_rows(replayed: Rows) -> Rows:
    """As rows of a peer, without what a replay does not tell."""
    return {
        name: {"right": row["right"], "claimed": row["called"], "tokens": {"completion": row["tokens"]}}
        for name, row in replayed.items()
    }


def program_rows(drawn_from: str, names: set[str]) -> Rows:
    """What Macrohard made of requests, as rows of a peer; what it declined is not right."""
    requests, keys = ((load(name) or {"requests": {}})["requests"] for name in (drawn_from, NAMES[drawn_from]))
    tried = [name for name in names & set(requests) if name in keys or not requests[name].get("audit")]
    return {
        name: {
            "right": name in keys and keys[name]["right"] == keys[name]["n"],
            "claimed": requests[name]["outcome"] == "verified",
            "seconds": requests[name]["wall_seconds"],
            "tokens": {kind: requests[name]["cost"][f"{kind}_tokens"] for kind in ("prompt", "completion")},
        }
        for name in sorted(tried)
    }


def read_results(drawn_from: str) -> list[dict[str, Any]]:
    """The result files of a set."""
    files = sorted((RESULTS / "peers").glob("*.json"))
    found = [result for file in files if (result := load(f"peers/{file.stem}"))]
    return [result for result in found if result["set"] == drawn_from]


def others_of(results: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those that are not of Macrohard itself."""
    return [result for result in results if _system(result) != OURSELVES]


def live_rows(results: Sequence[dict[str, Any]]) -> Rows:
    """What Macrohard made of the tasks when it was run on them as its peers were."""
    return next((result["tasks"] for result in results if _system(result) == OURSELVES), {})


def first_right(names: set[str]) -> int | None:
    """Of how many of these requests its program was without a miss before it was changed by what they showed; None where it is not kept."""
    first = load("first/keys")
    if first is None:
        return None
    return clean(row for name, row in first["requests"].items() if name in names)


def title_of(result: Mapping[str, Any]) -> str:
    """What it is called on the page."""
    return TITLES.get(result["peer"], str(result["peer"]))


def _system(result: Mapping[str, Any]) -> str:
    return str(result["peer"]).partition("==")[0]


def paired_test(own: Rows, tasks: Rows) -> dict[str, Any]:
    """Exact McNemar test of who is right, on the tasks of both."""
    return mcnemar([(own[name]["right"], tasks[name]["right"]) for name in sorted(set(own) & set(tasks))])


def count_right(tasks: Rows) -> int:
    """How many are right."""
    return sum(row["right"] for row in tasks.values())


def count_claimed(tasks: Rows) -> int:
    """Of how many it says that they are done."""
    return sum(row["claimed"] for row in tasks.values())


def count_wrong(tasks: Rows) -> int:
    """How many of these are wrong."""
    return sum(row["claimed"] and not row["right"] for row in tasks.values())
