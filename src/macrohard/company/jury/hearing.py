"""The hearing of one function: its candidates in the chosen program, the checks that run through it, and who is sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from macrohard.company.jury.court import Court, Pick
from macrohard.truth import Check, Source


@dataclass(frozen=True, slots=True)
class Hearing:
    """What the jury looks at to form an opinion; every option was run on every check."""

    unit: int
    """Index of the function."""
    options: Sequence[Pick]
    """The chosen program with each candidate of the function in turn."""
    checks: Sequence[Check]
    """Checks and probes that run through it."""
    sound: Sequence[Pick]
    """The options that pass every example of a person."""


def hear(court: Court, pick: Pick, unit: int) -> Hearing:
    """Run what is missing and sort the candidates of a function."""
    name = court.names[unit]
    options = [(*pick[:unit], index, *pick[unit + 1 :]) for index in range(len(court.candidates[unit]))]
    mine = [check for check in [*court.checks, *court.probes] if name in court.units[check.id]]
    court.run(options, mine)
    sound = [option for option in options if passes(court, option, mine, {Source.USER, Source.REQUEST})]
    return Hearing(unit, options, mine, sound)


def passes(court: Court, option: Pick, checks: Sequence[Check], sources: set[Source]) -> bool:
    """True when the program passes the checks of these sources; a probe expects nothing."""
    return not any(
        check.source in sources and court.expects(check) and court.failure(option, check) for check in checks
    )
