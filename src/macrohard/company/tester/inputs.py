"""What a check puts in, whatever it expects: two checks with the same inputs are the same case."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from macrohard.truth import PROGRAM, Check, Step
from macrohard.truth.syntax import Unreadable, parse, unparse

Inputs = tuple[object, ...]


def inputs_of_check(check: Check) -> Inputs:
    """Words and standard input of every step, files of the folder; of a call the call, however it was typed."""
    return inputs_of(check.steps, check.files)


def inputs_of(steps: Sequence[Step], files: Mapping[str, str]) -> Inputs:
    """The same of steps in a folder with these files."""
    return tuple(map(_of_step, steps)), tuple(sorted(files.items()))


def _of_step(step: Step) -> Inputs:
    return step.argv if step.argv[0] == PROGRAM else call_of(step), step.stdin


def call_of(step: Step) -> str:
    """The call whose result the code of a step looks at; the code itself where there is none."""
    code = step.argv[-1]
    try:
        call = result_call(parse(code))
        return unparse(call) if call else code
    except Unreadable:
        return code


def result_call(tree: ast.Module) -> ast.Call | None:
    """The call whose result the code of a check looks at: `result = CALL`."""
    assigned = (node for node in ast.walk(tree) if isinstance(node, ast.Assign))
    calls = (node.value for node in assigned if ast.unparse(node.targets[0]) == "result")
    return next((call for call in calls if isinstance(call, ast.Call)), None)
