"""Guards: what a function cannot work out becomes an error with a message instead of a traceback.

A crash on an odd input is mended without asking the model: the body is put into a `try` that turns what Python raises
for a missing key, a wrong type or a division by zero into ValueError, as people write it too. Such a candidate is one
more for the jury; on inputs where others show a result it speaks against itself by refusing them.
"""

from __future__ import annotations

import ast

from macrohard.company.engineers.engineering import Candidate
from macrohard.truth.syntax import Unreadable, parse, unparse

_GUARD = """
try:
    pass
except (ArithmeticError, AttributeError, LookupError, TypeError) as problem:
    raise ValueError(f"this input cannot be used ({problem})") from problem
"""


def guarded(candidate: Candidate) -> Candidate | None:
    """The candidate with a guard around its body; None where there is none to put it around, or one already.

    No further independent reply stands behind it, so it has no voice of its own.
    """
    try:
        tree = parse(candidate.source)
    except Unreadable:
        return None
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == candidate.function]
    if not found or _is_generator(found[-1]) or _is_guarded(found[-1]):
        return None
    target = found[-1]
    (guard,) = parse(_GUARD).body
    assert isinstance(guard, ast.Try)  # it is written above
    start = 1 if ast.get_docstring(target) is not None else 0
    guard.body = target.body[start:] or [ast.Pass()]
    target.body = [*target.body[:start], guard]
    return candidate.model_copy(update={"source": unparse(ast.fix_missing_locations(tree)), "times": 0})


def _is_generator(function: ast.FunctionDef) -> bool:
    return any(isinstance(node, ast.Yield | ast.YieldFrom) for node in ast.walk(function))


def _is_guarded(function: ast.FunctionDef) -> bool:
    return "this input cannot be used" in ast.unparse(function)
