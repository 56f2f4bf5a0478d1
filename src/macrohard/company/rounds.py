"""Rounds of writing: easy functions are settled by the first few candidates, hard ones get many more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from macrohard.company.confidence import confidence_in
from macrohard.company.jury import Choice
from macrohard.company.properties import is_property
from macrohard.truth import PEOPLE, Check, Source


class Need(IntEnum):
    """How badly a function needs more candidates."""

    NONE = 0
    CONFIRMATION = 1
    """Nothing speaks against it, but too few independent candidates speak for it."""
    REPAIR = 2
    """It breaks a check of the house, or one of the tester that nothing speaks against; or no check of the tester speaks
    for it, nor enough independent candidates."""
    IDEAS = 3
    """It breaks an example of a person, or the jury abstains about it."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round of writing, for the functions whose need is at least this."""

    share: float
    """How many candidates, as a share of those that are asked for."""
    temperature: float
    need: Need


ROUNDS = (
    Round(0.5, 0.8, Need.NONE),
    Round(0.5, 0.8, Need.CONFIRMATION),
    Round(1, 0.8, Need.REPAIR),
    Round(2, 0.9, Need.IDEAS),
    Round(2, 1.0, Need.IDEAS),
)
"""The first three like the replies that the confidence was fitted on; a little bolder each time after that."""


def needs(
    names: Sequence[str], choice: Choice, checks: Sequence[Check], last: Mapping[str, str], model_digest: str = ""
) -> dict[str | None, Need]:
    """The need of each function; `last` names the function in which a check ends. None stands for a check that ends in
    no single one. Where the model is calibrated, its probability alone tells whether a function is doubtful, and it gets as
    many candidates as the fit knew until it is not."""
    confidence = confidence_in(choice, model_digest)
    sure = set(names) - set(confidence.doubts()) if confidence else set(choice.confirmed)
    written = [check for check in checks if check.source is Source.TESTER and not is_property(check)]
    told = set() if confidence else {last.get(check.id) for check in written if check.id not in choice.failed}
    unsure = {name: Need.CONFIRMATION if name in told else Need.REPAIR for name in names if name not in sure}
    doubted = {} if confidence else dict.fromkeys(choice.doubtful, Need.IDEAS)
    found: dict[str | None, Need] = dict.fromkeys(names, Need.NONE)
    found.update(unsure)
    found.update(doubted)
    for check in checks:
        if check.id in choice.failed and check.id not in choice.disputed:
            given = check.source in PEOPLE
            name = last.get(check.id)
            found[name] = max(found.get(name, Need.NONE), Need.IDEAS if given else Need.REPAIR)
    return found
