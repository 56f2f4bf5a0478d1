"""The figures of the README, one line for each thing that was measured."""

from __future__ import annotations

from typing import Any

from bench.machine import load
from bench.page_asking import asking_figure
from bench.page_checking import grounding_figure
from bench.page_functions import functions_figures, functions_rows
from bench.page_peers import programs_rows
from bench.page_programs import accepted, before_the_fit, called_since
from bench.page_unseen import unseen_figures, without_a_miss
from bench.requests import EXAMPLES, UNSEEN


def figures() -> str:
    """One line for each thing that was measured."""
    lines = []
    if result := load("requests"):
        rows = result["requests"].values()
        audited = [row["audit"] for row in rows if row.get("audit")]
        hold = sum(audit["findings"].get("holds", 0) for audit in audited)
        called = sum(audit["verified"] for audit in audited)
        outcomes = {name: sum(row["outcome"] == name for row in rows) for name in ("verified", "delivered", "declined")}
        older = before_the_fit(result["requests"])
        measured = "the twelve" if result["n"] == 12 else f"{result['n']} of the twelve"
        lines.append(
            f"- Of {measured} [example requests](examples/requests), {accepted(rows)} ended with every acceptance claim "
            f"verified. {outcomes['verified']} of these are called `verified` as a whole, because each of their functions is "
            f"also sure enough to be right beyond the inputs that were tried; {outcomes['delivered']} were delivered with "
            f"something unverified, {outcomes['declined']} declined. {called_since(rows)} An audit of fresh clones confirmed {hold} of {called} "
            "claims that were called verified."
            + (f" {len(older)} of the twelve were measured with an earlier fit of the confidence." if older else "")
        )
        lines += beyond(result["requests"])
    lines += [line for name in UNSEEN for line in unseen_figures(name)]
    if result := load("fit"):
        low, high = result["called_wrong_interval_95"]
        were = "was" if result["called_wrong"] == 1 else "were"
        lines.append(
            f"- Confidence, by cross-validation on the {result['tasks']} public tasks that it is fitted on: of {result['called']} functions that "
            f"would be called verified {result['called_wrong']} {were} wrong ({low:.1%} to {high:.1%}); AUROC {result['auroc']['value']:.3f}, "
            f"calibration error {result['ece']['value']:.3f}."
        )
    lines += functions_figures()
    if result := load("stubs"):
        lines.append(
            f"- `implement` on [ten stubs](examples/stubs/everyday.py): {result['verified']} claims verified, "
            f"{result['unverified']} unverified, {result['refuted']} refuted (measured {result['date'][:10]})."
        )
    if result := load("checking"):
        lines.append(
            f"- `check` on the {result['claims']} verified claims of {result['n']} delivered programs, in Macrohard's own words: it reads {result['read']} of them, "
            f"and calls {result['true_supported']} of these supported; of {result['false']} that were falsified by one change it calls {result['false_caught']} contradicted or partly supported."
        )
    lines += [line for line in (grounding_figure(), asking_figure()) if line]
    return "".join(line + "\n" for line in [*lines, *beside_others()])


def beside_others() -> list[str]:
    """The table of other systems; nothing where none was tried."""
    rows = [*programs_rows(EXAMPLES), *(row for name in UNSEEN for row in programs_rows(name)), *functions_rows()]
    if not rows:
        return []
    head = "| on | system | right | says that it is done, and is wrong | Macrohard: right | calls verified, and is wrong | p |"
    about = (
        "Other systems with the same model on the same machine; p is of the exact McNemar test of who is right, and few tasks can decide "
        "little. The requests are examples that Macrohard was changed by, and it had no limit of time. When a system is taken to say that it is done, and what "
        "each was given, [the results](docs/results.md#other-systems-on-the-simple-requests) tell."
    )
    return ["", about, "", head, "|---|---|---|---|---|---|---|", *rows]


def beyond(requests: dict[str, Any]) -> list[str]:
    """How right the programs are on the answer keys."""
    result = load("keys")
    if result is None:
        return []
    first, told = load("first/keys"), []
    for name, called in (("called verified", True), ("delivered with unverified claims", False)):
        rows = [row for key, row in result["requests"].items() if (requests[key]["outcome"] == "verified") is called]
        right, n = sum(row["right"] for row in rows), sum(row["n"] for row in rows)
        told.append(
            f"programs {name} gave {right} of {n} right results ({without_a_miss(rows)} programs without a miss)"
        )
    tuned = (
        f" Macrohard was changed by what these keys showed; when they were first measured, {without_a_miss(list(first['requests'].values()))} programs had no miss."
        if first
        else ""
    )
    return [
        f"- On answer keys that no build sees (a few of their inputs are the examples of the requests), {' and '.join(told)}.{tuned}"
    ]
