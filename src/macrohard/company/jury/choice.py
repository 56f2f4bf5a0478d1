"""Choosing one candidate for each function.

Checks count in the order user, request, tester: a candidate that passes more of the examples that a person gave
always wins. Among equals a score decides, in which no single generated check can veto.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Sequence

from macrohard.company.jury.court import Court, Pick
from macrohard.truth import Check, Source
from macrohard.truth.check import Record

TESTER_WEIGHT = 0.6
"""Log-odds for each check of the tester that passes: such checks of a small model are right in about 65 %."""
AGREEMENT_WEIGHT = 3.0
"""For the share of candidates that behave alike on the probes. A first setting, to be fitted on labelled tasks."""
LEAST_SOUND = 2
LEAST_AGREEMENT = 0.6
"""Below either the jury abstains. First settings, to be fitted on labelled tasks."""
_JOINT_TRIES = 48
"""Programs mixed at random when choosing function by function leaves an example broken."""

Score = tuple[int, int, int, float, float]
"""Checks passed of the user, of the request, of the house (it does not crash); then agreement and the tester; then how likely the model found its reply."""


class Choice(Record):
    """One candidate for each function, and what speaks for the program they make."""

    pick: tuple[int, ...]
    failed: dict[str, str]
    """Check id -> what the program breaks of it."""
    disputed: dict[str, str]
    """Checks of the tester that fail, while most candidates that pass all given examples agree with the program."""
    agreement: dict[str, float]
    """Function -> on the mean of all inputs, the share of sound replies that behave like the chosen one. Sound are
    those that pass every example of a person."""
    doubtful: dict[str, str]
    """Functions about which the jury abstains, each with the reason as a sentence."""
    crashes: dict[str, str]
    """Function -> the end of a traceback, for repair."""


def choose(court: Court) -> Choice:
    """The best program that can be made of the candidates; every function needs at least one."""
    pick = _first(court)
    for _ in range(2 if len(court.names) > 1 else 1):
        before = pick
        for unit in range(len(court.names)):
            pick = _best_for(court, pick, unit)
        if pick == before and not _broken(court, pick):
            break
    if _broken(court, pick) and len(court.names) > 1:
        pick = _joint(court, pick)
    return _describe(court, pick)


def _first(court: Court) -> Pick:
    """The draft of the whole program that breaks the fewest examples; without drafts the first candidates."""
    common = set.intersection(*({n for item in items for n in item.drafts} for items in court.candidates))
    drafts = [
        tuple(next(i for i, item in enumerate(items) if number in item.drafts) for items in court.candidates)
        for number in sorted(common)
    ]
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
    passed = Counter(check.source for check in checks if not court.failure(option, check))
    agreement = _agreement(court, option, options, [*probes, *checks], unit)
    crashes = sum(bool(court.crashed(option, probe)) for probe in probes)
    soft = TESTER_WEIGHT * passed[Source.TESTER] + AGREEMENT_WEIGHT * agreement - crashes / max(1, len(probes))
    likely = court.candidates[unit][option[unit]].log_probability or 0.0
    return passed[Source.USER], passed[Source.REQUEST], passed[Source.HOST], round(soft, 6), likely


def _agreement(court: Court, option: Pick, options: Sequence[Pick], inputs: Sequence[Check], unit: int) -> float:
    """Mean over the inputs of the share of replies that behave like this one."""
    if not inputs:
        return 0.0
    shares = []
    weights = {other: times(court, other, unit) for other in options}
    for item in inputs:
        own = court.behaviour(option, item)
        alike = sum(weight for other, weight in weights.items() if court.behaviour(other, item) == own)
        shares.append(alike / sum(weights.values()))
    return sum(shares) / len(shares)


def times(court: Court, option: Pick, unit: int) -> int:
    """How many independent replies stand behind the candidate of a function."""
    return court.candidates[unit][option[unit]].times


def _broken(court: Court, pick: Pick) -> int:
    """How many examples of people the program breaks."""
    given = [check for check in court.checks if check.source is not Source.TESTER]
    court.run([pick], given)
    return sum(bool(court.failure(pick, check)) for check in given)


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


def _describe(court: Court, pick: Pick) -> Choice:
    court.run([pick], court.checks)
    failed = {check.id: broken for check in court.checks if (broken := court.failure(pick, check))}
    disputed: dict[str, str] = {}
    agreement: dict[str, float] = {}
    crashes: dict[str, str] = {}
    doubtful: dict[str, str] = {}
    for unit, name in enumerate(court.names):
        options = [(*pick[:unit], index, *pick[unit + 1 :]) for index in range(len(court.candidates[unit]))]
        mine = [check for check in [*court.checks, *court.probes] if name in court.units[check.id]]
        court.run(options, mine)
        sound = _sound(court, options, mine) or [pick]
        agreement[name] = round(_agreement(court, pick, sound, mine, unit), 4)
        if reason := _doubt(sum(times(court, option, unit) for option in sound), agreement[name]):
            doubtful[name] = reason
        for check in mine:
            crash = court.crashed(pick, check)
            if crash and check.id in failed:
                crashes.setdefault(name, crash)
            if check.source is Source.TESTER and check.id in failed and _contested(court, pick, sound, check, unit):
                disputed[check.id] = failed[check.id]
    return Choice(pick=pick, failed=failed, disputed=disputed, agreement=agreement, doubtful=doubtful, crashes=crashes)


def _sound(court: Court, options: Sequence[Pick], checks: Sequence[Check]) -> list[Pick]:
    """Programs that pass everything that people gave, and crash on no odd input where there are enough of those."""
    given = [check for check in checks if check.source in {Source.USER, Source.REQUEST}]
    odd = [check for check in checks if check.source is Source.HOST and check in court.checks]
    passing = [option for option in options if not any(court.failure(option, check) for check in given)]
    careful = [option for option in passing if not any(court.failure(option, check) for check in odd)]
    return careful if len(careful) >= LEAST_SOUND else passing


def _doubt(sound: int, agreement: float) -> str:
    """Why the jury abstains about a function, or ''."""
    if sound < LEAST_SOUND:
        return f"Only {sound} of its independent candidates passes the given examples, so nothing confirms it."
    if agreement < LEAST_AGREEMENT:
        return f"Its independent candidates agree with it on {agreement:.0%} of the inputs that were tried."
    return ""


def _contested(court: Court, pick: Pick, sound: Sequence[Pick], check: Check, unit: int) -> bool:
    """True when at least two thirds, and at least three, of the sound replies behave like the chosen one."""
    own = court.behaviour(pick, check)
    alike = sum(times(court, option, unit) for option in sound if court.behaviour(option, check) == own)
    return alike >= 3 and alike * 3 >= 2 * sum(times(court, option, unit) for option in sound)
