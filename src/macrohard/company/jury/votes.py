"""Votes: what the tester says about inputs on which sound candidates part ways, held against what a program does."""

from __future__ import annotations

from macrohard.company.jury.court import Court, Pick
from macrohard.company.syntax import Unreadable, literal
from macrohard.company.trial import Seen
from macrohard.truth.standalone import settled

_REFUSALS = ("raises ", "error")


def votes_for(court: Court, option: Pick, unit: int) -> tuple[int, int]:
    """How many of the votes on a function say what this program does, and how many there are.

    The program must have been run on the inputs that were voted on.
    """
    name = court.names[unit]
    mine = [probe for probe in court.probes if probe.id in court.votes and name in court.units[probe.id]]
    said = [(probe, text) for probe in mine for text in court.votes[probe.id]]
    return sum(says(text, court.seen(option, probe)[-1]) for probe, text in said), len(said)


def says(text: str, seen: Seen) -> bool:
    """Whether a reply tells what was seen: the same value or text, or a refusal of whatever kind."""
    told, shown = text.strip(), settled(str(seen["stdout"]))
    if seen["exit_status"] != 0 or shown.startswith("raises "):
        return told.lower().startswith(_REFUSALS)
    return told.strip("'\"`") == shown.strip("'\"`") or _value(told) == _value(shown)


def _value(text: str) -> object:
    try:
        return literal(text)
    except Unreadable:
        return text
