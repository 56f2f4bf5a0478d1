"""The beginning: the tester writes its checks while the engineers write their first candidates.

Neither sees what the other writes. Together they fill the batch of the model, which draws many replies in hardly more time
than a few.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from pydantic import Field

from macrohard.company.engineers.engineering import Candidate
from macrohard.company.tester.department import Written
from macrohard.models.parallel import each
from macrohard.truth.check import Record


class Begun(Record):
    """What both wrote."""

    written: Written
    candidates: list[list[Candidate]] = Field(default=[])
    """For each function; none where the engineers must wait for a review."""


def begin(tester: Callable[[], Written], engineers: Callable[[], list[list[Candidate]]]) -> Begun:
    """Let both work at once."""
    works: tuple[Callable[[], object], ...] = (tester, engineers)
    written, candidates = each(lambda work: work(), works)
    return Begun(written=cast(Written, written), candidates=cast(list[list[Candidate]], candidates))
