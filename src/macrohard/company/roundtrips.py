"""Round trips: where one command undoes another, what goes through both must come back.

Which commands undo each other is read from the request: its examples show it, or their names say it. No model is asked.
"""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, permutations

from macrohard.company.brief import ArgumentType, Brief, CommandBrief
from macrohard.company.neighbours import near_word
from macrohard.truth import PEOPLE, PROGRAM, PYTHON, Check, Expectation, Source, Step
from macrohard.truth.standalone import visible

_ID = "round-trip"
"""What the ids of these checks begin with."""
_OPPOSITES = (
    ("encode", "decode"),
    ("encrypt", "decrypt"),
    ("compress", "decompress"),
    ("escape", "unescape"),
    ("quote", "unquote"),
    ("pack", "unpack"),
)
_MOST_VALUES = 8
_LONGEST = 200
"""Characters of the values in a statement."""
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.]*\w)")
_BACK = "all come back"
_WALK = re.compile(r"^ +(?:there|back) = shown\((.*), \*others, \w+\)$", re.MULTILINE)
_CODE = '''import contextlib
import io
import runpy
import shlex
import sys


def shown(*words):
    """What the program prints, without the end of its last line; None when it ends with an error."""
    stream, sys.argv = io.StringIO(), [{package!r}, *words]
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(io.StringIO()):
        try:
            runpy.run_module({package!r}, run_name="__main__", alter_sys=True)
        except SystemExit as end:
            if end.code:
                return None
    return stream.getvalue().rstrip("\\n")


def same(one, other):
    """Equal texts, or numbers that differ by no more than one in the last place that is shown."""
    try:
        return one == other or abs(float(one) - float(other)) <= 1.000001 * 10.0 ** -len(other.partition(".")[2])
    except ValueError:
        return False


taken = 0
for *others, value in {values!r}:
    there = shown({there!r}, *others, value)
    if there is not None:
        taken += 1
        back = shown({back!r}, *others, there)
        if back is None or not same(value, back):
            line = shlex.join([{package!r}, {back!r}, *others, there])
            sys.exit(f"`{{line}}` {{'is refused' if back is None else f'prints {{back!r}}'}}, but {{value!r}} should come back")
print("{told}" if taken else "every value is refused")
'''


@dataclass(frozen=True, slots=True)
class _Trip:
    """There with one command, back with the other."""

    there: CommandBrief
    back: CommandBrief


def round_trips(brief: Brief, checks: Sequence[Check]) -> tuple[Check, ...]:
    """One check for each direction of each pair of commands that undo each other."""
    found = (check for trip in _trips(brief, checks) for check in _check(brief, trip, checks))
    return tuple(item.model_copy(update={"id": f"{_ID}-{n:02d}"}) for n, item in enumerate(found, 1))


def is_round_trip(check: Check) -> bool:
    """True for what this module makes."""
    return check.id.startswith(_ID)


def walked(step: Step) -> list[str]:
    """The commands that a step of a round trip runs, the one that undoes the other last; none for another step."""
    return [ast.literal_eval(name) for name in _WALK.findall(step.argv[-1])] if step.argv[0] == PYTHON else []


def _trips(brief: Brief, checks: Sequence[Check]) -> Iterator[_Trip]:
    plain = [command for command in brief.commands if not brief.state_file and _takes_words(command)]
    shown = {(*step.argv[1:], step.expect.stdout) for step in _shown(checks)}
    for there, back in permutations(plain, 2):
        alike = [item.type for item in there.arguments[:-1]] == [item.type for item in back.arguments[:-1]]
        if alike and (_mirrors(there.name, back.name) or _undoes(there.name, back.name, shown)):
            yield _Trip(there, back)


def _takes_words(command: CommandBrief) -> bool:
    words = {ArgumentType.TEXT, ArgumentType.INTEGER, ArgumentType.NUMBER}
    simple = all(item.type in words and not item.is_option and not item.repeated for item in command.arguments)
    return bool(command.name and command.arguments) and simple and not command.reads_stdin


def _shown(checks: Sequence[Check]) -> list[Step]:
    """The command lines of people that show a result in an empty folder."""
    alone = [check.steps[0] for check in checks if check.source in PEOPLE and len(check.steps) == 1]
    return [step for step in alone if step.argv[0] == PROGRAM and len(step.argv) > 2 and step.expect.stdout]


def _mirrors(one: str, other: str) -> bool:
    """True for 'c-to-f' and 'f-to-c', and for 'caesar-encode' and 'caesar-decode'."""
    words, others = one.lower().split("-"), other.lower().split("-")
    if len(words) == 3 and words[1] == "to":
        return words == others[::-1]
    parts = [set(pair) for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    return len(words) == len(others) and len(parts) == 1 and parts[0] in map(set, _OPPOSITES)


def _undoes(there: str, back: str, shown: set[tuple[str | None, ...]]) -> bool:
    """True where one example shows what becomes of a value, and another how it comes back."""
    return any((back, *row[1:-2], row[-1], row[-2]) in shown for row in shown if row[0] == there)


def _check(brief: Brief, trip: _Trip, checks: Sequence[Check]) -> Iterator[Check]:
    values = list(islice(dict.fromkeys(_values(brief, trip, checks)), _MOST_VALUES))
    if values:
        code = _CODE.format(
            package=brief.package, values=values, there=trip.there.name, back=trip.back.name, told=_BACK
        )
        listed = visible("; ".join(map(shlex.join, values)), _LONGEST)
        undoes = f"`{brief.name} {trip.back.name}` undoes `{brief.name} {trip.there.name}`"
        step = Step(argv=(PYTHON, "-c", code), expect=Expectation(stdout=_BACK))
        yield Check(id="", statement=f"{undoes} for what it takes of {listed}", source=Source.TESTER, steps=(step,))


def _values(brief: Brief, trip: _Trip, checks: Sequence[Check]) -> Iterator[tuple[str, ...]]:
    """Words of the command: those of examples, then the same with other last words, then with other first ones."""
    shown = _shown(checks)
    known = [step.argv[2:] for step in shown if step.argv[1] == trip.there.name]
    known += [(*step.argv[2:-1], str(step.expect.stdout)) for step in shown if step.argv[1] == trip.back.name]
    yield from known
    text = trip.there.arguments[-1].type is ArgumentType.TEXT
    for words in known[:1]:
        others = _texts(brief, shown) if text else (*_numbers(brief), *near_word(words[-1]))
        yield from ((*words[:-1], other) for other in others)
    for words in known:
        for index, word in enumerate(words[:-1]):
            yield from ((*words[:index], near, *words[index + 1 :]) for near in islice(near_word(word), 2))


def _texts(brief: Brief, shown: Sequence[Step]) -> Iterator[str]:
    """What the examples of other commands take as their last word, where it is text."""
    takes = {
        command.name
        for command in brief.commands
        if command.arguments[-1:] and command.arguments[-1].type is ArgumentType.TEXT
    }
    yield from (step.argv[-1] for step in shown if step.argv[1] in takes)


def _numbers(brief: Brief) -> Iterator[str]:
    """The whole numbers in the request, and those that are nearer to 0 than its decimal ones: bounds stand there."""
    yield from (str(int(float(found))) for found in _NUMBER.findall(brief.request))
