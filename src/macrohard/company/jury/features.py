"""Features: what speaks for and against the chosen candidate of a function, in the numbers a confidence is fitted on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from macrohard.company.jury.agreement import times
from macrohard.company.jury.court import Court, Pick
from macrohard.company.jury.hearing import Hearing
from macrohard.company.properties import is_told
from macrohard.company.users.roundtrips import is_round_trip
from macrohard.truth import PEOPLE, Check, Source

FEATURES = {
    "sound": "log-odds that a reply passes every example of a person",
    "judged": "logarithm of 1 + such sound replies",
    "alike": "log-odds that a sound reply behaves like the chosen one on every ordinary input",
    "agreement": "minus the logarithm of 1.02 - the share of sound replies that behave like it, mean over these inputs",
    "confirmed": "checks of the tester that it passes, less those that it fails",
    "properties": "properties that its description tells and that it has, less those that it lacks",
    "broken": "logarithm of 1 + examples of a person and round trips that it breaks",
    "shown": "logarithm of 1 + examples of a person and round trips that it passes",
    "inputs": "logarithm of 1 + ordinary inputs that were compared",
    "variety": "logarithm of 1 + different behaviours of the chosen one on the ordinary inputs",
    "likelihood": "mean logarithm of the probability that the model gave to its tokens",
}
"""Name -> what it is. Log-odds are of counts with one half added to each side. An ordinary input is one on which some
sound candidate shows a result; behaviour is exit status and output. What else was tried is in `docs/log.md`."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the replies for a function stand to the chosen one; each reply counts, also where several are the same program."""

    replies: int
    sound: int
    """Replies that pass every example of a person."""
    voices: int
    """Sound ones that behave like the chosen one on every ordinary input."""
    agreement: float
    """The share of sound ones that behave like it, mean over the ordinary inputs; 0 without any."""

    @property
    def alike(self) -> float:
        """The share of the sound ones that are voices; 0 without any."""
        return self.voices / max(1, self.sound)


def standing_of(court: Court, pick: Pick, hearing: Hearing, ordinary: Sequence[Check]) -> Standing:
    """Count them. Where the chosen one only has a guard against crashes, a reply that crashes does not differ from it."""
    weights = {option: times(court, option, hearing.unit) for option in hearing.sound}
    sound, guarded = sum(weights.values()), not times(court, pick, hearing.unit)

    def alike(option: Pick, check: Check) -> bool:
        same = court.behaviour(option, check) == court.behaviour(pick, check)
        return same or (guarded and bool(court.crashed(option, check)))

    same = {option: [alike(option, check) for check in ordinary] for option in weights}
    agreeing = sum(weights[option] * sum(row) for option, row in same.items())
    return Standing(
        replies=sum(times(court, option, hearing.unit) for option in hearing.options),
        sound=sound,
        voices=sum(weights[option] for option, row in same.items() if all(row)),
        agreement=agreeing / (sound * len(ordinary)) if sound and ordinary else 0.0,
    )


def features_of(
    court: Court, pick: Pick, hearing: Hearing, standing: Standing, ordinary: Sequence[Check]
) -> dict[str, float]:
    """The features of the chosen candidate of one function, all of `FEATURES`."""
    known = [check for check in hearing.checks if court.expects(check)]
    given = [court.failure(pick, check) for check in known if check.source in PEOPLE or is_round_trip(check)]
    broken = sum(map(bool, given))
    told = [court.failure(pick, check) for check in known if is_told(check)]
    written = (check for check in known if check.source is Source.TESTER)
    tester = [court.failure(pick, check) for check in written if not is_told(check) and not is_round_trip(check)]
    return {
        "sound": _log_odds(standing.sound, standing.replies - standing.sound),
        "judged": math.log1p(standing.sound),
        "alike": _log_odds(standing.voices, standing.sound - standing.voices),
        "agreement": -math.log(1.02 - standing.agreement),
        "confirmed": float(len(tester) - 2 * sum(map(bool, tester))),
        "properties": float(len(told) - 2 * sum(map(bool, told))),
        "broken": math.log1p(broken),
        "shown": math.log1p(len(given) - broken),
        "inputs": math.log1p(len(ordinary)),
        "variety": math.log1p(len({court.behaviour(pick, check) for check in ordinary})),
        "likelihood": court.candidates[hearing.unit][pick[hearing.unit]].log_probability or 0.0,
    }


def _log_odds(count: int, others: int) -> float:
    return math.log((count + 0.5) / (others + 0.5))
