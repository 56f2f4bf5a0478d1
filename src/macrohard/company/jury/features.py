"""Features: what speaks for and against the chosen candidate of a function, in the numbers a confidence is fitted on."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from macrohard.company.jury.agreement import times
from macrohard.company.jury.court import Court, Pick
from macrohard.company.jury.hearing import Hearing
from macrohard.truth import Check, Source

FEATURES = {
    "sound": "share of the replies that pass every example of a person",
    "voices": "logarithm of 1 + sound replies that behave like the chosen one on every ordinary input",
    "alike": "share of the sound replies that behave like the chosen one on every ordinary input",
    "rival": "share of the sound replies in the largest group that behaves otherwise than the chosen one",
    "agreement": "share of the sound replies that behave like it, mean over the ordinary inputs",
    "least": "share of the sound replies that behave like it on the ordinary input on which fewest do",
    "groups": "logarithm of the number of ways in which sound replies behave",
    "inputs": "logarithm of 1 + ordinary inputs that were compared",
    "examples": "logarithm of 1 + examples of a person that it passes",
    "broken": "logarithm of 1 + examples of a person that it breaks",
    "confirmed": "checks of the tester that it passes, of all that it has; 0.5 without any",
    "checks": "logarithm of 1 + checks of the tester",
    "crashes": "share of the probes on which it ends in a traceback",
    "likelihood": "mean logarithm of the probability that the model gave to its tokens",
    "length": "logarithm of the number of characters of its source",
    "repaired": "times a crash in it was mended",
}
"""Name -> what it is. An ordinary input is one on which some sound candidate shows a result; behaviour is exit status
and output."""


def features_of(court: Court, pick: Pick, hearing: Hearing, ordinary: Sequence[Check]) -> dict[str, float]:
    """The features of the chosen candidate of one function, all of `FEATURES`."""
    unit, chosen = hearing.unit, court.candidates[hearing.unit][pick[hearing.unit]]
    probes = [check for check in hearing.checks if not court.expects(check)]
    crashes = sum(bool(court.crashed(pick, probe)) for probe in probes)
    every = sum(times(court, option, unit) for option in hearing.options)
    sound = sum(times(court, option, unit) for option in hearing.sound)
    return {
        "sound": sound / every,
        **_alike(court, pick, hearing, ordinary, max(1, sound)),
        **_passed(court, pick, hearing),
        "crashes": crashes / max(1, len(probes)),
        "likelihood": chosen.log_probability or 0.0,
        "length": math.log(len(chosen.source)),
        "repaired": float(chosen.repaired),
    }


def _alike(court: Court, pick: Pick, hearing: Hearing, ordinary: Sequence[Check], sound: int) -> dict[str, float]:
    """How the sound candidates compare with the chosen one."""
    weights = {option: times(court, option, hearing.unit) for option in hearing.sound}
    ways = {option: tuple(court.behaviour(option, check) for check in ordinary) for option in {*weights, pick}}
    same = [
        sum(weight for option, weight in weights.items() if ways[option][index] == ways[pick][index]) / sound
        for index in range(len(ordinary))
    ]
    groups: Counter[object] = Counter()
    for option, weight in weights.items():
        groups[ways[option]] += weight
    voices = groups.pop(ways[pick], 0)
    return {
        "voices": math.log1p(voices),
        "alike": voices / sound,
        "rival": max(groups.values(), default=0) / sound,
        "agreement": sum(same) / len(same) if same else 0.0,
        "least": min(same, default=0.0),
        "groups": math.log(max(1, len(groups) + (voices > 0))),
        "inputs": math.log1p(len(ordinary)),
    }


def _passed(court: Court, pick: Pick, hearing: Hearing) -> dict[str, float]:
    """How the chosen one does on the checks of people and of the tester."""
    known = [check for check in hearing.checks if court.expects(check)]
    given = [not court.failure(pick, check) for check in known if check.source in {Source.USER, Source.REQUEST}]
    tester = [not court.failure(pick, check) for check in known if check.source is Source.TESTER]
    return {
        "examples": math.log1p(sum(given)),
        "broken": math.log1p(len(given) - sum(given)),
        "confirmed": sum(tester) / len(tester) if tester else 0.5,
        "checks": math.log1p(len(tester)),
    }
