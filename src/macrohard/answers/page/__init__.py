"""The report of a check as one page: the text on the left, what was seen on the right, nothing loaded from anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, Template

from macrohard.answers.report import CheckReport, Standing, Statement

__all__ = ["page"]

_SIGNS = {
    Standing.SUPPORTED: "✓",
    Standing.PARTLY: "~",
    Standing.CONTRADICTED: "✗",
    Standing.DISPUTED: "⇄",
    Standing.NOT_IN_SOURCES: "∅",
    Standing.OPINION: "☁",
    Standing.NOT_CHECKED: "?",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the text that look alike."""

    words: str
    number: int | None
    """Of the statement; None between statements."""
    verdict: Standing | None
    is_marked: bool = False
    """Whether these very words are not supported."""
    instead: str = ""
    is_first: bool = False


def page(text: str, report: CheckReport) -> str:
    """The page, in HTML. Whatever stands in the text or in a source is shown, never obeyed."""
    counts = [(verdict, sum(item.verdict is verdict for item in report.statements)) for verdict in Standing]
    return _template().render(
        report=report,
        pieces=list(_pieces(text, report)),
        counts=[(verdict, count) for verdict, count in counts if count],
        signs=_SIGNS,
        shown=[(number, item) for number, item in enumerate(report.statements, 1) if item.parts],
    )


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    source = (files(__name__) / "check.html.jinja").read_text(encoding="utf-8")
    environment.filters["slug"] = lambda verdict: verdict.value.replace(" ", "-")
    return environment.from_string(source)


def _pieces(text: str, report: CheckReport) -> Iterator[Piece]:
    """The whole text, cut where a statement or a marked word begins or ends."""
    at = 0
    for number, statement in enumerate(report.statements, 1):
        if statement.start > at:
            yield Piece(text[at : statement.start], None, None)
        yield from _inside(text, number, statement)
        at = statement.end
    if at < len(text):
        yield Piece(text[at:], None, None)


def _inside(text: str, number: int, statement: Statement) -> Iterator[Piece]:
    marks = sorted((mark for part in statement.parts for mark in part.unsupported), key=lambda mark: mark.start)
    at, first = statement.start, True
    for mark in marks:
        if mark.start < at or mark.end > statement.end:
            continue
        if mark.start > at:
            yield Piece(text[at : mark.start], number, statement.verdict, is_first=first)
            first = False
        yield Piece(text[mark.start : mark.end], number, statement.verdict, True, mark.instead, is_first=first)
        at, first = mark.end, False
    if at < statement.end:
        yield Piece(text[at : statement.end], number, statement.verdict, is_first=first)
