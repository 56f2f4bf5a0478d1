"""Transcripts of a terminal: each command is run again, and what it prints must be what the transcript shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from macrohard.answers.evidence import Execution
from macrohard.answers.report import Standing
from macrohard.answers.sentences import Sentence
from macrohard.answers.software.commands import argv_of
from macrohard.answers.software.printing import ended, unknown
from macrohard.answers.software.rule import Decision, Saying, supported, undecided
from macrohard.answers.software.workplace import Workplace
from macrohard.truth.examples.shell import CommandLine, read_command
from macrohard.truth.standalone import settled, visible

_COMMAND = re.compile(r"(?m)^[ \t]*\$[ \t]+(?P<command>[^\n]*)(?P<output>(?:\n(?![ \t]*\$[ \t])[^\n]*)*)")
_STATUS = "echo $?"
_ELLIPSIS = re.compile(r"(?m)^[ \t]*(?:\\\.\\\.\\\.|…)[ \t]*$")
"""A line that stands for any lines, in a pattern that was escaped."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """One command of a transcript, and what stands below it."""

    typed: str
    line: CommandLine
    output: str
    status: int | None = None
    """None: nothing was said about it."""


def transcripts(sentence: Sentence) -> Iterator[Saying]:
    """A block of code with `$ command` lines and what they print.

    None when a line is one that only a shell can run, or when it only tells what to type.
    """
    lines = _lines(sentence.words) if sentence.is_code else None
    if lines and any(shown.output.strip() or shown.status is not None for shown in lines):
        yield Saying(0, len(sentence.words.rstrip()), partial(_play, lines))


def _lines(text: str) -> list[_Shown] | None:
    lines: list[_Shown] = []
    for found in _COMMAND.finditer(text):
        output = settled(found["output"].removeprefix("\n"))
        if found["command"].strip() == _STATUS:
            if lines and output.strip().isdecimal():
                last = lines[-1]
                lines[-1] = _Shown(last.typed, last.line, last.output, int(output))
            continue
        read = read_command(found["command"])
        if read is None:
            return None
        lines.append(_Shown(found["command"].strip(), read, output))
    return lines


def _play(lines: list[_Shown], place: Workplace) -> Decision:
    """The commands one after the other, in one copy of the repository, up to the first that does otherwise."""
    evidence: list[Execution] = []
    with place.folder() as folder:
        for shown in lines:
            argv = argv_of(shown.line.words, place)
            if argv is None:
                return Decision(Standing.NOT_CHECKED, unknown(shown.line.words[0]), tuple(evidence))
            seen, completed = place.run(shown.typed, argv, folder, shown.line.stdin)
            evidence.append(seen)
            if seen.ending != "exit":
                return undecided(ended(seen), *evidence)
            if shown.status is not None and seen.exit_status != shown.status:
                return supported(False, f"`{visible(shown.typed)}`: {ended(seen)}", *evidence)
            out, error = (settled(part.decode(errors="replace")) for part in (completed.stdout, completed.stderr))
            if not any(_fits(shown.output, printed) for printed in (out, f"{out}\n{error}", f"{error}\n{out}")):
                printed = visible(f"{out}\n{error}".strip(), 300)
                return supported(False, f"`{visible(shown.typed)}` printed `{printed}`.", *evidence)
    return supported(True, "Every command printed what is shown.", *evidence)


def _fits(wanted: str, printed: str) -> bool:
    """Line by line; a line `...` of the transcript stands for any lines."""
    pattern = _ELLIPSIS.sub(r"(?:.*)", re.escape(_evened(wanted)))
    return re.fullmatch(pattern, _evened(printed), re.DOTALL) is not None


def _evened(text: str) -> str:
    """Without the margin of the block and without spaces at line ends."""
    return "\n".join(line.strip() for line in text.strip().splitlines())
