"""The last screen of a run: what was delivered, what is proved, what it cost, and the two commands that follow."""

from __future__ import annotations

import shlex
from collections import Counter

from rich.console import Console
from rich.table import Table
from rich.text import Text

from macrohard.cli import terminal
from macrohard.cli.plain import plain
from macrohard.cli.screen import clock
from macrohard.company.report import Cost, Report, Status, Used
from macrohard.truth import Claim, Verdict
from macrohard.truth.confidence import percent

__all__ = ["claims_table", "show_report", "tally", "used_line"]

STYLES = {Verdict.VERIFIED: "green", Verdict.REFUTED: "red", Verdict.UNVERIFIED: "yellow"}
_OUTCOMES = {
    Status.VERIFIED: ("green", "Every acceptance claim is verified."),
    Status.DELIVERED: ("yellow", "Delivered, but not everything is verified."),
    Status.DECLINED: ("red", "Declined: nothing could be verified, so nothing is delivered."),
}


def show_report(report: Report) -> None:
    """Print a report on stdout for a person."""
    console = terminal.console()
    style, sentence = _OUTCOMES[report.outcome]
    console.print(Text.assemble((plain(report.name), "bold"), "  ", (sentence, style)))
    if report.claims:
        console.print(claims_table(report.claims))
        console.print(Text(tally(report.claims)))
    for choice in report.choices:
        console.print(Text(f"Choice: {plain(choice)}", style="dim"), soft_wrap=True)
    for note in report.notes:
        console.print(Text(f"Note: {plain(note)}", style="dim"), soft_wrap=True)
    console.print(Text(f"Confidence: {_confidence(report)}"), soft_wrap=True)
    console.print(Text(f"Cost: {cost_line(report.cost)}, with {plain(report.model)}"), soft_wrap=True)
    _show_places(console, report)


def claims_table(claims: tuple[Claim, ...]) -> Table:
    """One row for each claim."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Claim", no_wrap=True)
    table.add_column("What is said", ratio=1, overflow="fold")
    table.add_column("By", no_wrap=True)
    table.add_column("Verdict", no_wrap=True)
    for claim in claims:
        said = Text(plain(claim.statement))
        if claim.reason and claim.verdict is not Verdict.VERIFIED:
            said.append(f"\n{plain(claim.reason)}", style="dim")
        verdict = Text(claim.verdict.value, style=STYLES[claim.verdict])
        table.add_row(Text(plain(claim.id)), said, Text(plain(claim.maker)), verdict)
    return table


def tally(claims: tuple[Claim, ...]) -> str:
    """How many claims have which verdict: '12 claims: 11 verified, 1 unverified'."""
    counts = Counter(claim.verdict for claim in claims)
    parts = ", ".join(f"{counts[verdict]} {verdict.value}" for verdict in Verdict if counts[verdict])
    return f"{len(claims)} claim{'' if len(claims) == 1 else 's'}: {parts or 'none'}"


def cost_line(cost: Cost) -> str:
    """What a run used, in one line."""
    return f"{clock(cost.wall_seconds)} ({clock(cost.model_seconds)} in the model), {_tokens_line(cost)}"


def used_line(used: Used) -> str:
    """What the calls of an unfinished run used, in one line."""
    return f"{clock(used.model_seconds)} in the model, {_tokens_line(used)}"


def _tokens_line(used: Used) -> str:
    calls = f"{used.model_calls:,} call{'' if used.model_calls == 1 else 's'}"
    money = "money unknown" if used.usd is None else f"{used.usd:.4f} USD" if used.usd else "no money"
    return f"{used.prompt_tokens:,} + {used.completion_tokens:,} tokens in {calls}, {money}"


def _confidence(report: Report) -> str:
    """That all functions are right, and each of several; rounded down, so that it never says more than was found."""
    if report.confidence is None:
        return "not calibrated"
    known = [(item.name, item.confidence) for item in report.functions if item.confidence is not None]
    parts = ", ".join(f"{plain(name)} {percent(value)}" for name, value in known)
    return percent(report.confidence) + (f" ({parts})" if len(report.functions) > 1 else "")


def _show_places(console: Console, report: Report) -> None:
    """Paths, commands and the seal, unwrapped so that they can be copied."""
    for label, words in (("Use", report.run), ("Check again", report.recheck)):
        if words:
            console.print(Text(f"{label + ':':<13}{plain(shlex.join(words))}"), soft_wrap=True)
    for label, path in (("Project", report.path), ("Evidence", report.evidence), ("Seal", report.seal)):
        if path:
            console.print(Text(f"{label + ':':<13}{plain(path)}"), soft_wrap=True)
