"""`macrohard check`: is it so, what a text says?"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from macrohard.cli.options import JSON, OWN_HOST, Amount, spending_options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from macrohard.answers import CheckReport
    from macrohard.company.progress import Department
    from macrohard.models import Model
    from macrohard.truth import Ledger

__all__ = ["check", "checked", "listening", "open_ledger"]

_READMES = ("README.md", "README.rst", "README.txt", "README")


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

        return answer_hook(repo, environment, 60 * minutes)
    from macrohard.cli.output import print_json
    from macrohard.cli.pages import page_path, write_page

    if page is not None:
        page_path(page)
    kept = open_ledger(ledger) if ledger is not None else None
    reader = _reader(model, sources, tokens=tokens, usd=usd)
    if sources:
        words, report = _against(text, sources, own_host, reader)
    else:
        words, report = _about(text, repo, environment, 60 * minutes)
    if page is not None:
        from macrohard.answers.page import check_page

        write_page(page, check_page(words, report))
    if kept is not None:
        _keep(report, kept, text)
    if as_json:
        print_json(report)
    else:
        from macrohard.cli.findings import show_check

        show_check(report)
    return report.exit_status


def open_ledger(place: str) -> Ledger:
    """The ledger at a path or a URL, made if it is not there. Raises UserError when it cannot be used."""
    from pathlib import Path

    from macrohard.truth import Ledger

    return Ledger.open(place if "://" in place else Path(place).expanduser().absolute())


def _keep(report: CheckReport, ledger: Ledger, text: str | None) -> None:
    """Keep the report under the file or address that was checked."""
    from pathlib import Path

    from macrohard import answers

    is_place = text is not None and (answers.is_address(text) or Path(text).is_file())
    place = report.repository if text is None else text if is_place else None
    answers.keep(report, ledger, place)


def _about(text: str | None, repo: str | None, environment: str | None, seconds: float) -> tuple[str, CheckReport]:
    """The text and what running says of it."""
    root = _repository(repo)
    words = _text(text, root)
    return words, checked(words, root, environment, seconds)


def _reader(name: str | None, sources: tuple[str, ...], **limits: Any) -> Model | None:
    """The model that reads sources, where one is named."""
    from macrohard.cli.reading import reader
    from macrohard.errors import UserError

    if name is None:
        return None
    if not sources:
        raise UserError("A model reads sources: name them with --sources, or leave --model out.")
    return reader(name, "check", limits)


def _against(
    text: str | None, sources: tuple[str, ...], own_hosts: tuple[str, ...], reader: Model | None
) -> tuple[str, CheckReport]:
    """The text and what the sources say of it."""
    from macrohard import answers
    from macrohard.cli.words import read_text
    from macrohard.errors import UserError

    if text is None:
        raise UserError("Give the text that shall be held against the sources, or a file that holds it.")
    web = answers.Web(frozenset(own_hosts))
    words = answers.text_at(text, web) if answers.is_address(text) else read_text(text)
    with listening() as listen:
        return words, answers.check_sources(words, sources, listen, web=web, model=reader)


@contextmanager
def listening(who: Department = "checker") -> Iterator[Callable[[str, int, int], None]]:
    """Shows on stderr what is being checked."""
    from macrohard.cli.plain import plain
    from macrohard.cli.screen import watch
    from macrohard.company.progress import Event

    with watch() as screen:

        def listen(words: str, done: int, total: int) -> None:
            screen(Event(who, plain(" ".join(words.split()))[:200], done, total))

        yield listen


def checked(text: str, root: Path, environment: str | None, seconds: float) -> CheckReport:
    """The report, with progress on stderr while it is made."""
    from pathlib import Path

    from macrohard import answers

    folder = Path(environment).expanduser().absolute() if environment else None
    with listening() as listen:
        return answers.check_repository(text, root, folder, seconds=seconds, progress=listen)


def _repository(repo: str | None) -> Path:
    from pathlib import Path

    from macrohard.errors import UserError

    if repo is None:
        raise UserError(
            "It is not said what the text is held against; name a repository with --repo DIR or sources with --sources PATH."
        )
    return Path(repo).expanduser().absolute()


def _text(text: str | None, root: Path) -> str:
    from macrohard.cli.words import read_file, read_text
    from macrohard.errors import UserError

    if text is not None:
        return read_text(text)
    readme = next((root / name for name in _READMES if (root / name).is_file()), None)
    if readme is None:
        raise UserError(f"{root} has no README; give the text that shall be checked.")
    return read_file(readme)
