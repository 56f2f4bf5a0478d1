"""Inputs and outputs without a call: "Input: nums = [2, 7], target = 9" above "Output: [0, 1]", or "for n = 3 the result is 6"."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from macrohard.truth.examples.behind import ARROW
from macrohard.truth.examples.calls import result_at, value_of
from macrohard.truth.examples.shapes import CallExample
from macrohard.truth.syntax import Unreadable, expression, is_elided, literal, unparse

_LONGEST = 400
"""Characters between the beginning of an input and that of its output."""
_MOST_OUTCOMES = 8
"""Looked at for one beginning: words such as "is" also stand inside a literal."""
_START = re.compile(
    r"(?im)^[ \t>*-]*(?:sample[ \t]+)?inputs?[ \t]*(?::|=>|->|=)(?=\s)|\b(?:for|if|when|given)\b(?=\s)"
    r"|\b(?:examples?|e\.g\.)[ \t]*[:,]|^(?=[ \t]*\S)"
)
"""Where an input may begin; a bare line only below a heading."""
_OUTCOME = re.compile(
    rf"(?i)[`\s,;.]*(?:(?:{ARROW})|(?:sample\s+|expected\s+)?(?:outputs?|results?|returns?)\s*(?::|=|{ARROW})"
    r"|(?P<subject>(?:(?:the|its|your|this)\s+)?(?:function|output|result|answer|return(?:ed)?\s+value|it)\s+)?"
    r"(?:(?:should|must|will|would|shall)\s+)?(?:return|(?P<third>returns|be|is|equals?|gives?))(?:\s+equal\s+to|:)?(?=\s))\s*`?"
)
"""Between an input and its output. In "if 'quiet' is True" the literal itself is what is spoken of, hence `third`."""
_ENDED = re.compile(r"""[ \t]*(?:$|[\n.,;)\]#`"']|(?:because|since|as|and|but|while|for)\b|\(|//)""")
"""Behind an output: the words go no further than its value."""
_HEADING = re.compile(
    r"(?i)^[ \t]*(?:for[ \t]+)?(?:some[ \t]+)?(?:examples?|e\.g\.|samples?|test[ \t]*cases?)\b[^\n]{0,30}$"
)
_AND = re.compile(r"\s*(?:,\s*and\b|,|;|\band\b|\n)\s*")


@dataclass(frozen=True, slots=True)
class Signature:
    """How a function is called."""

    name: str
    parameters: Sequence[str]
    """Those that can be given by position, in order."""
    required: int
    """How many of them have no default."""


def find_pairs(text: str, function: Signature) -> tuple[CallExample, ...]:
    """Each input with its output that makes a whole call of this function.

    An input is literals in the order of the parameters, or `name = literal` for each that is required; what does not fit
    the parameters is no example. A bare line such as `[3, 1] -> 3` counts only below a heading such as "Examples:", since
    texts show other mappings in the same way.
    """
    found: dict[str, CallExample] = {}
    for start, end in _beginnings(text):
        pair = _pair(text, start, min(end, start + _LONGEST), function)
        if pair is not None:
            found.setdefault(pair.expression, pair)
    return tuple(found.values())


def _pair(text: str, start: int, end: int, function: Signature) -> CallExample | None:
    """The input that begins here, with its output: the first words that part a whole input from the rest decide."""
    for outcome in islice(_OUTCOME.finditer(text, start, end), _MOST_OUTCOMES):
        call = _call(text[start : outcome.start()], function)
        if call is not None:
            result = _result(text, outcome)
            if result is None:
                return None
            quotation = text[start : outcome.end() + len(result)].strip()
            return CallExample(function=function.name, expression=call, result=value_of(result), quotation=quotation)
    return None


def _beginnings(text: str) -> Iterator[tuple[int, int]]:
    """Where inputs may begin, and how far their outputs may stand."""
    listed = _listed(text)
    for match in _START.finditer(text):
        bare = match.end() == match.start() or not match.group().strip()
        line = text.find("\n", match.end())
        if not bare:
            yield match.end(), len(text)
        elif match.start() in listed:
            yield match.start(), line if line >= 0 else len(text)


def _listed(text: str) -> set[int]:
    """The beginnings of the lines below a heading."""
    found, at, below = set(), 0, False
    for line in text.split("\n"):
        if _HEADING.match(line):
            below = True
        elif below and line.strip():
            found.add(at)
        at += len(line) + 1
    return found


def _result(text: str, outcome: re.Match[str]) -> str | None:
    """The literal behind an outcome, with which the words end."""
    if outcome["third"] and not outcome["subject"]:
        return None
    result = result_at(text, outcome.end())
    return result if result is not None and _ENDED.match(text, outcome.end() + len(result)) else None


def _call(given: str, function: Signature) -> str | None:
    """The call with this input; None where it is no input of this function."""
    names = "|".join(map(re.escape, function.parameters))
    text = given.strip(" \t\n`.,;:")
    if names:
        text = re.sub(rf"`?\b({names})\b`?\s*(?:==|=|:|\bis\b)\s*", r"\1=", text)
    for written in (text, _AND.sub(", ", text)):
        try:
            call = expression(f"{function.name}({written})")
            if isinstance(call, ast.Call) and _fits(call, function) and not is_elided(call):
                return unparse(_in_order(call, function))
        except Unreadable:
            continue
    return None


def _fits(call: ast.Call, function: Signature) -> bool:
    """Whether each required parameter has one literal; raises Unreadable where something is no literal."""
    for value in [*call.args, *(keyword.value for keyword in call.keywords)]:
        literal(value)
    given = [*function.parameters[: len(call.args)], *(keyword.arg for keyword in call.keywords)]
    every = len(call.args) <= len(function.parameters) and len(set(given)) == len(given)
    required, known = set(function.parameters[: function.required]), set(function.parameters)
    return bool(given) and every and required <= set(given) <= known


def _in_order(call: ast.Call, function: Signature) -> ast.Call:
    """The same call with as many values as can be by position."""
    named = {keyword.arg: keyword for keyword in call.keywords}
    values = list(call.args)
    while len(values) < len(function.parameters) and function.parameters[len(values)] in named:
        values.append(named.pop(function.parameters[len(values)]).value)
    return ast.Call(call.func, values, list(named.values()))
