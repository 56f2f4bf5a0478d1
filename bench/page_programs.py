"""The parts of the results page about programs: the example requests, how right they are, the stub file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import median
from typing import Any

from bench.keys import clean
from bench.machine import gigabytes, load
from bench.page_parts import at_once, taken
from bench.requests import EXAMPLES, FOLDERS
from macrohard.company.request.sentences import split_statements
from macrohard.company.users.tryout import BEYOND, UNTRIED


def requests_part() -> str:
    """The twelve example requests, one line each, and everything that was not verified."""
    result = load("requests")
    if result is None:
        return ""
    rows: dict[str, dict[str, Any]] = result["requests"]
    lines = [
        "## The example requests\n\n" + _measured(result, rows),
        _ends(rows),
        "| request | outcome | confidence | verified | unverified | refuted | audit of a clone | wall s | model s | tokens out |\n"
        "|---|---|---|---|---|---|---|---|---|---|\n"
        + "\n".join(_row(name, row) for name, row in sorted(rows.items())),
        (
            "Peak memory of the process that holds the weights: "
            f"{gigabytes(max(row['model_server_peak_bytes'] or 0 for row in rows.values()))}; of the builder: "
            f"{gigabytes(max(row['builder_peak_bytes'] for row in rows.values()))}."
        ),
        _busy(rows),
        _said(rows),
        "### What was not verified, and why",
        "\n".join(listed_open(name, row) for name, row in sorted(rows.items()) if row["not_verified"]),
    ]
    return "\n\n".join(lines)


def _busy(rows: Mapping[str, dict[str, Any]]) -> str:
    """For how much of the time the model was answering."""
    shares = {name: row["cost"]["model_seconds"] / row["wall_seconds"] for name, row in rows.items() if row["cost"]}
    least = min(shares, key=lambda name: shares[name])
    return (
        f"For {median(shares.values()):.0%} of the wall time of a build, median, it waits for the model, which may be answering another; least in "
        f"{least}, {shares[least]:.0%}."
    )


def _said(rows: Mapping[str, dict[str, Any]]) -> str:
    """How many of the sentences that the requests say are tried. The brief takes all of them over word for word, by code."""
    texts = ((FOLDERS[EXAMPLES] / f"{name}.txt").read_text(encoding="utf-8") for name in rows)
    every = sum(len(split_statements(text)) for text in texts)
    untried = sum(item["reason"] == UNTRIED for row in rows.values() for item in row["not_verified"])
    return (
        f"The requests say {every} sentences and clauses besides their examples. The brief takes all of them over word for word, by code; "
        f"without a check that passes, and named below: {untried}."
    )


def accepted(rows: Iterable[dict[str, Any]]) -> int:
    """How many were delivered with every acceptance claim verified."""
    return sum(
        bool(row.get("audit")) and all(item["statement"].endswith(BEYOND) for item in row["not_verified"])
        for row in rows
    )


def called_since(rows: Iterable[dict[str, Any]]) -> str:
    """How many would be called verified now that the program, too, must be as sure as each of its functions."""
    least = (load("fit") or {"threshold": 1.0})["threshold"]
    called = [row for row in rows if row["outcome"] == "verified"]
    sure = sum((row["confidence"] or 0.0) >= least for row in called)
    return f"Since then the program as a whole must be as sure as each of its functions: of these {len(called)}, {sure} would be called so now."


def before_the_fit(rows: dict[str, dict[str, Any]]) -> list[str]:
    """The requests that were measured before the confidence was fitted as it is shipped."""
    fitted = load("fit")
    return [name for name, row in sorted(rows.items()) if fitted and row.get("began", row["date"]) < fitted["date"]]


def _ends(rows: dict[str, dict[str, Any]]) -> str:
    """How many requests end how."""
    verified, older = sum(row["outcome"] == "verified" for row in rows.values()), before_the_fit(rows)
    return (
        f"{accepted(rows.values())} of {len(rows)} end with every acceptance claim verified. {verified} of these are called `verified` as a "
        "whole: each of their functions is also sure enough to be right beyond the inputs that were tried. The others say of "
        f"which functions that is not so. {called_since(rows.values())}"
        + (f" With an earlier fit of the confidence: {', '.join(older)}." if older else "")
    )


def keys_part() -> str:
    """How far each program is right beyond its claims."""
    result = load("keys")
    if result is None:
        return ""
    rows = result["requests"]
    lines = [
        (
            f"## Beyond the claims\n\n`{result['command']}`, {taken(result)}: the same programs on inputs whose result the request "
            "decides. No build sees the answer keys (`bench/references`); a few of these inputs are the examples of the requests. A claim "
            f"covers the inputs that it names; this tells how far a program is right beyond them. {_first_time()}"
        ),
        "| request | right | first that is wrong |\n|---|---|---|\n"
        + "\n".join(
            f"| {name} | {row['right']} of {row['n']} | {first_wrong(row)} |" for name, row in sorted(rows.items())
        ),
    ]
    return "\n\n".join(lines)


def _first_time() -> str:
    """What tuning may have done to these figures; '' where the first ones are not kept."""
    first, now = load("first/keys"), load("keys")
    if first is None or now is None:
        return ""
    without, today = (clean(found["requests"].values()) for found in (first, now))
    return (
        f"These requests and keys are no test of Macrohard as a whole: it was changed after reading what they showed "
        f"([log](log.md), [readings](readings.md)). When they were first measured ({first['date'][:10]}) {without} of "
        f"{len(first['requests'])} programs were without a miss, {today} of {len(now['requests'])} are now; a request that it has never seen can be "
        "expected to do worse than these."
    )


def first_wrong(row: dict[str, Any]) -> str:
    if not row["wrong"]:
        return ""
    first = row["wrong"][0]
    return f"`{first['statement']}`: {first['reason']}".replace("|", "\\|").replace("\n", " / ")


def stubs_part() -> str:
    """The stub file of ten functions."""
    result = load("stubs")
    if result is None:
        return ""
    row = f"| {result['file']} " + _row("", result).removeprefix("|  ")
    return (
        "## Ten stubs\n\n" + _measured(result, {"": result}) + "\n\n"
        "| file | outcome | confidence | verified | unverified | refuted | audit | wall s | model s | tokens out |\n"
        "|---|---|---|---|---|---|---|---|---|---|\n"
        + row
        + ("\n\n" + listed_open("", result) if result["not_verified"] else "")
    )


def _measured(result: dict[str, Any], rows: dict[str, dict[str, Any]]) -> str:
    digests = sorted({row["model_digest"] for row in rows.values() if row["model_digest"]})
    last = result["date"][:10]
    older = [f"{name} {row['date'][:10]}" for name, row in sorted(rows.items()) if row["date"][:10] != last]
    days = last + (f" ({', '.join(older)}, with the version of that day)" if older else "")
    machines: dict[str, list[str]] = {}
    for name, row in sorted(rows.items()):
        machines.setdefault(row.get("processor", result["processor"]), []).append(name)
    processors = "; of ".join(
        name + (f" ({', '.join(used)})" if len(machines) > 1 else "") for name, used in machines.items()
    )
    return (
        f"`{result['command']}`, {days}, n = {result['n']}, seed {result['seed']}, {', '.join(filter(None, ['one run each', at_once(rows)]))}; "
        f"{result['cores']} cores of {processors}, Python {result['python']}; model {', '.join(digests)}."
    )


def _row(name: str, row: dict[str, Any]) -> str:
    cost = row["cost"] or {}
    audit = row.get("audit")
    holds = f"{audit['findings'].get('holds', 0)} of {audit['verified']} hold" if audit else "nothing delivered"
    counts = f"{row['verified']} | {row['unverified']} | {row['refuted']}"
    used = f"{row['wall_seconds']} | {cost.get('model_seconds', '')} | {cost.get('completion_tokens', '')}"
    sure = "" if row.get("confidence") is None else f"{row['confidence']:.0%}"
    return f"| {name} | {row['outcome']} | {sure} | {counts} | {holds} | {used} |"


def listed_open(name: str, row: dict[str, Any]) -> str:
    head = f"- {name}:\n" if name else ""
    indent = "  " if name else ""
    return head + "\n".join(
        f"{indent}- {item['verdict']}: {item['statement']}" + (f" ({item['reason']})" if item["reason"] else "")
        for item in row["not_verified"]
    )
