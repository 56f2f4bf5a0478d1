"""What a check calls and how it ends, and for which clause it was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from macrohard.company.brief import Brief
from macrohard.company.users.roundtripping import walked
from macrohard.truth import PROGRAM, Check, Source, Step

RAISES = "raises "
"""What a call in Python prints before the name of the exception that it ends in."""


def called(brief: Brief, step: Step) -> Iterator[str]:
    """The commands or functions that a step calls; a program without commands has one with an empty name."""
    if step.argv[0] == PROGRAM:
        word = step.argv[1] if len(step.argv) > 1 else ""
        yield word if any(command.name == word for command in brief.commands) else ""
    else:
        yield from (item.name for item in brief.functions if f"import {item.name}\n" in step.argv[-1])
        yield from walked(step)


def left_out(brief: Brief, names: Sequence[str], checks: Sequence[Check]) -> list[str]:
    """Those of the commands or functions that no check calls in its last step."""
    calls = {name for check in checks for name in called(brief, check.steps[-1])}
    return [name for name in names if name not in calls]


def written_for(text: str, verified: Sequence[Check]) -> list[Check]:
    """The checks that were written for a clause, or approved as such."""
    return [check for check in verified if check.source is not Source.HOST and check.quotation == text]


def ends_well(check: Check) -> bool:
    """True for a check that shows a result, False for one that shows an error."""
    expect = check.steps[-1].expect
    return expect.exit_status == 0 and not (expect.stdout or "").startswith(RAISES)


def is_error(check: Check) -> bool:
    """True for a check that shows an error; one that takes any ending shows neither."""
    return check.steps[-1].expect.exit_status is not None and not ends_well(check)
