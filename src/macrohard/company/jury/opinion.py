"""What the jury says of the program that it chose: what fails, what is disputed, what it will not vouch for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field

from macrohard.company.jury.agreement import agreement_of, times
from macrohard.company.jury.court import Court, Pick
from macrohard.company.jury.features import features_of, standing_of
from macrohard.company.jury.hearing import hear, passes
from macrohard.company.jury.mutants import Killed
from macrohard.company.properties import is_property
from macrohard.company.users.roundtrips import is_round_trip
from macrohard.truth import Check, Source
from macrohard.truth.check import Record

LEAST_VOICES = 3
LEAST_AGREEMENT = 0.6
"""Below either the jury abstains. First settings, to be fitted on labelled tasks. Two replies that pass the examples can
share a mistake, as those for `slugify` did in two runs."""
_STRONG_SHARE = 0.6
_STRONG_INPUTS = 5
"""From these on independent candidates confirm a function: the share of the sound ones that behave like it on every
ordinary input, and inputs that none of them was shown. First settings, to be fitted on labelled tasks."""


class Choice(Record):
    """One candidate for each function, and what speaks for the program they make."""

    pick: tuple[int, ...]
    failed: dict[str, str]
    """Check id -> what the program breaks of it."""
    disputed: dict[str, str]
    """Checks of the tester that fail, while most candidates that pass all given examples agree with the program."""
    agreement: dict[str, float]
    """Function -> on the mean of the inputs that show a result, the share of sound replies that behave like the chosen
    one. Sound are those that pass every example of a person; only those count that crash on no odd input, if any."""
    doubtful: dict[str, str]
    """Functions about which the jury abstains, each with the reason as a sentence."""
    crashes: dict[str, str]
    """Function -> the input and the end of the traceback, for repair; never of a check that engineers must not see."""
    confirmed: tuple[str, ...] = ()
    """Functions on which independent candidates agree strongly, on enough inputs that none of them was shown."""
    features: dict[str, dict[str, float]] = Field(default_factory=dict)
    """Function -> what speaks for and against it, as `FEATURES` says."""
    killed: dict[str, Killed] = Field(default_factory=dict)
    """Function -> how many small changes of it its checks notice; empty until that was tried."""


def describe(court: Court, pick: Pick) -> Choice:
    """The choice of this pick, with what speaks for it and against it."""
    court.run([pick], court.checks)
    failed = {check.id: broken for check in court.checks if (broken := court.failure(pick, check))}
    opinions = [_opinion(court, pick, unit) for unit in range(len(court.names))]
    return Choice(
        pick=pick,
        failed=failed,
        disputed={check: failed[check] for opinion in opinions for check in opinion.disputed},
        agreement={opinion.name: opinion.agreement for opinion in opinions},
        doubtful={opinion.name: opinion.doubt for opinion in opinions if opinion.doubt},
        crashes={opinion.name: opinion.crash for opinion in opinions if opinion.crash},
        confirmed=tuple(opinion.name for opinion in opinions if opinion.strong),
        features={opinion.name: opinion.features for opinion in opinions},
    )


@dataclass(frozen=True, slots=True)
class _Opinion:
    """Of one function."""

    name: str
    agreement: float
    doubt: str
    strong: bool
    crash: str
    disputed: tuple[str, ...]
    features: dict[str, float]


def _opinion(court: Court, pick: Pick, unit: int) -> _Opinion:
    name = court.names[unit]
    hearing = hear(court, pick, unit)
    mine, sound = hearing.checks, hearing.sound
    speaking = [option for option in sound if times(court, option, unit)]
    careful = [option for option in speaking if passes(court, option, mine, {Source.HOST})] or speaking or [pick]
    ordinary = [check for check in mine if any(_shows_result(court, option, check) for option in [pick, *sound])]
    unseen = [check for check in ordinary if check.source in {Source.HOST, Source.TESTER}]
    agreement = round(agreement_of(court, pick, careful, ordinary, unit), 4)
    standing = standing_of(court, pick, hearing, ordinary)
    strong = standing.voices >= LEAST_VOICES and standing.alike >= _STRONG_SHARE
    return _Opinion(
        name=name,
        agreement=agreement,
        doubt=_doubt(standing.sound, standing.voices, agreement),
        strong=strong and len(unseen) >= _STRONG_INPUTS,
        crash=next((crash for check in mine if (crash := _crash(court, pick, check))), ""),
        disputed=tuple(check.id for check in mine if _contested(court, pick, sound, check, unit)),
        features=features_of(court, pick, hearing, standing, ordinary),
    )


def _shows_result(court: Court, option: Pick, check: Check) -> bool:
    """True where the program neither refuses the input nor is tried with an odd one: it is easy to agree on errors, and
    on a round trip or a property, which show only whether they hold."""
    if _is_of_itself(check) or (check.source is Source.HOST and court.expects(check)):
        return False
    last = court.seen(option, check)[-1]
    return last["exit_status"] == 0 and not str(last["stdout"]).startswith("raises ")


def _is_of_itself(check: Check) -> bool:
    """A check in which no model has a say."""
    return is_round_trip(check) or is_property(check)


def _crash(court: Court, pick: Pick, check: Check) -> str:
    """How the program crashes on a check that its engineers may see, for repair; '' when it does not."""
    hidden = check.source is Source.TESTER or not court.expects(check)
    return "" if hidden or not court.failure(pick, check) else court.crashed(pick, check)


def _doubt(sound: int, voices: int, agreement: float) -> str:
    """Why the jury abstains about a function, or ''."""
    if not sound:
        return "None of its independent candidates passes the given examples."
    if agreement < LEAST_AGREEMENT:
        return f"Its independent candidates agree with it on {agreement:.0%} of the inputs that were tried."
    if voices < LEAST_VOICES:
        return f"Too few of its independent candidates behave like it on every ordinary input: {voices}."
    return ""


def _contested(court: Court, pick: Pick, sound: Sequence[Pick], check: Check, unit: int) -> bool:
    """True for a check of the tester that fails while at least two thirds, and at least three, of the sound replies
    behave like the chosen one; never for one in which no model has a say."""
    if check.source is not Source.TESTER or _is_of_itself(check) or not court.failure(pick, check):
        return False
    own = court.behaviour(pick, check)
    alike = sum(times(court, option, unit) for option in sound if court.behaviour(option, check) == own)
    return alike >= 3 and alike * 3 >= 2 * sum(times(court, option, unit) for option in sound)
