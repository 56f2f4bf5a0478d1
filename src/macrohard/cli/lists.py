"""Shows runs to a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from macrohard.cli.final import show_report
from macrohard.cli.plain import plain
from macrohard.company.runs import RunDetails, RunSummary

__all__ = ["show_details", "show_runs"]


def show_runs(runs: Sequence[RunSummary]) -> None:
    """Print one row for each run."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("Run", "Begun", "State"):
        table.add_column(heading, no_wrap=True)
    table.add_column("Request", ratio=1, no_wrap=True, overflow="ellipsis")
    for run in runs:
        state = run.outcome.value if run.outcome else run.state.value
        request = run.error if run.task == "" else run.request
        table.add_row(run.run_id, _time(run.created), state, Text(plain(" ".join(request.split()))))
    Console(highlight=False).print(table)


def show_details(details: RunDetails) -> None:
    """Print what was ordered, what happened, and the report or what to do next."""
    console = Console(highlight=False)
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
    if details.state.resumable:
        console.print(Text(f"Go on with: macrohard resume {details.run_id}"))


def _time(moment: datetime | None) -> str:
    """The time on the user's clock."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S") if moment else ""
