"""Calls in running text: slugify("Hello, World!") returns "hello-world"."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from macrohard.truth.examples.shapes import CallExample
from macrohard.truth.syntax import Unreadable, literal, parse

_LONGEST = 400
"""Characters of a call or of its result; every prefix may have to be read."""
_CALL_START = re.compile(r"\b([A-Za-z_]\w*)\(")
_RETURNS = re.compile(r"[`'\"]?\s*(?:should\s+|must\s+|will\s+)?(?:returns?|gives?|is|equals?|==|->|=>|→)\s*[`]?")
_RAISES = re.compile(r"[`'\"]?\s*(?:should\s+|must\s+|will\s+)?raises?\s+(?:an?\s+)?[`]?([A-Z]\w+)")


def find_calls(request: str) -> tuple[CallExample, ...]:
    """Each call with literal arguments that is followed at once by a literal result or a named exception."""
    return tuple(_calls(request))


def _calls(request: str) -> Iterator[CallExample]:
    for match in _CALL_START.finditer(request):
        end = _call_end(request, match.start())
        if end is None:
            continue
        expression = request[match.start() : end]
        raises = _RAISES.match(request, end)
        if raises and raises.group(1).isidentifier() and raises.group(1).isascii():
            quotation = request[match.start() : raises.end()]
            yield CallExample(
                function=match.group(1), expression=expression, raises=raises.group(1), quotation=quotation
            )
            continue
        returns = _RETURNS.match(request, end)
        result = _literal(request, returns.end()) if returns else None
        if result is not None and returns:
            quotation = request[match.start() : returns.end() + len(result)]
            yield CallExample(function=match.group(1), expression=expression, result=result, quotation=quotation)


def _call_end(text: str, start: int) -> int | None:
    """The end of the call that starts here; None when its arguments are not all literals."""
    for end in _closing(text, start, ")"):
        try:
            (statement,) = parse(text[start:end]).body
        except ValueError:
            continue
        call = statement.value if isinstance(statement, ast.Expr) else None
        if not isinstance(call, ast.Call):
            return None
        values = [*call.args, *(keyword.value for keyword in call.keywords)]
        return end if all(_is_literal(value) for value in values) else None
    return None


def _closing(text: str, start: int, bracket: str) -> Iterator[int]:
    limit = min(len(text), start + _LONGEST)
    return (index + 1 for index in range(start, limit) if text[index] == bracket)


def _literal(text: str, start: int) -> str | None:
    """The longest Python literal that starts here, up to the end of its line."""
    line = text[start : start + _LONGEST].split("\n")[0]
    for end in range(len(line), 0, -1):
        candidate = line[:end].rstrip(" .,;:`")
        try:
            literal(candidate)
        except Unreadable:
            continue
        return candidate
    return None


def _is_literal(node: ast.expr) -> bool:
    try:
        literal(node)
    except Unreadable:
        return False
    return True
