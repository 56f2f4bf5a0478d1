"""`macrohard check`: is it so, what a text says?"""

from __future__ import annotations

import click

from macrohard.cli.options import JSON, OWN_HOST, Amount, spending_options

__all__ = ["check"]


@click.command()
@click.argument("text", required=False, metavar="[TEXT|FILE|URL|-]")
@click.option("--repo", metavar="DIR", help="The repository that the text is about.")
@click.option(
    "--sources",
    multiple=True,
    metavar="PATH|URL",
    help="A file, folder or web page to hold the text against; repeatable.",
)
@OWN_HOST
@click.option(
    "--model", metavar="NAME", help="Also let this model read what the tests leave open; it changes no verdict."
)
@spending_options
@click.option("--html", "page", metavar="OUT", help="Also write a page that shows the text and its sources.")
@click.option("--ledger", metavar="FILE|URL", help="Also keep the report in this ledger, for recheck.")
@click.option(
    "--environment",
    metavar="DIR",
    help="A virtual environment with what the repository needs [default: .venv or venv in it].",
)
@click.option(
    "--max-minutes", "minutes", type=Amount(), default=10.0, metavar="N", help="For one command [default: 10]."
)
@click.option("--hook", is_flag=True, help="Read the event of another agent's Stop hook on stdin, and tell that agent.")
@JSON
def check(
    text: str | None,
    repo: str | None,
    sources: tuple[str, ...],
    own_host: tuple[str, ...],
    model: str | None,
    tokens: int | None,
    usd: float | None,
    page: str | None,
    ledger: str | None,
    environment: str | None,
    minutes: float,
    hook: bool,
    as_json: bool,
) -> int:
    """Check what a text says: about a repository by running what decides it, or against sources by quoting them.

    TEXT is the text itself, a file, or - for stdin; with --repo by default the README of the repository. Tests,
    coverage, what commands print and how they end, transcripts, dependencies, files, start-up times: each is run in the
    sandbox, in a fresh copy. With --sources each sentence is held against text, Markdown, HTML, PDF, CSV, JSON and
    source code, from files, folders and web addresses (fetched once): numbers, dates, names, denials and words. A model
    that is named with --model says of what these leave open whether it reads it there, and where. Exit status 0 when
    all that could be decided is supported, 3 when something is not, 4 when nothing could be decided.
    """
    if hook:
        from macrohard.cli.hook import answer_hook

        _refuse_beside_hook(text, *sources, model, page, ledger)
        return answer_hook(repo, environment, 60 * minutes)
    from macrohard.cli.checking import about, against
    from macrohard.cli.ledgers import keep_report, open_ledger
    from macrohard.cli.output import print_json
    from macrohard.cli.pages import write_page

    _refuse_both(repo or environment, sources)
    _refuse(sources, model, page, _text_file(text, repo), ledger)
    kept = open_ledger(ledger) if ledger is not None else None
    if sources:
        words, report = against(text, sources, own_host, model, {"tokens": tokens, "usd": usd})
    else:
        words, report = about(text, repo, environment, 60 * minutes)
    if page is not None:
        from macrohard.answers.page import check_page

        write_page(page, check_page(words, report))
    if kept is not None:
        keep_report(report, kept, text)
    if as_json:
        print_json(report)
    else:
        from macrohard.cli.findings import show_check

        show_check(report)
    return report.exit_status


def _refuse(sources: tuple[str, ...], model: str | None, page: str | None, *files: str | None) -> None:
    """Raise UserError for what cannot be meant, before anything is done."""
    from macrohard.cli.pages import refuse_page
    from macrohard.errors import UserError

    if model is not None and not sources:
        raise UserError("A model reads sources: name them with --sources, or leave --model out.")
    if page is not None:
        refuse_page(page, sources, *files)


def _refuse_both(repository: str | None, sources: tuple[str, ...]) -> None:
    """Raise UserError for a text about a repository and about sources: each decides by another measure."""
    from macrohard.errors import UserError

    if repository is not None and sources:
        raise UserError(
            "A text is held against a repository or against sources: leave --repo and --environment out, or --sources."
        )


def _refuse_beside_hook(*others: str | None) -> None:
    from macrohard.errors import UserError

    if any(other is not None for other in others):
        raise UserError(
            "--hook checks the last message of an agent against a repository; leave out TEXT, --sources, --model, --html and "
            "--ledger, or --hook."
        )


def _text_file(text: str | None, repo: str | None) -> str | None:
    """The file that holds the text, where one does: the README of the repository by default."""
    from macrohard.cli.checking import readme_of
    from macrohard.cli.folders import folder

    if text is not None or not repo:
        return text
    path = readme_of(folder(repo, "The repository"))
    return str(path) if path else None
