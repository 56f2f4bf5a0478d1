"""What nobody told: the inputs that would part a function from the small changes of it that its checks let pass.

A change that lives asks for an input on which it shows. What is right there is not known to any check: whoever wants to be surer of
the function says it, as an example.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence

from macrohard.company.inputs import call_of
from macrohard.company.jury.court import Court, Pick
from macrohard.company.report import Untold
from macrohard.truth import PROGRAM, Check
from macrohard.truth.standalone import settled

MOST_UNTOLD = 3
"""For one function: more would not be read."""
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
    own = court.behaviour(original, check)
    return frozenset(other for other in living if court.behaviour(other, check) != own)


def _without(shows: Mapping[str, frozenset[Pick]], known: frozenset[Pick]) -> dict[str, frozenset[Pick]]:
    return {name: found - known for name, found in shows.items()}


def _asked(court: Court, original: Pick, check: Check) -> Untold | None:
    """The input with its result; None where that is an error, takes several steps or is long."""
    (step, *more), (seen, *_) = check.steps, court.seen(original, check)
    if more or check.files or seen["exit_status"] != 0:
        return None
    given = shlex.join(step.argv[1:]) if step.argv[0] == PROGRAM else call_of(step)
    gives = settled(str(seen["stdout"]))
    short = len(given) + len(step.stdin or "") + len(gives) <= _LONGEST
    return Untold(given=given, stdin=step.stdin or "", gives=gives, notices=0) if short else None
