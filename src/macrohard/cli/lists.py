"""Shows runs and audits to a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.table import Table
from rich.text import Text

from macrohard.cli import terminal
from macrohard.cli.final import show_report, used_line
from macrohard.cli.plain import plain
from macrohard.company.runs import RunDetails, RunSummary
from macrohard.truth import AuditReport, Finding, cut_command

__all__ = ["show_audit", "show_details", "show_runs"]

_LONGEST_COMMAND = 175
"""Characters of a command that are shown."""
_STYLES = {Finding.HOLDS: "green", Finding.FAILS: "red", Finding.TAMPERED: "red", Finding.NOT_CHECKABLE: "yellow"}


def show_runs(runs: Sequence[RunSummary]) -> None:
    """Print one row for each run."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    # A name that is cut off could not be copied.
    table.add_column("Run", no_wrap=True, min_width=max(len(run.run_id) for run in runs))
    table.add_column("Begun", no_wrap=True, min_width=len("2026-12-31 23:59"))
    table.add_column("State", no_wrap=True, min_width=len("interrupted"))
    table.add_column("Request", ratio=1, no_wrap=True, overflow="ellipsis")
    for run in runs:
        state = run.outcome.value if run.outcome else run.state.value
        request = run.error if run.task == "" else run.request
        table.add_row(run.run_id, _time(run.created), state, Text(plain(" ".join(request.split()))))
    terminal.console(terminal.LISTS).print(table)


def show_details(details: RunDetails) -> None:
    """Print what was ordered, what happened, and the report or what to do next."""
    console = terminal.console()
    console.print(Text(f"Run {details.run_id}: {details.state.value}", style="bold"))
    console.print(Text(plain(details.request, lines=True)))
    for happened in details.events:
        event = happened.event
        console.print(Text(f"{_time(happened.time)}  {event.department}: {plain(event.message)}", style="dim"))
    if details.report:
        show_report(details.report)
        return
    if details.error:
        console.print(Text(plain(details.error)))
    if details.used and details.used.prompt_tokens:
        console.print(Text(f"Used so far: {used_line(details.used)}"), soft_wrap=True)
    if details.state.resumable:
        console.print(Text(f"Go on with: macrohard resume {details.run_id}"))


def _time(moment: datetime | None) -> str:
    """The time on the user's clock."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M") if moment else ""


def show_audit(report: AuditReport) -> None:
    """Print what was found about each claim, and whether everything that is called verified holds."""
    console = terminal.console()
    console.print(_findings(report))
    for problem in report.problems:
        console.print(Text(plain(problem), style="red"), soft_wrap=True)
    for path in report.changed_inputs:
        console.print(Text(f"Changed since the delivery: {plain(path)}", style="yellow"), soft_wrap=True)
    if report.holds:
        console.print(Text("Everything that is called verified holds.", style="green"))
    else:
        console.print(Text("Not everything that is called verified holds.", style="red"))
    console.print(Text(f"Seal: {plain(report.seal) or 'broken'}"), soft_wrap=True)


def _findings(report: AuditReport) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Claim", no_wrap=True)
    table.add_column("What is said", ratio=1, overflow="fold")
    table.add_column("Was", no_wrap=True)
    table.add_column("Now", no_wrap=True)
    for claim in report.claims:
        said = Text(plain(claim.statement))
        said.append(_shown(claim.commands), style="dim")
        if claim.reason:
            said.append(f"\n{plain(claim.reason)}", style="dim")
        now = Text(claim.finding.value, style=_STYLES[claim.finding])
        table.add_row(Text(plain(claim.id)), said, Text(plain(claim.verdict)), now)
    return table


def _shown(commands: Sequence[str]) -> str:
    """What was run for a claim, which its words may not tell; `--json` tells all of it."""
    if not commands:
        return ""
    told = cut_command(plain(commands[0]), _LONGEST_COMMAND)
    return f"\n$ {told}" + (f" (and {len(commands) - 1} more)" if len(commands) > 1 else "")
