"""Copies: cases of the tester that expect the very text which an example shows for other inputs.

A small model likes to repeat what it was shown instead of working it out, and then confirms itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from macrohard.company.brief import Brief
from macrohard.company.inputs import call_of, inputs_of_check
from macrohard.truth import PROGRAM, Check

_SHORTEST = 4
"""Characters. Of shorter results there are few, so that two inputs may well share one."""
_FEW = {"True", "False", "None"}


def is_copy(brief: Brief, case: Check, examples: Sequence[Check]) -> bool:
    """True where an example of the same command or function has the same long result for other inputs."""
    told = case.steps[-1].expect.stdout
    if told is None or len(told) < _SHORTEST or told in _FEW or told.startswith("raises "):
        return False
    return any(
        known.steps[-1].expect.stdout == told
        and _part(brief, known) == _part(brief, case)
        and inputs_of_check(known) != inputs_of_check(case)
        for known in examples
    )


def _part(brief: Brief, check: Check) -> str:
    """The command or function that the last step calls."""
    step = check.steps[-1]
    if step.argv[0] != PROGRAM:
        return call_of(step).partition("(")[0]
    named = any(command.name for command in brief.commands)
    return step.argv[1] if named and len(step.argv) > 1 else ""
