"""The parts of the results page about other systems on the same tasks, beside Macrohard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any

from bench.page_parts import share_told, taken
from bench.peers.jobs import FILE, SIMPLE
from bench.peers.rows import (
    TITLES,
    Rows,
    count_claimed,
    count_right,
    count_wrong,
    first_right,
    live_rows,
    name_of,
    others_of,
    paired_test,
    program_rows,
    read_results,
    replayed_rows,
    title_of,
)  # fmt: skip
from bench.peers.systems import PEERS
from bench.requests import EXAMPLES, UNSEEN

_WHICH = {EXAMPLES: "simple", **dict.fromkeys(UNSEEN, "unseen")}
_MEDIANS = (
    "Seconds and tokens are medians. Tokens read count once for each request that a system makes; Macrohard reads a prompt once for all "
    "replies to it, and counts it once."
)
_HEAD = (
    "| system | tasks | right | says that it is done, and is right | says so, and is wrong | does not say so | seconds | tokens read "
    "| tokens written | right: only Macrohard, only this one |\n|---|---|---|---|---|---|---|---|---|---|\n"
)


def peers_part(drawn_from: str, replayed: Rows) -> str:
    """The other systems on a set of functions; `replayed` is what Macrohard made of its tasks, for where it was not run live."""
    results = read_results(drawn_from)
    others, live = others_of(results), live_rows(results)
    if not others:
        return ""
    return (
        "#### Other systems\n\n"
        f"{_commands(results)}; {taken(others[0])}: each on the first of the same tasks, in the same order, with the same model on the same machine; "
        f"ten minutes a task at most where no more is told. {_ways(others)} {_MEDIANS}{_beside(results)} In the last "
        "column p is of the exact McNemar test."
        + ("" if live else " Macrohard is shown as above, by replay, which takes no time that could be compared.")
        + "\n\n"
        + _table(others, _own(live, replayed))
    )


def peers_rows(drawn_from: str, title: str, replayed: Rows) -> list[str]:
    """For the table of the README: each other system beside Macrohard on the tasks that it was given; the bare model, of which the README
    tells on all tasks, is left out."""
    results = read_results(drawn_from)
    others = [result for result in others_of(results) if result["peer"] not in TITLES]
    return _beside_each(others, _own(live_rows(results), replayed), f"functions of {title}")


def _own(live: Rows, replayed: Rows) -> Rows:
    """What Macrohard made of a set: live where it was run so, else by replay, never some of both."""
    return live or replayed_rows(replayed)


def programs_rows(name: str) -> list[str]:
    """The same of a set of requests, with the bare model."""
    others = read_results(name)
    own = program_rows(name, {request for result in others for request in result["tasks"]})
    return _beside_each(others, own, f"{_WHICH[name]} requests")


def _beside_each(others: Sequence[Mapping[str, Any]], own: Rows, what: str) -> list[str]:
    lines = []
    for result in others:
        rows = result["tasks"]
        mine = {name: own[name] for name in rows if name in own}
        if len(mine) == len(rows):
            lines.append(
                f"| {len(rows)} {what} | {title_of(result)} | {count_right(rows)} | {count_wrong(rows)} of {count_claimed(rows)}{_late(rows)} "
                f"| {count_right(mine)} | {count_wrong(mine)} of {count_claimed(mine)} | {paired_test(mine, rows)['p']} |"
            )
    return lines


def _late(rows: Rows) -> str:
    """How many were ended from outside."""
    late = sum("exit_status" in row and row["exit_status"] is None for row in rows.values())
    return f"; {late} did not end in their time" if late else ""


def programs_part(name: str) -> str:
    """The other systems on a set of requests."""
    others = read_results(name)
    if not others:
        return ""
    own = program_rows(name, {request for result in others for request in result["tasks"]})
    return (
        f"## Other systems on the {_WHICH[name]} requests\n\n"
        f"{_commands(others)}; {taken(others[0])}: the first {SIMPLE} {_WHICH[name]} requests; right is a program that gives every "
        'result of the answer key of `python -m bench.keys`, which is the same for all. Others are asked for one file besides: "Write it as '
        f"one file, {FILE}, that needs nothing but Python's standard library. Where the text says `leap`, the user types `python {FILE}`.\" "
        "They have ten minutes each where no more is told, and 2,048 tokens a reply; Macrohard, shown as it was measured above, had no "
        f"limit, and says that it is done where it calls the program verified. {_first_time(name, set(own))}{_ways(others)} "
        f"{_MEDIANS}{_beside(others)} In the last column p is of the exact McNemar test.\n\n" + _table(others, own)
    )


def _first_time(name: str, tried: set[str]) -> str:
    """What tuning did to these figures; '' for requests that changed nothing."""
    first = first_right(tried) if name == EXAMPLES else None
    if first is None:
        return ""
    return (
        f"It was changed by what these requests showed, the others were not: when it first built them, {first} of {len(tried)} of its "
        "programs were without a miss. "
    )


def _ways(others: Sequence[Mapping[str, Any]]) -> str:
    """When each is taken to say that it is done."""
    told = [f"{title_of(result)} if {PEERS[name_of(result)].done}" for result in others]
    return f"Taken to say that it is done is {'; '.join(told)}."


def _commands(results: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(f"`{result['command']}` ({result['date'][:10]})" for result in results)


def _beside(results: Sequence[Mapping[str, Any]]) -> str:
    """What the seconds mean where tasks were not tried one after the other; '' where all were."""
    several = {
        (title_of(result), row["at_once"], row["minutes_allowed"])
        for result in results
        for row in result["tasks"].values()
        if row.get("at_once", 1) > 1
    }
    told = "; ".join(f"{name}: {count} at once, {minutes:g} minutes each" for name, count, minutes in sorted(several))
    return f" Some were tried beside each other, which takes longer than alone: {told}." if told else ""


def _table(others: Sequence[Mapping[str, Any]], own: Rows) -> str:
    """Systems that were given the same tasks stand below what Macrohard made of these."""
    lines: list[str] = []
    for names in sorted({frozenset(result["tasks"]) for result in others}, key=len, reverse=True):
        alike = [result for result in others if set(result["tasks"]) == names]
        ours = {name: row for name, row in own.items() if name in names}
        lines += [_line("Macrohard, on the same tasks" if lines else "Macrohard", ours, "")] if ours else []
        lines += [_line(title_of(result), result["tasks"], _paired(own, result["tasks"])) for result in alike]
    return _HEAD + "\n".join(lines)


def _paired(own: Rows, tasks: Rows) -> str:
    found = paired_test(own, tasks)
    return f"{found['only_ours']}, {found['only_theirs']} of {len(set(own) & set(tasks))}; p = {found['p']}"


def _line(name: str, tasks: Rows, paired: str) -> str:
    rows, wrong = list(tasks.values()), count_wrong(tasks)
    return (
        f"| {name} | {len(rows)} | {share_told(count_right(tasks), len(rows))} | {share_told(count_claimed(tasks) - wrong, len(rows))} "
        f"| {share_told(wrong, len(rows))} | {share_told(len(rows) - count_claimed(tasks), len(rows))} "
        f"| {_median(row.get('seconds') for row in rows)} "
        f"| {_median(row['tokens'].get('prompt') for row in rows)} | {_median(row['tokens']['completion'] for row in rows)} "
        f"| {paired} |"
    )


def _median(found: Iterable[float | None]) -> str:
    """'–' where it is not told of each."""
    values = list(found)
    known = [value for value in values if value is not None]
    return f"{median(known):,.0f}" if len(known) == len(values) else "–"
