"""Splits: the inputs on which sound candidates part ways, so that an answer about them tells who is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from macrohard.company.inputs import inputs_of_check
from macrohard.company.jury.agreement import times
from macrohard.company.jury.court import Court, Pick
from macrohard.company.jury.hearing import hear
from macrohard.truth import Check

MOST_SPLITS = 3
"""Inputs of one function that are asked about."""
_LONGEST = 300
"""Characters of an input that is asked about: what a small model can still work out in its head."""


def splits(court: Court, pick: Pick, unit: int) -> list[Check]:
    """Up to three inputs on which the sound candidates of a function part most evenly, each in another way.

    Only probes: of any other check it is known what it expects.
    """
    hearing = hear(court, pick, unit)
    options, found = hearing.sound, dict[tuple[int, ...], tuple[float, Check]]()
    for check in (probe for probe in court.probes if court.names[unit] in court.units[probe.id]):
        if len(str(inputs_of_check(check))) > _LONGEST:
            continue
        ways = [court.behaviour(option, check) for option in options]
        pattern = tuple(map(ways.index, ways))
        spread = _spread(_weighed(court, options, ways, unit))
        if spread > found.get(pattern, (0.0, check))[0]:
            found[pattern] = spread, check
    best = sorted(found.values(), key=lambda entry: -entry[0])
    return [check for _, check in best[:MOST_SPLITS]]


def _weighed(court: Court, options: Sequence[Pick], ways: Sequence[object], unit: int) -> Counter[object]:
    counted: Counter[object] = Counter()
    for option, way in zip(options, ways, strict=True):
        counted[way] += times(court, option, unit)
    return counted


def _spread(groups: Counter[object]) -> float:
    """How likely two replies drawn at random behave differently (Gini impurity): 0 when all behave alike."""
    total = sum(groups.values())
    return 1 - sum((count / total) ** 2 for count in groups.values()) if total else 0.0
