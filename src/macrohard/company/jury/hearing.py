"""The hearing of one function: its candidates in the chosen program, the checks that run through it, and who is sound."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from macrohard.company.jury.court import Court, Pick
from macrohard.truth import PEOPLE, Check, Source


@dataclass(frozen=True, slots=True)
class Hearing:
    """What the jury looks at to form an opinion; every option was run on every check."""

    unit: int
    """Index of the function."""
    options: Sequence[Pick]
    """For each candidate of the function a program with it: the chosen one, or its own draft (see `hear`)."""
    checks: Sequence[Check]
    """Checks and probes that run through it."""
    sound: Sequence[Pick]
    """The options that pass every example of a person."""


def hear(court: Court, pick: Pick, unit: int) -> Hearing:
    """Run what is missing and sort the candidates of a function.

    Each is heard in the chosen program. One that breaks an example of a person there, but stood in a draft of the whole
    program that breaks none, is heard in that draft: it may only store things otherwise than the chosen functions read
    them, which is no mistake.
    """
    name = court.names[unit]
    options = [(*pick[:unit], index, *pick[unit + 1 :]) for index in range(len(court.candidates[unit]))]
    mine = [check for check in [*court.checks, *court.probes] if name in court.units[check.id]]
    court.run(options, mine)
    given = [check for check in mine if check.source in PEOPLE]
    drafts = [_drafts(court, option, unit, given) for option in options]
    court.run([draft for found in drafts for draft in found], given)
    options = [
        next((draft for draft in found if passes(court, draft, given, PEOPLE)), option)
        for option, found in zip(options, drafts, strict=True)
    ]
    court.run(options, mine)
    sound = [option for option in options if passes(court, option, mine, PEOPLE)]
    return Hearing(unit, options, mine, sound)


def _drafts(court: Court, option: Pick, unit: int, given: Sequence[Check]) -> list[Pick]:
    """The drafts of the whole program in which a candidate stood; none for one that breaks no example as it is."""
    if passes(court, option, given, PEOPLE):
        return []
    numbers = court.candidates[unit][option[unit]].drafts
    return [draft for number in numbers if (draft := court.draft(number))]


def passes(court: Court, option: Pick, checks: Sequence[Check], sources: AbstractSet[Source]) -> bool:
    """True when the program passes the checks of these sources; a probe expects nothing."""
    return not any(
        check.source in sources and court.expects(check) and court.failure(option, check) for check in checks
    )
