"""The part of the results page about `macrohard check`."""

from __future__ import annotations

from typing import Any

from bench.machine import load
from bench.page_parts import wilson


def checking_part() -> str:
    """Whether true statements are told from false ones."""
    result = load("checking")
    if result is None:
        return ""
    return (
        f"## Checking statements about software\n\n`{result['command']}`, {result['date'][:10]}: the verified claims of "
        f"{result['n']} delivered programs as their READMEs say them, and each of them falsified by one change at its end. No "
        "model is asked. The claims and their README are written by Macrohard, so that this says how statements in its own words "
        "fare, and not how many of an agent's sentences are read.\n\n"
        "| | | |\n|---|---|---|\n"
        f"| claims that are read | {_share(result['read'], result['claims'])} |\n"
        f"| true ones called supported | {_share(result['true_supported'], result['read'])} |\n"
        f"| false ones not called supported but contradicted | {_share(result['false_caught'], result['false'])} |"
        + _missed(result["programs"])
    )


def _share(count: int, n: int) -> str:
    low, high = wilson(count, n)
    return f"{count} of {n} | {low:.1%} to {high:.1%}"


def _missed(programs: dict[str, Any]) -> str:
    missed = [f"- {name}: {text}" for name, row in sorted(programs.items()) for text in row["missed"]]
    return "\n\nOf these wrong:\n\n" + "\n".join(missed) if missed else ""
