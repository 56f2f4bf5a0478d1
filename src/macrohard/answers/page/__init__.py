"""The report of a check, or an answer, as one page: the text on the left, what was seen on the right, nothing loaded from
anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from jinja2 import Environment, PackageLoader

from macrohard.answers.answer import AnswerReport
from macrohard.answers.report import CheckReport, Standing, Statement

__all__ = ["answer_page", "check_page"]

_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""All but tabs and line ends; and halves of characters, which no file in UTF-8 can hold."""
_LINE_END = re.compile(r"[ \t]*\n[ \t]*")
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


def check_page(text: str, report: CheckReport) -> str:
    """The page, in HTML. Whatever stands in the text or in a source is shown, never obeyed."""
    counts = [(verdict, sum(item.verdict is verdict for item in report.statements)) for verdict in Standing]
    return (
        _environment()
        .get_template("check.html.jinja")
        .render(
            report=report,
            pieces=list(_pieces(text, report)),
            counts=[(verdict, count) for verdict, count in counts if count],
            shown=[(number, item) for number, item in enumerate(report.statements, 1) if item.parts],
        )
    )


def answer_page(report: AnswerReport) -> str:
    """The page, in HTML. Whatever stands in the question or in a source is shown, never obeyed."""
    return _environment().get_template("answer.html.jinja").render(report=report)


@cache
def _environment() -> Environment:
    loader = PackageLoader("macrohard.answers", "page")
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.finalize = _shown
    environment.filters["slug"] = lambda verdict: verdict.value.replace(" ", "-")
    environment.globals["signs"] = _SIGNS
    return environment


def _shown(value: object) -> object:
    """Signs that turn the direction of what follows are shown by their numbers, so that no source rearranges the page, and controls
    as escapes, as on a terminal."""
    if not isinstance(value, str):
        return value
    plain = _CONTROLS.sub(lambda found: found.group().encode("unicode_escape").decode("ascii"), value)
    return _TURNS.sub(lambda found: f"⟨U+{ord(found.group()):04X}⟩", plain)


def _pieces(text: str, report: CheckReport) -> Iterator[Piece]:
    """The whole text, cut where a statement or a marked word begins or ends; sentences are not broken where its lines are."""
    at = 0
    for number, statement in enumerate(report.statements, 1):
        if statement.start > at:
            yield Piece(text[at : statement.start], None, None)
        is_prose = bool(report.sources) and statement.verdict is not Standing.NOT_CHECKED
        inside = _inside(text, number, statement)
        yield from map(_on_one_line, inside) if is_prose else inside
        at = statement.end
    if at < len(text):
        yield Piece(text[at:], None, None)


def _on_one_line(piece: Piece) -> Piece:
    """A sentence goes on where the line of its file ended."""
    return replace(piece, words=_LINE_END.sub(" ", piece.words))


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
