"""The parts of the results page about other systems on the same tasks, beside Macrohard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from bench.functions.reporting import mcnemar
from bench.machine import RESULTS, load
from bench.page_parts import share_told
from bench.peers.jobs import PROGRAMS
from bench.peers.ourselves import NAME as OURSELVES

Rows = Mapping[str, Mapping[str, Any]]
_HEAD = (
    "| system | tasks | right | says that it is done, and is right | says so, and is wrong | seconds | tokens read | tokens written "
    "| right: only Macrohard, only this one |\n|---|---|---|---|---|---|---|---|---|\n"
)


def peers_part(drawn_from: str, replayed: Rows) -> str:
    """The other systems on a set of functions; `replayed` is what Macrohard made of its tasks, for where it was not run live."""
    results = _results(drawn_from)
    others = [result for result in results if _system(result) != OURSELVES]
    if not others:
        return ""
    live: Rows = next((result["tasks"] for result in results if _system(result) == OURSELVES), {})
    own = {**replayed, **live}
    return (
        "#### Other systems\n\n"
        f"{_commands(results)}: each on the first of the same tasks, in the same order, with the same model on the same machine; "
        f"ten minutes a task at most. Seconds and tokens are medians. In the last column p is of the exact McNemar test.\n\n"
        + _table(others, own, live)
    )


def programs_part() -> str:
    """The other systems on the simple example requests."""
    others = _results(PROGRAMS)
    if not others:
        return ""
    own = _own_programs({name for result in others for name in result["tasks"]})
    return (
        "## Other systems on the simple requests\n\n"
        f"{_commands(others)}: the six simple example requests, each to be written as one file; right is a program that gives every "
        "result of the answer key of `python -m bench.keys`, which is the same for all. Macrohard is shown as it was measured above: "
        "it says that it is done where it calls the program verified. Seconds and tokens are medians.\n\n"
        + _table(others, own, own)
    )


def _own_programs(names: set[str]) -> Rows:
    requests, keys = ((load(name) or {"requests": {}})["requests"] for name in ("requests", "keys"))
    return {
        name: {
            "right": keys[name]["right"] == keys[name]["n"],
            "claimed": requests[name]["outcome"] == "verified",
            "seconds": requests[name]["wall_seconds"],
            "tokens": {kind: requests[name]["cost"][f"{kind}_tokens"] for kind in ("prompt", "completion")},
        }
        for name in sorted(names & set(requests) & set(keys))
    }


def _results(drawn_from: str) -> list[dict[str, Any]]:
    files = sorted((RESULTS / "peers").glob("*.json"))
    found = [result for file in files if (result := load(f"peers/{file.stem}"))]
    return [result for result in found if result["set"] == drawn_from]


def _system(result: Mapping[str, Any]) -> str:
    return str(result["peer"]).partition("==")[0]


def _commands(results: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(f"`{result['command']}` ({result['date'][:10]})" for result in results)


def _table(others: Sequence[Mapping[str, Any]], own: Rows, live: Rows) -> str:
    lines = [_line("Macrohard", live, "")] if live else []
    lines += [_line(result["peer"], result["tasks"], _paired(own, result["tasks"])) for result in others]
    return _HEAD + "\n".join(lines)


def _paired(own: Rows, tasks: Rows) -> str:
    both = sorted(set(own) & set(tasks))
    found = mcnemar([(own[name]["right"], tasks[name]["right"]) for name in both])
    return f"{found['only_ours']}, {found['only_theirs']} of {len(both)}; p = {found['p']}"


def _line(name: str, tasks: Rows, paired: str) -> str:
    rows = list(tasks.values())
    right, claimed = [row for row in rows if row["right"]], [row for row in rows if row["claimed"]]
    wrong = sum(not row["right"] for row in claimed)
    return (
        f"| {name} | {len(rows)} | {share_told(len(right), len(rows))} | {share_told(len(claimed) - wrong, len(rows))} "
        f"| {share_told(wrong, len(rows))} | {median(row['seconds'] for row in rows):.0f} "
        f"| {median(row['tokens']['prompt'] for row in rows):,.0f} | {median(row['tokens']['completion'] for row in rows):,.0f} "
        f"| {paired} |"
    )
