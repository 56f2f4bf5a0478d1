"""Agreement: how many independent replies behave alike."""

from __future__ import annotations

from collections.abc import Sequence

from macrohard.company.jury.court import Court, Pick
from macrohard.truth import Check


def agreement_of(court: Court, option: Pick, options: Sequence[Pick], inputs: Sequence[Check], unit: int) -> float:
    """Mean over the inputs of the share of replies that behave like this one; 0 without inputs or replies."""
    weights = {other: times(court, other, unit) for other in options}
    if not inputs or not any(weights.values()):
        return 0.0
    shares = []
    for item in inputs:
        own = court.behaviour(option, item)
        alike = sum(weight for other, weight in weights.items() if court.behaviour(other, item) == own)
        shares.append(alike / sum(weights.values()))
    return sum(shares) / len(shares)


def alike_share(court: Court, option: Pick, options: Sequence[Pick], inputs: Sequence[Check], unit: int) -> float:
    """The share of replies that behave like this one on every input on which they do not crash; 0 without replies.

    A crash says nothing of what is right, so that a candidate and its guarded form are alike.
    """
    weights = {other: times(court, other, unit) for other in options}
    own = {item.id: court.behaviour(option, item) for item in inputs}
    alike = (
        weight
        for other, weight in weights.items()
        if all(court.behaviour(other, item) == own[item.id] or court.crashed(other, item) for item in inputs)
    )
    return sum(alike) / max(1, sum(weights.values()))


def times(court: Court, option: Pick, unit: int) -> int:
    """How many independent replies stand behind the candidate of a function; none behind one that was only guarded."""
    return court.candidates[unit][option[unit]].times
