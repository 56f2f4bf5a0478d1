"""What the jury says of the program that it chose: what fails, what is disputed, what it will not vouch for."""

from __future__ import annotations

from collections.abc import Sequence

from macrohard.company.jury.agreement import agreement_of, times
from macrohard.company.jury.court import Court, Pick
from macrohard.truth import Check, Source
from macrohard.truth.check import Record

LEAST_SOUND = 2
LEAST_AGREEMENT = 0.6
"""Below either the jury abstains. First settings, to be fitted on labelled tasks."""


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


def describe(court: Court, pick: Pick) -> Choice:
    """The choice of this pick, with what speaks for it and against it."""
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
        ordinary = [check for check in mine if _is_ordinary(court, sound, check)]
        agreement[name] = round(agreement_of(court, pick, sound, ordinary, unit), 4)
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


def _is_ordinary(court: Court, sound: Sequence[Pick], check: Check) -> bool:
    """True for an input that some sound candidate does not refuse: it is easy to agree on errors and odd inputs."""
    odd = check.source is Source.HOST and check in court.checks
    return not odd and any(court.seen(option, check)[-1]["exit_status"] == 0 for option in sound)


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
