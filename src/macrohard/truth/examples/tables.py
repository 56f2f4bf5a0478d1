"""Tables of examples: a column of commands beside one of what they print, and maybe one of exit statuses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from macrohard.truth.examples.commands import is_form
from macrohard.truth.examples.comments import told
from macrohard.truth.examples.outcomes import Outcome
from macrohard.truth.examples.shapes import CommandExample
from macrohard.truth.examples.shell import read_command

_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")
_COMMAND = re.compile(r"\b(?:commands?|inputs?|examples?|calls?|invocations?|runs?|typed?)\b", re.IGNORECASE)
_PRINTED = re.compile(r"\b(?:outputs?|prints?|printed|results?|stdout|shows?|expected)\b", re.IGNORECASE)
_STATUS = re.compile(r"\b(?:exit|status|code)\b", re.IGNORECASE)
_NOTHING = frozenset({"", "-", "–", "—"})


@dataclass(frozen=True, slots=True)
class _Columns:
    command: int
    printed: int
    status: int | None


def find_rows(request: str, program: str | None, files: Mapping[str, str]) -> Iterator[CommandExample]:
    """Each row whose command runs this program, in backticks or plain, with an outcome that can be read whole."""
    lines = request.split("\n")
    columns: _Columns | None = None
    for number, line in enumerate(lines):
        if number and _RULE.fullmatch(line):
            columns = _columns(_cells(lines[number - 1]))
        elif "|" not in line:
            columns = None
        elif columns and program:
            example = _example(_cells(line), columns, program, files, request)
            if example:
                yield example.model_copy(update={"quotation": line.strip()})


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(line.strip().removeprefix("|").removesuffix("|"))]


def _columns(heads: Sequence[str]) -> _Columns | None:
    """Which column is which; None where the heads do not tell."""
    status = next((index for index, head in enumerate(heads) if _STATUS.search(head)), None)
    others = [index for index in range(len(heads)) if index != status]
    command = next((index for index in others if _COMMAND.search(heads[index])), None)
    printed = next((index for index in others if index != command and _PRINTED.search(heads[index])), None)
    return _Columns(command, printed, status) if command is not None and printed is not None else None


def _example(
    cells: Sequence[str], columns: _Columns, program: str, files: Mapping[str, str], request: str
) -> CommandExample | None:
    if len(cells) <= max(columns.command, columns.printed, columns.status or 0):
        return None
    read = read_command(cells[columns.command].strip("`"), files)
    outcome = _outcome(cells[columns.printed], cells[columns.status] if columns.status is not None else None)
    if read is None or outcome is None or read.words[0] != program or is_form(read, outcome.stdout, request):
        return None
    used = {name: text for name, text in files.items() if name in read.words}
    return CommandExample(lines=(outcome.line(read.words, read.stdin),), files=used, quotation=program, detached=True)


def _outcome(printed: str, status: str | None) -> Outcome | None:
    """What a row says; of a command that fails only that it does, since it may say so on either stream."""
    number = (status or "").strip("`")
    if status is not None and not number.isdecimal():
        return None
    if status is not None and int(number):
        return Outcome(0, error=True, status=int(number)) if int(number) < 256 else None
    if printed in _NOTHING:
        return None
    return told(printed)
