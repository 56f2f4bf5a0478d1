"""Choosing one candidate for each function.

Checks count in the order user, request, round trips, tester: a candidate that passes more of the examples that a person
gave always wins, then one that is undone by the function that mirrors it. Among equals a score decides, in which no single
generated check can veto.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Sequence

from macrohard.company.engineers.promise import broken_promises
from macrohard.company.jury.agreement import agreement_of, alike_share
from macrohard.company.jury.court import Court, Pick
from macrohard.company.jury.opinion import Choice, describe
from macrohard.company.properties import is_told
from macrohard.company.users.roundtrips import is_round_trip
from macrohard.truth import Check, Source

TESTER_WEIGHT = 0.6
"""Log-odds for each check of the tester that passes. A first setting, to be fitted on labelled tasks."""
ALIKE_WEIGHT = 2.0
"""For the share of candidates that behave like it on every input. A first setting, to be fitted on labelled tasks."""
HOUSE_WEIGHT = 1.0
"""For a function that crashes on no odd input. No more, because a crash can be mended and a wrong result cannot."""
AGREEMENT_WEIGHT = 3.0
"""For the share of candidates that behave alike on the probes. A first setting, to be fitted on labelled tasks."""
PROPERTY_WEIGHT = 2.0
"""For each property that its description tells and that it has, in log-odds. A first setting: of the candidates of the fitting set that lack
one nearly all are wrong (`docs/log.md`)."""
_JOINT_TRIES = 48
"""Programs mixed at random when choosing function by function leaves an example broken."""

Score = tuple[int, int, int, float, int, float]
"""Checks passed of the user, of the request; round trips; then the tester, the house and agreement; how many promises of its
docstring it breaks; then how likely the model found its reply."""


def choose(court: Court) -> Choice:
    """The best program that can be made of the candidates; every function needs at least one."""
    pick = _first(court)
    for _ in range(2 if len(court.names) > 1 else 1):
        before = pick
        for unit in range(len(court.names)):
            pick = _best_for(court, pick, unit)
        if pick == before and not any(_broken(court, pick)):
            break
    if any(_broken(court, pick)) and len(court.names) > 1:
        pick = _joint(court, pick)
    return describe(court, pick)


def _first(court: Court) -> Pick:
    """The draft of the whole program that breaks the fewest examples; without drafts the first candidates."""
    common = set.intersection(*({n for item in items for n in item.drafts} for items in court.candidates))
    drafts = [draft for number in sorted(common) if (draft := court.draft(number))]
    court.run(drafts, [check for check in court.checks if check.source is not Source.TESTER])
    return min([*drafts, tuple(0 for _ in court.names)], key=lambda pick: _broken(court, pick))


def _best_for(court: Court, pick: Pick, unit: int) -> Pick:
    """The pick with the best candidate for one function, the others as they are."""
    name = court.names[unit]
    options = [(*pick[:unit], index, *pick[unit + 1 :]) for index in range(len(court.candidates[unit]))]
    checks = [check for check in court.checks if name in court.units[check.id]]
    probes = [probe for probe in court.probes if name in court.units[probe.id]]
    court.run(options, [*checks, *probes])
    # Ties keep the candidate that stood before, so that choosing twice ends.
    return max(options, key=lambda option: (_score(court, option, options, checks, probes, unit), option == pick))


def _score(
    court: Court, option: Pick, options: Sequence[Pick], checks: Sequence[Check], probes: Sequence[Check], unit: int
) -> Score:
    good = [check for check in checks if not court.failure(option, check)]
    held, back = sum(map(is_told, good)), sum(map(is_round_trip, good))
    passed = Counter(check.source for check in good if not is_told(check) and not is_round_trip(check))
    agreement = agreement_of(court, option, options, [*probes, *checks], unit)
    crashes = sum(bool(court.crashed(option, probe)) for probe in probes)
    soft = TESTER_WEIGHT * passed[Source.TESTER] + HOUSE_WEIGHT * passed[Source.HOST] + AGREEMENT_WEIGHT * agreement
    soft += PROPERTY_WEIGHT * held - crashes / max(1, len(probes))
    soft += ALIKE_WEIGHT * alike_share(court, option, options, [*probes, *checks], unit)
    candidate = court.candidates[unit][option[unit]]
    kept = -len(broken_promises(candidate.source))
    return passed[Source.USER], passed[Source.REQUEST], back, round(soft, 6), kept, candidate.log_probability or 0.0


def _broken(court: Court, pick: Pick) -> tuple[int, int, int]:
    """How many checks of the user, of the request and of the house the program breaks: they count in this order."""
    given = [check for check in court.checks if check.source is not Source.TESTER]
    court.run([pick], given)
    broken = Counter(check.source for check in given if court.failure(pick, check))
    return broken[Source.USER], broken[Source.REQUEST], broken[Source.HOST]


def _joint(court: Court, pick: Pick) -> Pick:
    """The best of some programs mixed at random, where functions only work together with certain others."""
    sizes = [range(len(candidates)) for candidates in court.candidates]
    every = 1
    for size in sizes:
        every *= len(size)
    drawn = random.Random(0)
    mixes = (
        list(itertools.product(*sizes))
        if every <= _JOINT_TRIES
        else [tuple(drawn.choice(size) for size in sizes) for _ in range(_JOINT_TRIES)]
    )
    return min([pick, *mixes], key=lambda mix: _broken(court, mix))
