"""Statements about what a command does: '`tool --version` prints 1.2', '`ruff check .` passes'."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import partial

from macrohard.answers.evidence import Execution
from macrohard.answers.report import Standing
from macrohard.answers.sentences import Sentence
from macrohard.answers.software.commands import argv_of, words_of
from macrohard.answers.software.rule import Decision, Saying, bare_of, stated, supported, undecided
from macrohard.answers.software.workplace import Workplace
from macrohard.truth.examples import CommandExample, Line, find_commands
from macrohard.truth.standalone import settled, visible

_WORKS = re.compile(
    r"`(?P<command>[^`\n]+)`\s+(?:(?:now|also|still|again|and)\s+)*"
    r"(?:pass(?:es|ed)\b|succeed(?:s|ed)\b|(?:is|was|runs?|comes\s+back)\s+clean(?:ly)?\b|works\b|"
    r"(?:reports?|finds?|found|shows?|gives?|has)\s+(?:no|zero|0)\s+(?:errors?|issues?|problems?|warnings?|findings?)\b|"
    r"(?:runs?|finish(?:es|ed)|ends?)\s+without\s+(?:any\s+)?errors?\b|"
    r"(?:prints?\s+an?\s+error(?:\s+message)?(?:\s+and|,)\s+)?(?:exits|ends)\s+with\s+(?:exit\s+)?(?:status|code)\s+(?P<status>\d{1,3})\b)",
    re.IGNORECASE,
)
_ARROW = re.compile(r"->|=>|→")
_LONGEST = 200


def commands(sentence: Sentence) -> Iterator[Saying]:
    """'`tool --version` prints 1.2' and '`tool nothing` exits with status 2'."""
    if sentence.is_code:
        return
    for example in find_commands(sentence.words, fewest=1):
        if len(example.lines[0].words) == 1 and _ARROW.search(example.quotation):
            continue  # `old` -> `new`
        start = sentence.words.find(example.quotation)
        ahead = re.compile(re.escape(bare_of(example.quotation)))
        if start >= 0 and any(found.start() == start for found in stated(sentence, ahead)):
            yield Saying(start, start + len(example.quotation), partial(_play, example))


def successes(sentence: Sentence) -> Iterator[Saying]:
    """'`mypy --strict src` passes', '`ruff check .` is clean'."""
    for found in stated(sentence, _WORKS):
        words = words_of(found["command"])
        if words and found["status"]:
            yield Saying(found.start(), found.end(), partial(_exits, words, int(found["status"])))
        elif words:
            yield Saying(found.start(), found.end(), partial(_succeeds, words))


def _succeeds(words: list[str], place: Workplace) -> Decision:
    return _exits(words, 0, place)


def _exits(words: list[str], status: int, place: Workplace) -> Decision:
    argv = argv_of(words, place)
    if argv is None:
        return undecided(unknown(words[0]))
    with place.folder() as folder:
        seen, completed = place.run(shlex.join(words), argv, folder)
    if b"No module named" in completed.stderr and seen.exit_status == 1 and argv[:2] == ("python3", "-m"):
        return undecided(unknown(words[0]), seen)
    return supported(seen.exit_status == status, ended(seen), seen)


def _play(example: CommandExample, place: Workplace) -> Decision:
    (line,) = example.lines
    argv = argv_of(line.words, place)
    if argv is None:
        return undecided(unknown(line.words[0]))
    with place.folder() as folder:
        seen, completed = place.run(line.typed, argv, folder, line.stdin)
    return _judged(line, seen, completed.stdout.decode(errors="replace"))


def _judged(line: Line, seen: Execution, printed: str) -> Decision:
    if line.error or line.stdout is None:
        return supported(seen.exit_status == line.exit_status, ended(seen), seen)
    wanted, got = settled(line.stdout).strip(), settled(printed).strip()
    if seen.exit_status != 0:
        return supported(False, ended(seen), seen)
    if got == wanted:
        return supported(True, f"It printed `{visible(got, _LONGEST)}`.", seen)
    if wanted and re.search(rf"(?<![\w.]){re.escape(wanted)}(?!\.?\w)", got):
        reason = f"It printed `{visible(got, _LONGEST)}`, which holds `{visible(wanted, _LONGEST)}`."
        return Decision(Standing.PARTLY, reason, (seen,))
    return supported(False, f"It printed `{visible(got, _LONGEST)}`.", seen)


def ended(seen: Execution) -> str:
    """How a command ended, as a sentence."""
    if seen.exit_status is None:
        return f"It was stopped ({seen.ending})."
    last = seen.shown.strip().splitlines()[-1:] if seen.exit_status else []
    return f"It ended with status {seen.exit_status}{': ' + visible(last[0], _LONGEST) if last else ''}."


def unknown(name: str) -> str:
    """Why a command was not run."""
    return f"Neither the repository nor its environment has a command `{visible(name, 80)}`."
