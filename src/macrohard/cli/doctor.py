"""`macrohard doctor`: what is really in force on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from macrohard.cli.options import JSON
from macrohard.cli.plain import plain

if TYPE_CHECKING:
    from macrohard.cli.health import Finding

__all__ = ["doctor"]

_MARKS = {"good": ("✓", "green"), "weak": ("!", "yellow"), "bad": ("✗", "red")}


@click.command()
@JSON
def doctor(as_json: bool) -> int:
    """Show what is in force on this machine: processors, storage, sandbox walls, model.

    The walls are tried with a few hostile programs. Exit status 0 when a program can be built here, else 2.
    """
    from macrohard.cli.health import examine
    from macrohard.cli.output import print_json

    health = examine(_silent if as_json else _show)
    if as_json:
        print_json(health)
    elif not health.able:
        click.echo("Something must be mended before a program can be built here.")
    return 0 if health.able else 2


def _show(finding: Finding) -> None:
    mark, colour = _MARKS[finding.state]
    click.echo(f"{click.style(mark, fg=colour)} {finding.area}: {plain(finding.subject)}: {plain(finding.found)}")


def _silent(finding: Finding) -> None:
    """Say nothing."""
