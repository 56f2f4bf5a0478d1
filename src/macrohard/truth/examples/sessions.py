"""Sessions of Python in a text: lines that begin with `>>>`, with what is shown below them."""

from __future__ import annotations

import ast
import doctest
import re
from collections.abc import Iterator

from macrohard.truth.examples.calls import find_calls
from macrohard.truth.examples.shapes import CallExample
from macrohard.truth.syntax import Unreadable, literal, parse

_RAISED = re.compile(r"(?:raises?\s+([A-Z]\w+)|([A-Z]\w*(?:Error|Exception)))\s*(?::.*)?")
_RUNNING = re.compile(r"[A-Z][\w']*,?(?:[ \t]+[\w'`-]+){2}")
"""How running text begins."""
_TRUE = {"", "True"}
_PLAIN = {"None", "True", "False"}
"""What `print` shows of values that are hardly ever meant as strings."""
_TEXT = re.compile(r"[A-Za-z](?:[^\n]*[^\s])?")
_SAYS_TEXT = re.compile(r"\b(?:str|strings?|texts?)\b", re.IGNORECASE)
_WRONG = re.compile(r"\b(?:currently|wrong\w*|bugs?|broken|should\s+say|expected|instead)\b", re.IGNORECASE)
_OBJECT = re.compile(
    r"\(|/|^b['\"]|\bor\b|\w\.\w|\.\.\.|…|<|#|  |^(?:nan|inf|infinity)$|^(?:prints?|returns?|shows?|raises?|gives?)\b|\w(?:Error|Exception)\b",
    re.IGNORECASE,
)
"""What may be shown of another object, left out, or said about it."""


def find_sessions(text: str) -> Iterator[CallExample]:
    """Each line that is a call, prints one, or compares one with a literal by `==`, with the value or the exception that is shown."""
    try:
        sessions = doctest.DocTestParser().get_examples(text)
    except ValueError:
        return
    is_text = bool(sessions) and _says_text(text)
    for session in sessions:
        printed = _printed(session.source)
        shown = _shown(session) if printed is None else _shown_by_print(session, is_text=is_text)
        for call in find_calls((printed or session.source.strip()) + shown) if shown is not None else ():
            yield call.model_copy(update={"quotation": _quoted(text, session)})


def _quoted(text: str, session: doctest.Example) -> str:
    """The lines themselves, without their indentation."""
    last = session.lineno + session.source.count("\n") + session.want.count("\n")
    lines = text.expandtabs().split("\n")[session.lineno : last]
    shown = "\n".join(line[session.indent :].rstrip() for line in lines).strip()
    return shown if session.want.strip() else f"{shown}\n"


def _says_text(text: str) -> bool:
    """Whether a text is spoken of, and nothing is said to be wrong: `print` shows other objects like texts."""
    return bool(_SAYS_TEXT.search(text)) and not _WRONG.search(text)


def _shown(session: doctest.Example) -> str | None:
    """What is shown below a line, in words; '' below one that says itself what it is equal to; None where no one can say."""
    call, compared = _form(session.source)
    want = session.want.strip()
    if not call:
        return None
    if session.exc_msg:
        return _raises(session.exc_msg)
    raised = _RAISED.fullmatch(want)
    if raised:
        return f" raises {raised[1] or raised[2]}"
    if compared:
        return "" if want in _TRUE else None
    value = _value(want)
    return None if value is None else f" == {value}"


def _shown_by_print(session: doctest.Example, *, is_text: bool) -> str | None:
    """What is shown below a line that prints a call, in words; `is_text` tells whether it may be a text."""
    if session.exc_msg:
        return _raises(session.exc_msg)
    value = _value_printed(session.want, is_text=is_text)
    return None if value is None else f" == {value}"


def _raises(message: str) -> str:
    return f" raises {message.split(':')[0].strip()}"


def _printed(source: str) -> str | None:
    """`f(3)` of `print(f(3))`; None for any other line."""
    try:
        body = parse(source).body
    except Unreadable:
        return None
    match body:
        case [ast.Expr(ast.Call(ast.Name("print"), [ast.Call(ast.Name(name)) as call], []))] if not name[0].isupper():
            return ast.get_source_segment(source, call)
    return None


def _value_printed(want: str, *, is_text: bool) -> str | None:
    """What `print` was given, from what it showed; None where that may be a number or an object that is shown like a text."""
    shown = want.strip("\n")
    if shown in _PLAIN:
        return shown
    return repr(shown) if is_text and _TEXT.fullmatch(shown) and not _OBJECT.search(shown) else None


def _form(source: str) -> tuple[bool, bool]:
    """Whether a line is a call of a function and nothing more, and whether it is compared with something."""
    try:
        body = parse(source).body
    except Unreadable:
        return False, False
    node = body[0] if len(body) == 1 else None
    value = node.test if isinstance(node, ast.Assert) else node.value if isinstance(node, ast.Expr) else None
    compared = isinstance(value, ast.Compare) and isinstance(value.ops[0], ast.Eq) and len(value.ops) == 1
    call = value.left if isinstance(value, ast.Compare) and compared else value
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name), compared


def _value(want: str) -> str | None:
    """A literal on one line or several, or on the first line where running text follows; None where more may be printed."""
    first, _, more = want.partition("\n")
    try:
        return repr(literal(want)) if more else first
    except Unreadable:
        return first if _RUNNING.match(more.strip()) else None
