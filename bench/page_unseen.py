"""The part of the results page, and the line of the README, about requests that Macrohard was not changed by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bench.keys import NAMES, clean
from bench.machine import load
from bench.page_parts import at_once, share_told, taken
from bench.page_programs import first_wrong, listed_open
from bench.references import key_of
from bench.requests import texts


def unseen_part(name: str) -> str:
    """Requests by somebody who did not know how Macrohard works."""
    result, keys = load(name), load(NAMES[name])
    if result is None or keys is None:
        return ""
    rows = result["requests"]
    return "\n\n".join(
        [
            (
                f"## Requests that were never seen: {name}\n\n`{result['command']}` and `{keys['command']}`, {taken(result)}; {_so_far(name, result)}, seed "
                f"{result['seed']}, one run each, {_beside(rows)}: requests with answer keys (`bench/{name}`, `bench/references`) by somebody who knew what kinds of "
                "program Macrohard builds and nothing of how it does so. Each was built to its end once, with the version of that day, before anything was "
                f"changed by what it showed; builds that were stopped before their end were begun anew, and which that were stands in [the log](log.md). Without a miss: {_clean(rows, keys['requests'])}."
            ),
            "| request | outcome | confidence | verified | unverified | refuted | results of the key | first that is wrong | wall s |\n"
            "|---|---|---|---|---|---|---|---|---|\n"
            + "\n".join(
                _unseen_row(request, row, keys["requests"].get(request)) for request, row in sorted(rows.items())
            ),
            "\n".join(listed_open(request, row) for request, row in sorted(rows.items()) if row["not_verified"]),
        ]
    )


def _beside(rows: Mapping[str, dict[str, Any]]) -> str:
    """What else the machine did, which the seconds depend on."""
    return at_once(rows) or "beside other work on the machine"


def _clean(rows: Mapping[str, dict[str, Any]], keys: Mapping[str, dict[str, Any]]) -> str:
    called = [keys[request] for request, row in rows.items() if row["outcome"] == "verified"]
    return f"{share_told(clean(keys.values()), len(rows))}; of those called verified {share_told(clean(called), len(called))}"


def _unseen_row(name: str, row: dict[str, Any], key: dict[str, Any] | None) -> str:
    sure = "" if row["confidence"] is None else f"{row['confidence']:.0%}"
    results = (
        f"{key['right']} of {key['n']} | {first_wrong(key)}" if key else f"0 of {key_of(name).size} | nothing delivered"
    )
    counts = f"{row['verified']} | {row['unverified']} | {row['refuted']}"
    return f"| {name} | {row['outcome']} | {sure} | {counts} | {results} | {row['wall_seconds']} |"


def unseen_figures(name: str) -> list[str]:
    """How requests fare that Macrohard was not changed by."""
    result, keys = load(name), load(NAMES[name])
    if result is None or keys is None:
        return []
    called = [keys["requests"][request] for request, row in result["requests"].items() if row["outcome"] == "verified"]
    rows = list(keys["requests"].values())
    declined = [request for request in result["requests"] if request not in keys["requests"]]
    n = sum(row["n"] for row in rows) + sum(key_of(request).size for request in declined)
    right = sum(row["right"] for row in rows)
    without = f" ({len(declined)} declined, which gives none)" if declined else ""
    of_these = f", {without_a_miss(called)} of these without a miss" if called else ""
    return [
        (
            f"- Of {_so_far(name, result)} requests by somebody who did not know how it works, {clean(rows)} became programs "
            f"without a miss on their keys; {right} of {n} results right{without}. Called `verified`: {len(called)}{of_these}."
        )
    ]


def _so_far(name: str, result: Mapping[str, Any]) -> str:
    """How many of a set were built."""
    every = len(texts(name))
    return str(every) if result["n"] == every else f"{result['n']} (of {every}, so far)"


def without_a_miss(rows: Sequence[Mapping[str, Any]]) -> str:
    """'2 of 3': how many programs give every result of their key."""
    return f"{clean(rows)} of {len(rows)}"
