"""What a check puts in, whatever it expects: two checks with the same inputs are the same case."""

from __future__ import annotations

import ast

from macrohard.company.syntax import Unreadable, parse, unparse
from macrohard.truth import PROGRAM, Check, Step

Inputs = tuple[object, ...]


def inputs_of_check(check: Check) -> Inputs:
    """Words and standard input of every step, files of the folder; of a call the call, however it was typed."""
    return tuple(map(_of_step, check.steps)), tuple(sorted(check.files))


def _of_step(step: Step) -> Inputs:
    if step.argv[0] == PROGRAM:
        return step.argv, step.stdin
    return _call(step.argv[-1]), step.stdin


def _call(code: str) -> str:
    """The call whose result the code of a check looks at; the code itself where there is none."""
    try:
        results = [node.value for node in ast.walk(parse(code)) if isinstance(node, ast.Assign) and _is_result(node)]
        return unparse(results[0]) if results else code
    except Unreadable:
        return code


def _is_result(node: ast.Assign) -> bool:
    return unparse(node.targets[0]) == "result"
