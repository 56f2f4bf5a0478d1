"""Statements about how fast something starts: 'starts in under 200 ms'."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from functools import partial
from math import comb
from statistics import median

from macrohard.answers.evidence import Timing
from macrohard.answers.report import Standing
from macrohard.answers.sentences import Sentence
from macrohard.answers.software.commands import Typed, argv_of, read
from macrohard.answers.software.project import scripts
from macrohard.answers.software.rule import Decision, Saying, stated, supported, undecided
from macrohard.answers.software.workplace import Workplace

SAMPLES = 15
_RANK = 4
"""The interval goes from the fourth smallest to the fourth largest sample."""
_LEVEL = 1 - 2 * sum(comb(SAMPLES, below) for below in range(_RANK)) / 2**SAMPLES
"""That the true median lies between two order statistics, whatever the distribution: binomial (Conover 1999, 3.2)."""
_LIMIT = (
    r"(?:in\s+)?(?:under|less\s+than|within|below|<|no\s+more\s+than|at\s+most)\s*"
    r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>ms|milliseconds?|s|secs?|seconds?)\b"
)
_STARTS = re.compile(
    rf"(?:`(?P<command>[^`\n]+)`\s+)?\b(?:starts?(?:\s+up)?|launch(?:es)?|start-?up(?:\s+time)?(?:\s+is|:)?)\s+{_LIMIT}",
    re.IGNORECASE,
)
_RUNS = re.compile(rf"`(?P<command>[^`\n]+)`\s+(?:takes|runs|finishes)\s+{_LIMIT}", re.IGNORECASE)


def starts(sentence: Sentence) -> Iterator[Saying]:
    """'`tool --help` starts in under 200 ms', and the same of the only command of the project."""
    for pattern in (_STARTS, _RUNS):
        for found in stated(sentence, pattern):
            limit = float(found["number"]) * (1 if found["unit"].lower().startswith("m") else 1000)
            command = read(sentence.words[slice(*found.span("command"))]) if found["command"] else None
            if command or not found["command"]:
                yield Saying(found.start(), found.end(), partial(_decide, limit, command, pattern is _STARTS))


def _decide(limit: float, command: Typed | None, starts: bool, place: Workplace) -> Decision:
    """A command that is only named is asked for its help, when it is said how fast it starts."""
    words = command.words if command else _only_command(place)
    if words is None:
        return undecided("It is not said which command starts so fast, and the project does not have exactly one.")
    if len(words) == 1 and starts:
        words = (*words, "--help")
    argv = argv_of(words, place)
    if isinstance(argv, str):
        return undecided(argv)
    timing = _time(words, argv, command.stdin if command else "", place)
    if isinstance(timing, str):
        return undecided(timing)
    told = (
        f"`{timing.command}` takes {timing.median:.0f} ms, {timing.low:.0f} to {timing.high:.0f} ms "
        f"(median of {SAMPLES} and its {_LEVEL:.0%} interval, on this machine, in the sandbox)."
    )
    if timing.low <= limit <= timing.high:
        return Decision(Standing.NOT_CHECKED, f"{told} That is too close to tell.", (timing,))
    return supported(timing.high < limit, told, timing)


def _only_command(place: Workplace) -> tuple[str, ...] | None:
    names = tuple(scripts(place))
    return names if len(names) == 1 else None


def _time(words: Sequence[str], argv: Sequence[str], stdin: str, place: Workplace) -> Timing | str:
    """The samples, after one run that warms up; or why there are none."""
    taken: list[float] = []
    with place.folder() as folder:
        for _ in range(SAMPLES + 1):
            seen, completed = place.run(shlex.join(words), argv, folder, stdin)
            if seen.exit_status != 0:
                return f"`{shlex.join(words)}` ended with status {seen.exit_status} ({seen.ending})."
            taken.append(completed.wall_seconds * 1000)
    ordered = sorted(taken[1:])
    return Timing(
        command=shlex.join(words),
        argv=tuple(argv),
        milliseconds=tuple(round(one, 2) for one in taken[1:]),
        median=round(median(ordered), 2),
        low=round(ordered[_RANK - 1], 2),
        high=round(ordered[-_RANK], 2),
        level=round(_LEVEL, 4),
    )
