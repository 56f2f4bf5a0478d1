"""Terminal transcripts: `$ command` lines with what they print, in an indented or fenced block."""

from __future__ import annotations

import re
from collections.abc import Mapping

from macrohard.truth.examples.files import blocks, find_files
from macrohard.truth.examples.shapes import CommandExample, Line
from macrohard.truth.examples.shell import read_command

_STATUS = "echo $?"
_STATUS_SHOWN = re.compile(r"[0-9]{1,3}")


def find_transcripts(request: str, error_status: int = 2) -> tuple[CommandExample, ...]:
    """One example for each transcript that can be read whole; its commands share one folder, as they do there.

    An error of which no exit status is shown ends with `error_status`.
    """
    files = find_files(request)
    found = []
    for _, block in blocks(request):
        start = block.find("$ ") if block.startswith("$ ") else block.find("\n$ ") + 1
        if start < 0 or not block[start:].startswith("$ "):
            continue
        lines = _lines(block[start:], files, error_status)
        if lines:
            found.append(CommandExample(lines=lines, files=files, quotation=block[start:].rstrip("\n")))
    return tuple(found)


def _lines(transcript: str, files: Mapping[str, str], error_status: int) -> tuple[Line, ...]:
    """The commands of a transcript; empty when one of them cannot be read, since the others may depend on it."""
    lines: list[Line] = []
    for part in ("\n" + transcript).split("\n$ ")[1:]:
        command, _, output = part.partition("\n")
        output = output.rstrip("\n")
        if command.strip() == _STATUS and lines and _STATUS_SHOWN.fullmatch(output.strip()):
            lines[-1] = _with_status(lines[-1], int(output))
            continue
        read = read_command(command, files)
        if read is None:
            return ()
        lines.append(_line(read.words, read.stdin, output, error_status))
    return tuple(lines)


def _line(words: tuple[str, ...], stdin: str, output: str, error_status: int) -> Line:
    if output.lower().startswith("error"):
        return Line(words=words, stdin=stdin, exit_status=error_status, error=True)
    return Line(words=words, stdin=stdin, stdout=output)


def _with_status(line: Line, status: int) -> Line:
    failed = status != 0
    return line.model_copy(update={"exit_status": status, "error": failed, "stdout": None if failed else line.stdout})
