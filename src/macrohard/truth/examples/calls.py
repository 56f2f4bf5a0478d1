"""Calls in running text: slugify("Hello, World!") returns "hello-world"."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from macrohard.truth.examples.behind import ARROW, ARROWED, GOES_BEYOND, GOES_ON, raised_at
from macrohard.truth.examples.shapes import CallExample
from macrohard.truth.syntax import Unreadable, expression, is_elided, is_literal, literal

_LONGEST = 400
"""Characters of a call or of its result; every prefix may have to be read."""
_NEAR = 40
"""Characters before a call in which an operator or the name of its module stands."""
_CALL_START = re.compile(r"\b([A-Za-z_]\w*)\(")
_RETURNS = re.compile(
    r"[`'\"]?\s*(?:[#,]\s*|//\s*)?(?:(?:should|must|will|would|shall)\s+)?"
    rf"(?:{ARROW}|={{1,3}}(?!=)"
    r"|(?:returns?|gives?|yields?|equals?|outputs?|produces?|is|be|evaluates\s+to|results\s+in)(?:\s+equal\s+to|:)?(?!\w)"
    r"(?:\s+the\s+(?:value|(?:string|text|word)(?=\s+`?[bru]{0,2}['\"])|(?:number|integer|float)(?=\s+`?-?\.?\d)"
    r"|list(?=\s+`?\[)|tuple(?=\s+`?\()|(?:set|dict|dictionary)(?=\s+`?\{))\b)?)"
    r"\s*[`]?",
    re.IGNORECASE,
)
"""Verbs and arrows, also in a comment behind the call, and of which kind the value is."""
_COMMENT = re.compile(r"[ \t]*(?:#|//)[ \t]*")
_LITERAL = re.compile(r"[-+.\d'\"\[({]|[bru]{1,2}['\"]|(?:none|true|false)\b", re.IGNORECASE)
"""How a literal begins; whatever begins otherwise need not be tried."""
_STRING = (
    r"""(?i:[bru]|br|rb)?(?:'''(?:[^\\]|\\.)*?'''|\"{3}(?:[^\\]|\\.)*?\"{3}|'(?:[^'\\]|\\.)*+'|"(?:[^"\\]|\\.)*+")"""
)
_LITERAL_LIKE = re.compile(
    rf"(?:{_STRING}|[\d.][\w.]*|[\[\](){{}},:;+\-\s]|None|True|False|true|false|set|#.*)*+", re.DOTALL
)
"""As far as a literal can go: no prefix that is longer need be read."""
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
"""A number as people group its digits, which Python would read as a tuple."""
_WORDS = {"true": "True", "false": "False"}
_BOUND = re.compile(
    r"[\w)\]]\.$|!$|(?:[+/%^<&|~@\\*]|==|!=|<=|>=|(?<![-=])>|(?<=[\w)\]])[ \t]*-|\bnot)[ \t]*$|(?<!-)-$"
)
"""Before a call: an operator or a dot."""
_ARROWED = re.compile(ARROWED)
_LED = re.compile(r"[ \t]*(?:(?:>>>|\.\.\.)[ \t]?|[-*+|>][ \t]+)[ \t]*")
_COMPLAINT = re.compile(
    r"\b(?:currently|wrongly|wrong|incorrectly|mistakenly|erroneously|actually|at the moment|right now|bug)\b",
    re.IGNORECASE,
)


def find_calls(request: str, *, complaints: bool = False) -> tuple[CallExample, ...]:
    """Each call with literal arguments that is followed at once by a literal result or a named exception.

    With `complaints` also where the sentence says that this is so and wrong.
    """
    return tuple(_calls(request, complaints=complaints))


def _calls(request: str, *, complaints: bool) -> Iterator[CallExample]:
    for match in _CALL_START.finditer(request):
        end = _call_end(request, match.start()) if _stands_alone(request, match.start()) else None
        if end is None or not complaints and _is_complained_of(request, match.start()):
            continue
        called = request[match.start() : end]
        raises = raised_at(request, end)
        if raises:
            quotation = request[match.start() : raises.end()]
            yield CallExample(function=match.group(1), expression=called, raises=raises["name"], quotation=quotation)
            continue
        returns = _RETURNS.match(request, end)
        result = result_at(request, returns.end()) if returns else None
        if result is None:  # f(3)  # 9
            returns = _COMMENT.match(request, end) if _starts_line(request, match.start()) else None
            result = result_at(request, returns.end(), whole=True) if returns else None
        if result is not None and returns and not GOES_BEYOND.match(request, returns.end() + len(result)):
            result = _compared(result) if "==" in returns.group() else result
            quotation = request[match.start() : returns.end() + len(result)]
            yield CallExample(function=match.group(1), expression=called, result=value_of(result), quotation=quotation)


def _starts_line(text: str, start: int) -> bool:
    return not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t>*-`")


def _stands_alone(text: str, start: int) -> bool:
    """Whether nothing before the call takes its result up."""
    line = text.rfind("\n", max(0, start - _LONGEST), start) + 1
    before = text[max(line, start - _LONGEST) : start]
    led = _LED.fullmatch(before)
    bound = None if led else _BOUND.search(before[-_NEAR:])
    return bound is None or _is_package(text, before) or _is_joined(text, start, before)


def _is_joined(text: str, start: int, before: str) -> bool:
    """Whether the slash before the call stands between two examples with an arrow each."""
    earlier = before.rstrip(" \t`'\"").split("/")
    joined = len(earlier) > 1 and not earlier[-1] and _ARROWED.search(earlier[-2]) is not None
    return joined and _ARROWED.match(text, start) is not None


def _is_package(text: str, before: str) -> bool:
    """Whether what stands before the dot is the library that the text speaks of."""
    owner = re.search(r"(?<![\w.])(\w+)\.$", before[-_NEAR:])
    named = rf"\b(?:called|named|library|package|module)\s+[`'\"]?{owner[1]}\b" if owner else ""
    return bool(named) and re.search(named, text) is not None


def _is_complained_of(text: str, start: int) -> bool:
    """Whether the sentence says before the call that it does wrong."""
    sentence = re.split(r"[.;!?]\s|\n\s*\n", text[max(0, start - _LONGEST) : start])[-1]
    return bool(_COMPLAINT.search(sentence))


def _call_end(text: str, start: int) -> int | None:
    """The end of the call that starts here; None when its arguments are not all literals."""
    for end in _closing(text, start, ")"):
        try:
            call = expression(text[start:end])
        except Unreadable:
            continue
        if not isinstance(call, ast.Call):
            return None
        values = [*call.args, *(keyword.value for keyword in call.keywords)]
        return end if all(is_literal(value) and not is_elided(value) for value in values) else None
    return None


def _closing(text: str, start: int, bracket: str) -> Iterator[int]:
    limit = min(len(text), start + _LONGEST)
    return (index + 1 for index in range(start, limit) if text[index] == bracket)


def result_at(text: str, start: int, *, whole: bool = False) -> str | None:
    """The longest Python literal that starts here, up to the end of its line, or `true` or `false`; None where it goes on
    as an expression, where no one could say which number it is, or with `whole` where anything follows in the line."""
    line = text[start : start + _LONGEST].split("\n")[0]
    reach = _LITERAL_LIKE.match(line)
    if reach is None or not _LITERAL.match(line):
        return None
    for end in range(reach.end(), 0, -1):
        candidate = line[:end].rstrip(" .,;:`")
        try:
            tree = expression(value_of(candidate))
            literal(tree)
        except Unreadable:
            continue
        after = line[len(candidate) :]
        bad = (
            is_elided(tree)
            or GOES_ON.match(after)
            or _GROUPED.fullmatch(candidate)
            or (whole and after.strip(" .,;:`"))
        )
        return None if bad else candidate
    return None


def _compared(result: str) -> str:
    """What `==` compares with: in `assert f(1) == 2, "message"` not the message."""
    value = expression(value_of(result))
    if isinstance(value, ast.Tuple) and not result.startswith("("):
        return ast.get_source_segment(result, value.elts[0]) or result
    return result


def value_of(result: str) -> str:
    """As Python writes it: some people write `true`."""
    return _WORDS.get(result, result)
