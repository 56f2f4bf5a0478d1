"""Transcripts of a terminal: each command is run again, and what it prints must be what the transcript shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from macrohard.answers.evidence import Execution
from macrohard.answers.sentences import Sentence
from macrohard.answers.software.commands import Typed, read
from macrohard.answers.software.rule import Decision, Saying, supported
from macrohard.answers.software.running import ended, run_typed
from macrohard.answers.software.workplace import Workplace
from macrohard.truth.standalone import settled, visible

_COMMAND = re.compile(r"(?m)^[ \t]*\$[ \t]+(?P<command>[^\n]*)(?P<output>(?:\n(?![ \t]*\$[ \t])[^\n]*)*)")
_STATUS = "echo $?"
_ELLIPSIS = re.compile(r"(?m)^(?:\.\.\.|…)$")
"""A line that stands for any lines, or for none."""
_TIME = re.compile(r"\b\d+(?:\.\d+)?\s?(?:s|ms|secs?|seconds?)\b")
_SPACES = re.compile(r"[ \t]+")


@dataclass(frozen=True, slots=True)
class _Shown:
    """One command of a transcript, and what stands below it."""

    command: Typed
    output: str
    """Empty when nothing is shown: nothing was said of it then."""
    status: int | None = None
    """None: nothing was said about it."""


def transcripts(sentence: Sentence) -> Iterator[Saying]:
    """A block of code with `$ command` lines and what they print.

    None when a line is one that only a shell can run, or when it only tells what to type.
    """
    lines = _lines(sentence.words) if sentence.is_code else None
    if lines and any(shown.output or shown.status is not None for shown in lines):
        yield Saying(0, len(sentence.words.rstrip()), partial(_play, lines))


_EXIT_STATUS = re.compile(r"\d{1,3}")


def _lines(text: str) -> list[_Shown] | None:
    lines: list[_Shown] = []
    for found in _COMMAND.finditer(text):
        output = settled(found["output"].removeprefix("\n")).strip()
        if found["command"].strip() == _STATUS:
            if lines and _EXIT_STATUS.fullmatch(output):
                lines[-1] = _Shown(lines[-1].command, lines[-1].output, int(output))
            continue
        command = read(found["command"])
        if command is None:
            return None
        lines.append(_Shown(command, output))
    return lines


def _play(lines: list[_Shown], place: Workplace) -> Decision:
    """The commands one after the other, in one copy of the repository, up to the first that does otherwise."""
    evidence: list[Execution] = []
    with place.folder() as folder:
        for shown in lines:
            ran, typed = run_typed(shown.command, place, folder), visible(shown.command.text)
            if isinstance(ran, Decision):
                return Decision(ran.verdict, f"`{typed}`: {ran.reason}", (*evidence, *ran.evidence))
            evidence.append(ran.seen)
            if shown.status is not None and ran.seen.exit_status != shown.status:
                return supported(False, f"`{typed}`: {ended(ran.seen)}", *evidence)
            out, error = settled(ran.out), settled(ran.error)
            if shown.output and not any(
                _fits(shown.output, one) for one in (out, f"{out}\n{error}", f"{error}\n{out}")
            ):
                printed = visible(f"{out}\n{error}".strip(), 300)
                return supported(False, f"`{typed}` printed `{printed}`.", *evidence)
    return supported(True, "Every command printed what is shown.", *evidence)


def _fits(wanted: str, printed: str) -> bool:
    """Line by line, but for times and the number of spaces; a line `...` of the transcript stands for any lines."""
    first, *others = (_framed(piece) for piece in _ELLIPSIS.split(_evened(wanted)))
    whole = _framed(_evened(printed))
    if not others:
        return first == whole
    *middle, last = others
    at = len(first) - 1  # the end of one line is the beginning of the next
    for piece in middle:
        found = whole.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece) - 1
    return whole.startswith(first) and whole.endswith(last) and len(whole) - len(last) >= at


def _framed(lines: str) -> str:
    """The lines between ends of lines, of which there are two even around none."""
    return f"\n{stripped}\n" if (stripped := lines.strip("\n")) else "\n"


def _evened(text: str) -> str:
    lines = (_SPACES.sub(" ", _TIME.sub("0 s", line)).strip() for line in text.strip().splitlines())
    return "\n".join(lines)
