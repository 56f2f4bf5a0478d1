"""Shows models to a person."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from macrohard.cli import terminal
from macrohard.cli.plain import plain
from macrohard.models import Checkup, Entry

__all__ = ["show_check", "show_models"]


def show_models(entries: Sequence[Entry]) -> None:
    """Print one row for each kind of model."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Name", no_wrap=True, min_width=max(len(entry.name) for entry in entries))
    table.add_column("Ready", no_wrap=True)
    table.add_column("What it is", ratio=1, overflow="fold")
    for entry in entries:
        ready = Text("yes", style="green") if entry.ready else Text(f"no: {plain(entry.needs)}", style="yellow")
        table.add_row(Text(plain(entry.name)), ready, Text(plain(entry.description)))
    terminal.console(terminal.LISTS).print(table)


def show_check(check: Checkup) -> None:
    """Print what answered, or what to do."""
    console = terminal.console()
    if not check.able:
        console.print(Text(f"{plain(check.name)} does not answer: {plain(check.problem)}", style="red"), soft_wrap=True)
        return
    console.print(Text(f"{plain(check.name)} answers: {plain(check.reply)!r} after {check.seconds:.1f} s"))
    console.print(Text(f"Digest: {plain(check.digest)}"), soft_wrap=True)
    if check.machine:
        kernels = ", ".join(check.machine.kernels) or "no fast instructions"
        console.print(Text(f"Engine: {check.machine.engine} with {kernels}"))
        console.print(Text(f"Weights: {check.machine.weights_path}"), soft_wrap=True)
