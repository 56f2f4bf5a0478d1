"""`macrohard recheck`: does a check still hold, now that its sources have changed?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from macrohard.cli.options import JSON, OWN_HOST

if TYPE_CHECKING:
    from macrohard.answers import CheckReport

__all__ = ["recheck"]


@click.command()
@click.argument("report", metavar="REPORT")
@click.option(
    "--sources",
    multiple=True,
    metavar="PATH|URL",
    help="Where the sources are now, if not where they were; repeatable.",
)
@OWN_HOST
@JSON
def recheck(report: str, sources: tuple[str, ...], own_host: tuple[str, ...], as_json: bool) -> int:
    """Check a text again after its sources or its repository have changed.

    REPORT is what `macrohard check --json` printed. Each statement is the same, drifted (its quotation stands elsewhere
    now), gone (the verdict is the same by other words) or changed. Web addresses are fetched again. Exit status 0 when
    every statement is the same or drifted, 3 when one is not, 4 when there was none.
    """
    from macrohard import answers
    from macrohard.cli.check import listening
    from macrohard.cli.output import print_json

    then = _read(report)
    with listening() as listen:
        found = answers.recheck(then, sources, listen, web=answers.Web(frozenset(own_host)))
    if as_json:
        print_json(found)
    else:
        from macrohard.cli.findings import show_recheck

        show_recheck(found)
    return found.exit_status


def _read(place: str) -> CheckReport:
    from pathlib import Path

    from macrohard import answers
    from macrohard.errors import UserError

    try:
        return answers.read_report(Path(place).read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(
            f"{place} cannot be read ({error.strerror}); give a file that macrohard check --json printed."
        ) from error
    except (ValueError, RecursionError) as error:
        raise UserError(f"{place} is no report of macrohard check: make one with --json.") from error
