"""Cases: what the tester replied, read into examples. What cannot be read, or called in the program, is no case."""

from __future__ import annotations

import json
import re
from typing import Any

from macrohard.company.brief import Brief
from macrohard.company.fitting import misfits
from macrohard.company.order import Kind
from macrohard.company.placing import adds_again, reads_shown
from macrohard.company.request.refusals import named_exceptions
from macrohard.truth.examples import CallExample, CommandExample, Example, Line, find_calls
from macrohard.truth.examples.shell import read_command
from macrohard.truth.syntax import Unreadable, literal

MOST_CASES = 3
"""Of one reply, as they are asked for; not every mind obeys."""

_OF_CALLING = re.compile(
    r"\b(?:arguments?|options?|flags?|usage|commands?|parameters?|signature|TypeError|too\s+(?:few|many)|missing|without|no\s+\w+)\b",
    re.IGNORECASE,
)
"""An error of how something is called: any other must be shown by what can be called."""
OF_FILES = re.compile(
    r"\b(?:files?\b.{0,40}\b(?:exist|found|there|missing|read|open)|(?:missing|unreadable|no\s+such|nonexist\w+)\s+(?:\w+\s+)?files?|cannot\s+be\s+(?:read|opened))",
    re.IGNORECASE,
)
_SPEAKS_OF_ERROR = re.compile(r"\W*(?:an? )?(?:error|exit|invalid)\b", re.IGNORECASE)
"""Printed by no ordinary case: errors are asked for by themselves, and have no text to compare."""


def read_cases(
    text: str,
    brief: Brief,
    files: dict[str, str],
    *,
    statement: str | None,
    error: bool,
    status: int | None = None,
    unchanged: bool = False,
) -> list[Example]:
    """The cases of a reply that can be called in the program of the brief.

    `statement` is the clause of the request that they were written for, if any; with `error` each must end in an
    error, with this exit status where the clause names one, with an exception that it names, and, where it is
    `unchanged`, without changing a file.
    """
    try:
        cases = json.loads(text)["cases"][:MOST_CASES]
        ends = (status or brief.error_status) if error else None
        read = [_case(case, brief, files, statement or "", ends, unchanged=unchanged) for case in cases]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return []
    return [example for example in read if example is not None and _can_be_called(brief, example, statement or "")]


def _can_be_called(brief: Brief, example: Example, statement: str) -> bool:
    """Whether the example can be called in the program, on files that are shown; one that shows an error too, unless the statement
    speaks of just that: anything is an error where an argument is missing, or a file."""
    if isinstance(example, CallExample):
        called = example if _OF_CALLING.search(statement) else example.model_copy(update={"raises": None})
        return not misfits(brief, [called])
    *before, last = example.lines
    ended = last if last.exit_status and _OF_CALLING.search(statement) else last.model_copy(update={"exit_status": 0})
    known = [*before, *([] if last.exit_status and OF_FILES.search(statement) else [last])]
    fits = not misfits(brief, [example.model_copy(update={"lines": (*before, ended)})])
    return fits and all(reads_shown(brief, line, example.files) for line in known)


def _case(
    case: dict[str, Any], brief: Brief, files: dict[str, str], quotation: str, status: int | None, *, unchanged: bool
) -> Example | None:
    """One case, which ends in an error with this status where there is one."""
    _require_text(case)
    if brief.kind is Kind.LIBRARY:
        told = named_exceptions(quotation)
        if status and told and case["raises"] not in told:
            return None
        outcome = f"raises {case['raises']}" if status else f"returns {_literal(case, brief)}"
        call = str(case["call"]).strip().removeprefix(f"{brief.package}.")
        calls = find_calls(f"{call} {outcome}")
        return calls[0].model_copy(update={"quotation": quotation}) if len(calls) == 1 else None
    lines = [_line(text, brief) for text in (*case.get("before", ()), case["command"])]
    if any(line is None for line in lines):
        return None
    *before, last = [line for line in lines if line is not None]
    if status and brief.state_file and not before and adds_again(last, quotation):
        before = [last]
    before = [line.model_copy(update={"prepares": True}) for line in before]
    last = last.model_copy(update={"stdin": case.get("stdin") or last.stdin})
    if status:
        last = last.model_copy(update={"exit_status": status, "error": True, "unchanged": unchanged})
    elif _SPEAKS_OF_ERROR.match(case["prints"]):
        return None
    else:
        last = last.model_copy(update={"stdout": case["prints"]})
    return CommandExample(lines=(*before, last), files=files, quotation=quotation)


def _literal(case: dict[str, Any], brief: Brief) -> str:
    """What a case returns, quoted where the function returns text and the model left the quotes out."""
    name = str(case["call"]).partition("(")[0].strip()
    returns = next((item.returns for item in brief.functions if item.name == name), "")
    told = str(case["returns"])
    if returns != "str":
        return told
    try:
        return told if isinstance(literal(told), str) else repr(told)
    except Unreadable:
        return repr(told)


def _require_text(case: dict[str, Any]) -> None:
    """Raise TypeError for members that are no text, ValueError for half a character, which no file can hold."""
    "".join([*case.get("before", ()), *(value for name, value in case.items() if name != "before")]).encode()


def _line(text: str, brief: Brief) -> Line | None:
    """A command line of the program; None when it is none or calls something else."""
    read = read_command(text)
    if read is None or read.words[0] != brief.name:
        return None
    return Line(words=read.words, stdin=read.stdin)
