"""What nobody told: the inputs that would part a function from the small changes of it that its checks let pass.

A change that lives asks for an input on which it shows. What is right there is not known to any check: whoever wants to be surer of
the function says it, as an example.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence

from macrohard.company.jury.court import Court, Pick
from macrohard.company.report import Untold
from macrohard.company.tester.inputs import call_of
from macrohard.truth import PROGRAM, Check
from macrohard.truth.standalone import settled
from macrohard.truth.syntax import Unreadable, is_encodable, parse, unparse

MOST_UNTOLD = 3
"""For one function: more would not be read."""
_CUT = re.compile(r"\d[\d.]{8,}|e[-+]\d")
"""A number of nine digits or more, which may have had further ones."""
_LONGEST = 100
"""Characters of an input with its result; longer ones ask too much of a reader."""


def untold(court: Court, original: Pick, living: Sequence[Pick], inputs: Sequence[Check]) -> tuple[Untold, ...]:
    """The fewest of these inputs, up to three, on which most of the living changes show, the one that shows most first."""
    asked = {check.id: item for check in inputs if (item := _asked(court, original, check))}
    shows = {check.id: _shown(court, original, living, check) for check in inputs if check.id in asked}
    found: list[Untold] = []
    while len(found) < MOST_UNTOLD and any(shows.values()):
        best = max(shows, key=lambda name: len(shows[name]))
        found.append(asked[best].model_copy(update={"notices": len(shows[best])}))
        shows = _without(shows, shows[best])
    return tuple(found)


def _shown(court: Court, original: Pick, living: Sequence[Pick], check: Check) -> frozenset[Pick]:
    return frozenset(other for other in living if court.differ(original, other, check))


def _without(shows: Mapping[str, frozenset[Pick]], known: frozenset[Pick]) -> dict[str, frozenset[Pick]]:
    return {name: found - known for name, found in shows.items()}


def _asked(court: Court, original: Pick, check: Check) -> Untold | None:
    """The input with its result; None where that is an error, takes several steps, is long, or cannot be said as it is shown."""
    (step, *more), (seen, *_) = check.steps, court.seen(original, check)
    if more or check.files or seen["exit_status"] != 0:
        return None
    is_call, gives = step.argv[0] != PROGRAM, settled(str(seen["stdout"]))
    given = call_of(step) if is_call else shlex.join(step.argv[1:])
    short = len(given) + len(step.stdin) + len(gives) <= _LONGEST
    sayable = short and is_encodable(given + step.stdin + gives) and (not is_call or _is_exact(gives))
    return Untold(given=given, stdin=step.stdin, gives=gives, notices=0) if sayable else None


def _is_exact(shown: str) -> bool:
    """Whether what is shown of a result is the result as Python writes it: not where floats are cut to nine digits, nor a tuple of
    one item or an empty set."""
    try:
        written = unparse(parse(shown))
    except Unreadable:
        return False
    return written == shown and "{}" not in shown and not _CUT.search(shown)
