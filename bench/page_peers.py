"""The parts of the results page about other systems on the same tasks, beside Macrohard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any

from bench.functions.reporting import mcnemar
from bench.keys import NAMES
from bench.machine import RESULTS, load
from bench.page_parts import share_told, taken
from bench.peers.jobs import FILE, SIMPLE
from bench.peers.ourselves import NAME as OURSELVES
from bench.peers.systems import PEERS
from bench.requests import EXAMPLES, UNSEEN

_TITLES = {
    "one-answer": "the model, one greedy answer",
    "best-of-eight": "the model, best of eight by a script of tests",
}
_WHICH = {EXAMPLES: "simple", UNSEEN: "unseen"}
Rows = Mapping[str, Mapping[str, Any]]
_HEAD = (
    "| system | tasks | right | says that it is done, and is right | says so, and is wrong | does not say so | seconds | tokens read "
    "| tokens written | right: only Macrohard, only this one |\n|---|---|---|---|---|---|---|---|---|---|\n"
)


def peers_part(drawn_from: str, replayed: Rows) -> str:
    """The other systems on a set of functions; `replayed` is what Macrohard made of its tasks, for where it was not run live."""
    results = _results(drawn_from)
    others, live = _others(results), _live(results)
    if not others:
        return ""
    own = {**_as_rows(replayed), **live}
    tried = {name for result in others for name in result["tasks"]}
    shown = live or {name: row for name, row in own.items() if name in tried}
    return (
        "#### Other systems\n\n"
        f"{_commands(results)}; {taken(others[0])}: each on the first of the same tasks, in the same order, with the same model on the same machine; "
        f"ten minutes a task at most where no more is told. {_ways(others)} Seconds and tokens are medians.{_beside(results)} In the last "
        "column p is of the exact McNemar test."
        + ("" if live else " Macrohard is shown as above, by replay, which takes no time that could be compared.")
        + "\n\n"
        + _table(others, own, shown)
    )


def peers_figures(drawn_from: str, replayed: Rows) -> list[str]:
    """The lines of the README: each other system beside Macrohard on the tasks that it was given; the bare model is told of there on all."""
    results = _results(drawn_from)
    others = [result for result in _others(results) if result["peer"] not in _TITLES]
    return _figures(others, {**_as_rows(replayed), **_live(results)}, "On {} of them")


def programs_figures(name: str) -> list[str]:
    """The same of a set of requests, with the bare model."""
    others = _results(name)
    own = _own_programs(name, {request for result in others for request in result["tasks"]})
    return _figures(others, own, f"On {{}} {_WHICH[name]} requests")


def _figures(others: Sequence[Mapping[str, Any]], own: Rows, where: str) -> list[str]:
    lines = []
    for result in others:
        rows = result["tasks"]
        mine = {name: own[name] for name in rows if name in own}
        if len(mine) == len(rows):
            lines.append(
                f"- {where.format(len(rows))} {_title(result)} is right in {_right(rows)}, and {_said(rows)}; Macrohard is right in "
                f"{_right(mine)}, and of {_claimed(mine)} that it calls verified {_wrong(mine)} are wrong (right or not: exact McNemar "
                f"p = {_mcnemar(mine, rows)['p']})."
            )
    return lines


def programs_part(name: str) -> str:
    """The other systems on a set of requests."""
    others = _results(name)
    if not others:
        return ""
    own = _own_programs(name, {request for result in others for request in result["tasks"]})
    return (
        f"## Other systems on the {_WHICH[name]} requests\n\n"
        f"{_commands(others)}; {taken(others[0])}: the first {SIMPLE} {_WHICH[name]} requests; right is a program that gives every "
        'result of the answer key of `python -m bench.keys`, which is the same for all. Others are asked for one file besides: "Write it as '
        f"one file, {FILE}, that needs nothing but Python's standard library. Where the text says `leap`, the user types `python {FILE}`.\" "
        "They have ten minutes each where no more is told, and 2,048 tokens a reply; Macrohard, shown as it was measured above, had no "
        f"limit, and says that it is done where it calls the program verified. {_ways(others)} Seconds and tokens are "
        f"medians.{_beside(others)} In the last column p is of the exact McNemar test.\n\n" + _table(others, own, own)
    )


def _ways(others: Sequence[Mapping[str, Any]]) -> str:
    """When each is taken to say that it is done."""
    told = [f"{_title(result)} if {PEERS[_named(result)].done}" for result in others]
    return f"Taken to say that it is done is {'; '.join(told)}."


def _named(result: Mapping[str, Any]) -> str:
    """What it is called on the command line."""
    return next(
        name for name, peer in PEERS.items() if result["peer"].partition("==")[0] == peer.title.partition("==")[0]
    )


def _as_rows(replayed: Rows) -> Rows:
    """As rows of a peer, without what a replay does not tell."""
    return {
        name: {"right": row["right"], "claimed": row["called"], "tokens": {"completion": row["tokens"]}}
        for name, row in replayed.items()
    }


def _own_programs(drawn_from: str, names: set[str]) -> Rows:
    requests, keys = ((load(name) or {"requests": {}})["requests"] for name in (drawn_from, NAMES[drawn_from]))
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


def _others(results: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [result for result in results if _system(result) != OURSELVES]


def _live(results: Sequence[dict[str, Any]]) -> Rows:
    """What Macrohard made of the tasks when it was run on them as its peers were."""
    return next((result["tasks"] for result in results if _system(result) == OURSELVES), {})


def _title(result: Mapping[str, Any]) -> str:
    return _TITLES.get(result["peer"], str(result["peer"]))


def _system(result: Mapping[str, Any]) -> str:
    return str(result["peer"]).partition("==")[0]


def _commands(results: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(f"`{result['command']}` ({result['date'][:10]})" for result in results)


def _beside(results: Sequence[Mapping[str, Any]]) -> str:
    """What the seconds mean where tasks were not tried one after the other; '' where all were."""
    several = {
        (_title(result), row["at_once"], row["minutes_allowed"])
        for result in results
        for row in result["tasks"].values()
        if row.get("at_once", 1) > 1
    }
    told = "; ".join(f"{name}: {count} at once, {minutes:g} minutes each" for name, count, minutes in sorted(several))
    return f" Some were tried beside each other, which takes longer than alone: {told}." if told else ""


def _table(others: Sequence[Mapping[str, Any]], own: Rows, shown: Rows) -> str:
    lines = [_line("Macrohard", shown, "")] if shown else []
    lines += [_line(_title(result), result["tasks"], _paired(own, result["tasks"])) for result in others]
    return _HEAD + "\n".join(lines)


def _paired(own: Rows, tasks: Rows) -> str:
    found = _mcnemar(own, tasks)
    return f"{found['only_ours']}, {found['only_theirs']} of {len(set(own) & set(tasks))}; p = {found['p']}"


def _mcnemar(own: Rows, tasks: Rows) -> dict[str, Any]:
    return mcnemar([(own[name]["right"], tasks[name]["right"]) for name in sorted(set(own) & set(tasks))])


def _line(name: str, tasks: Rows, paired: str) -> str:
    rows, wrong = list(tasks.values()), _wrong(tasks)
    return (
        f"| {name} | {len(rows)} | {share_told(_right(tasks), len(rows))} | {share_told(_claimed(tasks) - wrong, len(rows))} "
        f"| {share_told(wrong, len(rows))} | {share_told(len(rows) - _claimed(tasks), len(rows))} "
        f"| {_median(row.get('seconds') for row in rows)} "
        f"| {_median(row['tokens'].get('prompt') for row in rows)} | {_median(row['tokens']['completion'] for row in rows)} "
        f"| {paired} |"
    )


def _right(tasks: Rows) -> int:
    return sum(row["right"] for row in tasks.values())


def _claimed(tasks: Rows) -> int:
    return sum(row["claimed"] for row in tasks.values())


def _wrong(tasks: Rows) -> int:
    return sum(row["claimed"] and not row["right"] for row in tasks.values())


def _said(tasks: Rows) -> str:
    return (
        f"of {_claimed(tasks)} that it says are done {_wrong(tasks)} are wrong"
        if _claimed(tasks)
        else "says of none that it is done"
    )


def _median(found: Iterable[float | None]) -> str:
    """'–' where it is not told of each."""
    values = list(found)
    known = [value for value in values if value is not None]
    return f"{median(known):,.0f}" if len(known) == len(values) else "–"
