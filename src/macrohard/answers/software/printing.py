"""Statements about what a command does: '`tool --version` prints 1.2', '`ruff check .` passes'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from macrohard.answers.report import Standing
from macrohard.answers.sentences import Sentence
from macrohard.answers.software.commands import Typed, read
from macrohard.answers.software.rule import Decision, Saying, stated, supported, undecided
from macrohard.answers.software.running import ended, run_typed
from macrohard.answers.software.workplace import Workplace
from macrohard.truth.standalone import settled, visible

_COMMAND = r"`(?P<command>[^`\n]+)`"
_ALSO = r"(?:(?:now|also|still|again|correctly|both)\s+)*"
_WHAT = r"(?:`(?P<code>[^`\n]*)`|\"(?P<quoted>[^\"\n]*)\"|“(?P<curled>[^”\n]*)”|(?P<bare>[\w+-]*\d[\w+-]*(?:[.:/]\w+)*%?)(?![\w`\"]))"
_PRINTS = re.compile(
    rf"(?:{_COMMAND}\s+{_ALSO}(?:prints?|printed|outputs?|displays?|shows?|produces)\s+|"
    rf"\bthe\s+output\s+of\s+{_COMMAND.replace('command', 'source')}\s+is\s+){_WHAT}"
    r"(?:\s*,?\s+and\s+(?:exits|exited|ends|ended)\s+(?:with\s+)?(?:(?:exit\s+)?(?:status|code)\s+)?(?P<status>\d{1,3})(?!\w|\.\d))?",
    re.IGNORECASE,
)
_WORKS = re.compile(
    rf"{_COMMAND}\s+{_ALSO}"
    r"(?:(?:pass(?:es|ed)|succeed(?:s|ed)|works)\b|(?:is|was|runs?|comes\s+back)\s+(?:clean(?:ly)?|green)\b|"
    r"(?:reports?|finds?|found|shows?|gives?|has|produces)\s+(?:no|zero|0)\s+(?:errors?|issues?|problems?|warnings?|findings?)\b|"
    r"(?:runs?|finish(?:es|ed)|ends?)\s+without\s+(?:any\s+)?errors?\b|"
    r"(?:prints?\s+an?\s+error(?:\s+message)?(?:\s+and|,)\s+)?(?:exits|exited|ends|ended)\s+(?:with\s+)?"
    r"(?:(?:exit\s+)?(?:status|code)\s+)?(?P<status>\d{1,3})(?!\w|\.\d))",
    re.IGNORECASE,
)
_MORE = frozenset(
    [
        "call",
        "calling",
        "calls",
        "command",
        "example",
        "for",
        "instance",
        "output",
        "running",
        "stdout",
        "the",
        "try",
        "typing",
    ]
)
_LONGEST = 200


def commands(sentence: Sentence) -> Iterator[Saying]:
    """'`tool --version` prints 1.2' and 'the output of `tool` is `x`'."""
    for found in stated(sentence, _PRINTS, _MORE):
        which = "command" if found["command"] else "source"
        command = read(sentence.words[found.start(which) : found.end(which)])
        wanted = next(found[key] for key in ("code", "quoted", "curled", "bare") if found[key] is not None)
        if command and wanted.strip():
            status = int(found["status"]) if found["status"] else None
            yield Saying(found.start(), found.end(), partial(_prints, command, wanted.replace("\\n", "\n"), status))


def successes(sentence: Sentence) -> Iterator[Saying]:
    """'`mypy --strict src` passes', '`ruff check .` is clean', '`tool frob` exits with status 2'."""
    for found in stated(sentence, _WORKS, _MORE):
        command = read(sentence.words[found.start("command") : found.end("command")])
        if command:
            status = int(found["status"]) if found["status"] else 0
            yield Saying(found.start(), found.end(), partial(_ends, command, status))


def _ends(command: Typed, status: int, place: Workplace) -> Decision:
    with place.folder() as folder:
        ran = run_typed(command, place, folder)
    if isinstance(ran, Decision):
        return ran
    seen = ran.seen
    if seen.exit_status == 2 != status and "usage" in ran.error.lower() and len(command.words) == 1:
        return undecided(f"{ended(seen)} It wants to be told what to do.", seen)
    return supported(seen.exit_status == status, ended(seen), seen)


def _prints(command: Typed, wanted: str, status: int | None, place: Workplace) -> Decision:
    """`status` is that with which it is said to end, None where nothing is said of it."""
    with place.folder() as folder:
        ran = run_typed(command, place, folder)
    if isinstance(ran, Decision):
        return ran
    seen, (want, out, error) = ran.seen, (settled(text).strip() for text in (wanted, ran.out, ran.error))
    told = f"It printed `{visible(out or error, _LONGEST)}`{f' and ended with status {seen.exit_status}' if seen.exit_status else ''}."
    if status not in (None, seen.exit_status):
        return supported(False, f"{told} {ended(seen)}", seen)
    # So lines are parted in a line of text, unless the ends of lines are written.
    lines = want if "\n" in wanted else settled(re.sub(r" /(?: |$)", "\n", want)).strip()
    if want in (out, error) or lines == out:
        return supported(True, told, seen)
    if any(re.search(rf"(?<![\w.]){re.escape(want)}(?!\.?\w)", shown) for shown in (out, error)):
        return Decision(Standing.PARTLY, f"{told} That holds `{visible(want, _LONGEST)}`.", (seen,))
    return supported(False, told, seen)
