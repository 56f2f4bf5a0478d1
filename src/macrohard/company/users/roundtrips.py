"""Round trips: where one command undoes another, what goes through both must come back.

Which commands undo each other is read from the request: its examples show it, or their names say it. No model is asked.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, permutations

from macrohard.company.brief import ArgumentType, Brief, CommandBrief
from macrohard.company.neighbours import near_word
from macrohard.company.request.statements import error_statements
from macrohard.company.users.roundtripping import BOTH_WAYS, NOTHING_ELSE, walk
from macrohard.truth import PEOPLE, PROGRAM, Check, Source, Step
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
_LEADS = "what {undoes} by leads to the same again, for what it takes of {values}"
_WHOLE = re.compile(r"\b(?:nearest|whole\s+(?:degrees?|numbers?|units?)|rounded\s+(?:up|down))\b", re.IGNORECASE)
_MOST_VALUES = 8
_LONGEST = 200
"""Characters of the values in a statement."""
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.]*\w)")
_INVALID = re.compile(r"\b(?:invalid|malformed|illegal|wrong|bad|not\s+(?:an?\s+)?valid)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Trip:
    """There with one command, back with the other."""

    there: CommandBrief
    back: CommandBrief


def round_trips(brief: Brief, checks: Sequence[Check]) -> tuple[Check, ...]:
    """One check for each direction of each pair of commands that undo each other; where the request speaks of invalid input,
    another that nothing is taken which does not come back."""
    found = (
        check for trip in _trips(brief, checks) for check in (*_there(brief, trip, checks), *_else(brief, trip, checks))
    )
    return tuple(item.model_copy(update={"id": f"{_ID}-{n:02d}"}) for n, item in enumerate(found, 1))


def is_round_trip(check: Check) -> bool:
    """True for what this module makes."""
    return check.id.startswith(_ID)


def _trips(brief: Brief, checks: Sequence[Check]) -> Iterator[_Trip]:
    plain = [command for command in brief.commands if not brief.state_file and _takes_words(command)]
    shown = {(*step.argv[1:], step.expect.stdout) for step in _shown(checks)}
    for there, back in permutations(plain, 2):
        alike = [item.type for item in there.arguments[:-1]] == [item.type for item in back.arguments[:-1]]
        if alike and (_mirrors(there.name, back.name) or _undoes(there.name, back.name, shown)):
            yield _Trip(there, back)


def _takes_words(command: CommandBrief) -> bool:
    words = {ArgumentType.TEXT, ArgumentType.INTEGER, ArgumentType.NUMBER}
    simple = all(
        item.type in words and not (item.is_option or item.repeated or item.optional) for item in command.arguments
    )
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


def _there(brief: Brief, trip: _Trip, checks: Sequence[Check]) -> Iterator[Check]:
    values = list(islice(dict.fromkeys(_values(brief, trip, checks)), _MOST_VALUES))
    undoes = f"`{brief.name} {trip.back.name}` undoes `{brief.name} {trip.there.name}`"
    loose = [words for words in values if _may_be_lost(brief, trip, words, checks)]
    firm = [words for words in values if words not in loose]
    if values:
        rounded = ", a decimal result to one in its last place" if _may_round(trip) else ""
        told = [f"{undoes} for what it takes of {_listed(firm)}{rounded}"] if firm else []
        told += [_LEADS.format(undoes=undoes, values=_listed(loose))] if loose else []
        told.append(f"`{brief.name} {trip.there.name}` takes {'at least one of these' if len(values) > 1 else 'it'}")
        yield _check(BOTH_WAYS, brief, trip, values, "; ".join(told), loose)


def _may_be_lost(brief: Brief, trip: _Trip, words: tuple[str, ...], checks: Sequence[Check]) -> bool:
    """Whether something else may come back that is the same on the way: where the examples show that something is lost, where
    numbers are rounded to whole ones, and for a text that only the other command was shown to take, such as HELLO for `upper`."""
    shown = _shown(checks)
    if _loses(trip, checks):
        return True
    known = words in _known(trip, shown)
    if _takes_number(trip.there):
        return not known and _WHOLE.search(brief.request) is not None
    return not known and any(step.argv[1] == trip.back.name and step.argv[-1] == words[-1] for step in shown)


def _loses(trip: _Trip, checks: Sequence[Check]) -> bool:
    """Whether the examples themselves show that something is lost on the way: 10 gives 3.0, and 3 gives 9.8."""
    shown = {(*step.argv[1:-1], _plain(step.argv[-1])): _plain(str(step.expect.stdout)) for step in _shown(checks)}
    return any(
        came != words[-1]
        for words, there in shown.items()
        if words[0] == trip.there.name and (came := shown.get((trip.back.name, *words[1:-1], there))) is not None
    )


def _plain(word: str) -> str:
    """A number as it is written shortest."""
    return f"{float(word):g}" if _NUMBER.fullmatch(word) else word


def _may_round(trip: _Trip) -> bool:
    """What prints a number for a number may round it, where the other command takes decimal ones."""
    return _takes_number(trip.there) and trip.back.arguments[-1].type is ArgumentType.NUMBER


def _takes_number(command: CommandBrief) -> bool:
    return command.arguments[-1].type in {ArgumentType.INTEGER, ArgumentType.NUMBER}


def _else(brief: Brief, trip: _Trip, checks: Sequence[Check]) -> Iterator[Check]:
    """A numeral in a wrong form is a word of which nothing but its number comes back."""
    told = any(_INVALID.search(statement) for statement in error_statements(brief))
    if told and trip.there.arguments[-1].type is ArgumentType.TEXT:
        known = _known(trip, _shown(checks))
        odd = ((*words[:-1], near) for words in known for near in _misspelt(words[-1]))
        values = list(islice(dict.fromkeys(words for words in odd if words not in known), _MOST_VALUES))
        takes = f"`{brief.name} {trip.there.name}` takes nothing of {_listed(values)}"
        if values:
            yield _check(
                NOTHING_ELSE,
                brief,
                trip,
                values,
                f"{takes} that `{brief.name} {trip.back.name}` does not give back, but for case and outer spaces",
            )


def _misspelt(word: str) -> Iterator[str]:
    yield from (word[::-1], "", word[:1] * 4, word[-1:] * 4, word * 2, word + "?")


def _listed(values: Sequence[tuple[str, ...]]) -> str:
    return visible("; ".join(map(shlex.join, values)), _LONGEST)


def _check(
    template: str,
    brief: Brief,
    trip: _Trip,
    values: Sequence[tuple[str, ...]],
    statement: str,
    loose: Sequence[tuple[str, ...]] = (),
) -> Check:
    numbers, rounded = _takes_number(trip.there), _may_round(trip)
    step = walk(
        template, brief.package, trip.there.name, trip.back.name, values, loose=loose, numbers=numbers, rounded=rounded
    )
    return Check(id="", statement=statement, source=Source.TESTER, steps=(step,))


def _values(brief: Brief, trip: _Trip, checks: Sequence[Check]) -> Iterator[tuple[str, ...]]:
    """Words of the command: those of examples, then the same with other last words, then with other first ones."""
    shown = _shown(checks)
    known = _known(trip, shown)
    yield from known
    text = trip.there.arguments[-1].type is ArgumentType.TEXT
    for words in known[:1]:
        others = _texts(brief, shown) if text else (*_numbers(brief), *near_word(words[-1]))
        yield from ((*words[:-1], other) for other in others)
    for words in known:
        for index, word in enumerate(words[:-1]):
            yield from ((*words[:index], near, *words[index + 1 :]) for near in islice(near_word(word), 2))


def _known(trip: _Trip, shown: Sequence[Step]) -> list[tuple[str, ...]]:
    """Words of the command that examples show to be right."""
    known = [step.argv[2:] for step in shown if step.argv[1] == trip.there.name]
    return known + [(*step.argv[2:-1], str(step.expect.stdout)) for step in shown if step.argv[1] == trip.back.name]


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
