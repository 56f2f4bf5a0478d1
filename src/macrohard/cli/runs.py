"""`macrohard runs`, `show`, `resume` and `cancel`: what was begun on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from macrohard.cli.options import JSON, limit_options

if TYPE_CHECKING:
    from macrohard.cli.screen import Screen
    from macrohard.company.report import Report

__all__ = ["cancel", "resume", "runs", "show"]


@click.command()
@JSON
def runs(as_json: bool) -> None:
    """List the runs of this machine, the latest first."""
    from macrohard.cli.output import print_json
    from macrohard.company.runs import list_runs

    found = list_runs()
    if as_json:
        from macrohard.cli.shapes import RunList

        print_json(RunList(runs=tuple(found)))
    elif not found:
        click.echo("There are no runs yet; 'macrohard build' starts one.")
    else:
        from macrohard.cli.lists import show_runs

        show_runs(found)


@click.command()
@click.argument("run")
@JSON
def show(run: str, as_json: bool) -> None:
    """Show one run: what was ordered, what happened, and its report."""
    from macrohard.cli.output import print_json
    from macrohard.company.runs import show_run

    details = show_run(run)
    if as_json:
        from macrohard.cli.shapes import RunShown

        print_json(RunShown(run=details))
    else:
        from macrohard.cli.lists import show_details

        show_details(details)


@click.command()
@click.argument("run")
@limit_options
@JSON
def resume(run: str, minutes: float | None, tokens: int | None, usd: float | None, as_json: bool) -> int:
    """Go on with a run that was stopped, where it was stopped.

    A limit given here replaces all limits of the run.
    """
    from macrohard import company
    from macrohard.cli.ordering import fetch_weights, finish
    from macrohard.cli.review import reviewer
    from macrohard.cli.stdin import is_asked
    from macrohard.company.order import Limit
    from macrohard.company.runs import show_run

    limit = Limit(minutes=minutes, tokens=tokens, usd=usd)

    def work(screen: Screen) -> Report:
        fetch_weights(show_run(run).model, screen)
        # Most runs want no review, so only one that does fails where nobody can be asked.
        review = reviewer(screen) if is_asked() else None
        return company.resume(run, screen, limit if limit != Limit() else None, review)

    return finish(work, as_json=as_json)


@click.command()
@click.argument("run")
@JSON
def cancel(run: str, as_json: bool) -> None:
    """End a run for good; a process that works on it stops before its next step."""
    from macrohard.cli.output import print_json
    from macrohard.company.runs import cancel_run

    cancel_run(run)
    if as_json:
        from macrohard.cli.shapes import Cancelled

        print_json(Cancelled(run_id=run))
    else:
        click.echo(f"Run {run} is cancelled.")
