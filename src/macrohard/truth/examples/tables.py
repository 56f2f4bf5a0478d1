"""Tables of examples: a column of commands beside one of what they print, and maybe one of exit statuses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from macrohard.truth.examples.below import is_vague
from macrohard.truth.examples.commands import example_of, is_form
from macrohard.truth.examples.comments import told
from macrohard.truth.examples.files import blocks, lines_of
from macrohard.truth.examples.outcomes import Outcome
from macrohard.truth.examples.programs import runs
from macrohard.truth.examples.shapes import CommandExample
from macrohard.truth.examples.shell import read_command

_DASHES = re.compile(r":?-+:?")
_BAR = re.compile(r"(?<!\\)\|")
_COMMAND = re.compile(
    r"(?:example\s+)?(?:commands?|calls?|invocations?)|command\s+line|example|you\s+(?:type|run)|run", re.IGNORECASE
)
_PRINTED = re.compile(
    r"(?:expected\s+)?(?:outputs?|stdout)|(?:what\s+)?(?:it\s+)?prints|printed|expected", re.IGNORECASE
)
_STATUS = re.compile(r"exit(?:\s+(?:status|code))?", re.IGNORECASE)
_REMARK = re.compile(r"|#|what|description|case|notes?|remarks?|meaning|why", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d[\d.,:]*(?<![.,:])")
_VALUE = re.compile(r"`[^`]+`|\"[^\"]+\"")


@dataclass(frozen=True, slots=True)
class _Columns:
    command: int
    printed: int
    status: int | None


def find_rows(request: str, program: str | None, files: Mapping[str, str]) -> Iterator[CommandExample]:
    """Each row whose command runs this program with an outcome that can be read whole; none of a table in a block of code."""
    lines, columns = lines_of(request), None
    code = {number for block in blocks(request) for number in range(block.first, block.end)}
    for number, line in enumerate(lines):
        if "|" not in line or number in code:
            columns = None
        elif number and all(map(_DASHES.fullmatch, _cells(line))):
            columns = _columns(_cells(lines[number - 1]))
        elif columns:
            yield from _examples(_cells(line), columns, program, files, request, line.strip(" \t|"))


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(line.strip().removeprefix("|").removesuffix("|"))]


def _columns(heads: Sequence[str]) -> _Columns | None:
    """Which column is which; None where a head does not tell, or two mean the same."""
    plain = [head.strip("*_ ") for head in heads]
    commands, printed, statuses = (
        [index for index, head in enumerate(plain) if kind.fullmatch(head)] for kind in (_COMMAND, _PRINTED, _STATUS)
    )
    others = [head for index, head in enumerate(plain) if index not in {*commands, *printed, *statuses}]
    if len(commands) != 1 or len(printed) != 1 or len(statuses) > 1 or not all(map(_REMARK.fullmatch, others)):
        return None
    return _Columns(commands[0], printed[0], statuses[0] if statuses else None)


def _examples(
    cells: Sequence[str], columns: _Columns, program: str | None, files: Mapping[str, str], request: str, quotation: str
) -> Iterator[CommandExample]:
    if len(cells) <= max(columns.command, columns.printed, columns.status or 0):
        return
    read = read_command(cells[columns.command].strip("`"), files)
    outcome = _outcome(cells[columns.printed], None if columns.status is None else cells[columns.status].strip("`"))
    is_run = read is not None and len(read.words) > 1 and runs(read.words[0], program, request)
    if read and outcome and is_run and not is_form(read, outcome.stdout, request) and not is_vague(read.words, request):
        yield example_of(read, outcome, files, quotation)


def _outcome(printed: str, status: str | None) -> Outcome | None:
    """What a row says: a value in quotes, a number, or an error. Of a command that fails only that it does, since it may say so
    on either stream."""
    if status is not None and not (status.isdecimal() and int(status) < 256):
        return None
    if status is not None and int(status):
        return Outcome(0, error=True, status=int(status))
    outcome, is_value = told(f" -> {printed}"), _VALUE.fullmatch(printed) or _NUMBER.fullmatch(printed)
    return outcome if outcome and (is_value or outcome.error) else None
