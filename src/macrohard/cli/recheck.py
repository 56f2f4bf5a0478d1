"""`macrohard recheck`: does a check still hold, now that its sources have changed?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from macrohard.cli.options import JSON, OWN_HOST

if TYPE_CHECKING:
    from macrohard.answers import KeptReport, RecheckReport

__all__ = ["recheck"]

_SQLITE = b"SQLite format 3\0"
"""How a ledger in a file begins."""


@click.command()
@click.argument("report", metavar="REPORT|LEDGER")
@click.option(
    "--sources",
    multiple=True,
    metavar="PATH|URL",
    help="Where the sources are now, if not where they were; repeatable.",
)
@OWN_HOST
@click.option("--repo", metavar="DIR", help="Where the repository is now, if not where it was.")
@click.option("--environment", metavar="DIR", help="Its virtual environment, if not the one that was used.")
@JSON
def recheck(
    report: str,
    sources: tuple[str, ...],
    own_host: tuple[str, ...],
    repo: str | None,
    environment: str | None,
    as_json: bool,
) -> int:
    """Check a text again after its sources or its repository have changed.

    REPORT is what `macrohard check --json` printed; LEDGER is a ledger in which `macrohard check --ledger` kept reports,
    of which the newest of each text is looked at. Each statement is the same, drifted (its quotation stands elsewhere
    now), gone (the verdict is the same by other words) or changed. Web addresses are fetched again. Exit status 0 when
    every statement is the same or drifted, 3 when one is not, 4 when there was none.
    """
    from macrohard.answers import Web
    from macrohard.cli.folders import folder
    from macrohard.cli.output import print_json

    found = _found(
        report,
        paths=sources,
        web=Web(frozenset(own_host)),
        repository=folder(repo, "The repository") if repo is not None else None,
        environment=folder(environment, "The environment") if environment is not None else None,
    )
    if as_json:
        print_json(found)
    else:
        from macrohard.cli.findings import show_kept, show_recheck

        show_recheck(found) if found.schema_version == "macrohard/recheck/v1" else show_kept(found)
    return found.exit_status


def _found(place: str, **now: Any) -> RecheckReport | KeptReport:
    """What came of it, of one report or of all in a ledger; `now` says where things are."""
    from macrohard import answers
    from macrohard.cli.checking import listening
    from macrohard.cli.ledgers import open_ledger
    from macrohard.errors import UserError

    content = b"" if "://" in place else _read(place)
    if "://" in place or content.startswith(_SQLITE):
        ledger = open_ledger(place)
        with listening() as listen:
            return answers.recheck_ledger(ledger, progress=listen, **now)
    try:
        then = answers.read_report(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UserError(f"{place} is no report of macrohard check: make one with --json.") from error
    with listening() as listen:
        return answers.recheck(then, progress=listen, **now)


def _read(place: str) -> bytes:
    from pathlib import Path

    from macrohard.errors import UserError

    try:
        return Path(place).read_bytes()
    except OSError as error:
        raise UserError(
            f"{place} cannot be read ({error.strerror}); give a file that macrohard check --json printed, or a ledger."
        ) from error
