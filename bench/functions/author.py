"""Further hidden tests of a task: its author's own solution, on inputs like those of its asserts or examples.

Three asserts leave many wrong functions alive, and what is fitted on them believes too much; HumanEval+ and MBPP+ were made for
that reason, by the same means (Liu et al., 2023). An input on which the author's function fails, or gives a value of a type that
no assert shows, tells nothing and is left out. So is a task whose author's solution is not to be trusted (`distrusted.py`).
"""

from __future__ import annotations

import ast
import copy
import random
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from bench.functions.distrusted import DISTRUSTED
from bench.functions.shapes import Arguments
from bench.functions.varied import varied
from macrohard.truth.syntax import Unreadable, literal, parse, written

INPUTS = 60
"""For each task."""
SEED = 0

_COMPARE = '''
import ast, math, signal

def _same(one, other):
    if isinstance(one, float) or isinstance(other, float):
        try:
            return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-6) or (one != one and other != other)
        except (TypeError, OverflowError):
            return False
    if isinstance(one, (list, tuple)) and type(one) is type(other):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    return bool(one == other)

def _shown(function, given):
    """What the left side of the asserts is, with this function called on this input; a generator as a list."""
    signal.setitimer(signal.ITIMER_PROF, 1)
    try:
        found = _left(function, ast.literal_eval(given))
        return list(found) if hasattr(found, "__next__") else found
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)

def _late(*_):
    raise TimeoutError

signal.signal(signal.SIGPROF, _late)
_mine, _author = {name}, {{"__name__": "author"}}
exec(compile({solution!r}, "author.py", "exec"), _author)

def _left(_function, _given):
    return {left}

_kinds = {{type(_shown(_author[{name!r}], given)) for given in {known!r}}}
for _given in {made!r}:
    try:
        _wanted = _shown(_author[{name!r}], _given)
    except Exception:
        continue
    if type(_wanted) in _kinds:
        assert _same(_wanted, _shown(_mine, _given)), _given
'''


def comparison(row: Mapping[str, Any], name: str) -> str:
    """Python that ends with an exception where the function of this name, which stands before it, does not do what the
    author's does; '' where the author's solution is not trusted or the asserts do not all compare in one way."""
    asserts = [_sides(text, name) for text in (*row["test_list"], *row["challenge_test_list"])]
    read = [sides for sides in asserts if sides is not None]
    if row["task_id"] in DISTRUSTED or not read or len({left for left, _ in read}) > 1:
        return ""
    return compared(name, solution_of(row), read[0][0], [given for _, given in read])


def solution_of(row: Mapping[str, Any]) -> str:
    """The author's source of a task of MBPP."""
    return f"{row['test_setup_code']}\n{row['code']}"


def compared(name: str, solution: str, left: str, known: Sequence[Arguments]) -> str:
    """Python that compares the function of this name, which stands before it, with that of the author's source on the known
    inputs and on others like them. `left` is what is compared, an expression over `_function` and `_given`."""
    made = varied(known, INPUTS, random.Random(SEED))
    texts = {"known": list(map(written, known)), "made": list(map(written, [*known, *made]))}
    return _COMPARE.format(name=name, solution=solution, left=left, **texts)


def _sides(text: str, name: str) -> tuple[str, Arguments] | None:
    """The left side of an assert as Python over `_function` and `_given`, and the literals that are given."""
    test = next((node.test for node in ast.walk(parse(text.strip())) if isinstance(node, ast.Assert)), None)
    if isinstance(test, ast.Compare) and [type(operator) for operator in test.ops] != [ast.Eq]:
        return None
    left = copy.deepcopy(test.left if isinstance(test, ast.Compare) else test)
    calls = calls_of(left, {name}) if left is not None else []
    if left is None or len(calls) != 1 or calls[0].keywords:
        return None
    (call,) = calls
    try:
        given = tuple(literal(value) for value in call.args)
    except Unreadable:
        return None
    call.func, call.args = ast.Name("_function"), [ast.Starred(ast.Name("_given"))]
    return ast.unparse(left), given


def calls_of(tree: ast.AST, names: AbstractSet[str]) -> list[ast.Call]:
    """The calls of functions with these names."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in names]
