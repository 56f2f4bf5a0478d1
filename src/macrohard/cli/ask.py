"""`macrohard ask`: what do these sources say to a question?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from macrohard.cli.options import JSON, MODEL, OWN_HOST, limit_options

if TYPE_CHECKING:
    from macrohard.answers import AnswerReport

__all__ = ["ask"]


@click.command()
@click.argument("question")
@click.option(
    "--sources",
    multiple=True,
    required=True,
    metavar="PATH|URL",
    help="A file, folder or web page that may answer; repeatable.",
)
@OWN_HOST
@click.option("--html", "page", metavar="OUT", help="Also write a page that shows the answer and its proof.")
@MODEL
@limit_options
@JSON
def ask(
    question: str,
    sources: tuple[str, ...],
    own_host: tuple[str, ...],
    page: str | None,
    model: str,
    as_json: bool,
    **limits: Any,
) -> int:
    """Answer a question with sentences of your sources, word for word, or say that they do not answer it.

    A model reads the passages that may answer and picks sentences; none of its own words is shown. Each sentence tells
    where it stands and how likely it answers, and is disputed where another source says otherwise. What in the question
    only leans on the one who answers (praise, scorn, a premise, "are you sure?") is taken away first. Exit status 0 for
    an answer, 3 for one that the sources dispute, 4 where they do not say.
    """
    from macrohard.cli.output import print_json
    from macrohard.cli.pages import refuse_page, write_page

    if page is not None:
        refuse_page(page, sources)
    report = _asked(question, sources, own_host, model, limits)
    if page is not None:
        from macrohard.answers.page import answer_page

        write_page(page, answer_page(report))
    if as_json:
        print_json(report)
    else:
        from macrohard.cli.answers import show_answer

        show_answer(report)
    return report.exit_status


def _asked(
    question: str, sources: tuple[str, ...], own_hosts: tuple[str, ...], name: str, limits: dict[str, Any]
) -> AnswerReport:
    """The answer, with progress on stderr while it is sought."""
    from macrohard import answers
    from macrohard.cli.checking import listening
    from macrohard.cli.reading import reader

    answers.refuse_question(question)
    answers.refuse_sources(sources)
    model = reader(name, "ask", limits)  # which fetches a gigabyte where it is the first time
    with listening("reader") as listen:
        return answers.ask(question, sources, model, listen, web=answers.Web(frozenset(own_hosts)))
