"""Seeding: inputs made of the constants in a function, where its limits show themselves.

`x > 100` and `x >= 100` differ on 100 alone, which stands in no example. What a program is made of says which inputs matter to it
(Fraser and Arcuri, The seed is strong: seeding strategies in search-based software testing, 2012).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from macrohard.company.jury.court import Court
from macrohard.company.jury.probes import freed, in_turn, varied
from macrohard.company.neighbours import Near
from macrohard.company.tester.inputs import inputs_of_check
from macrohard.truth import Check, Source
from macrohard.truth.syntax import is_encodable, parse

MOST_SEEDED = 20
"""For one function."""
_LARGEST = 10_000
"""Of numbers: a modulus such as 10**9 + 7 is no limit of an input, and a loop of that many turns would not end."""
_LOOKED_INTO = 3
"""Items of a list."""


def seeded(court: Court, unit: int, source: str) -> list[Check]:
    """Inputs on which this source of the function is tried besides: those of its checks with one value changed to a constant of
    its own, or to a number beside one."""
    name, near = court.names[unit], _near(constants(source))
    seen = {inputs_of_check(check) for check in [*court.checks, *court.probes]}
    mine = [check for check in court.checks if check.source is not Source.HOST and name in court.units[check.id]]
    found: list[Check] = []
    for check in in_turn([_changed(check, near, court.first_word) for check in mine]):
        if len(found) == MOST_SEEDED:
            break
        put_in = inputs_of_check(check)
        if put_in not in seen:
            seen.add(put_in)
            found.append(check.model_copy(update={"id": f"seeded-{len(found) + 1:02d}"}))
    return found


def _changed(check: Check, near: Near, first: int) -> Iterator[Check]:
    """Inputs that differ from those of the check in the last step; nothing is expected of them."""
    *before, last = check.steps
    for step in varied(last, near, first=first, files=check.files):
        yield Check(id="", statement="", source=Source.HOST, files=check.files, steps=(*freed(before), step))


def constants(source: str) -> list[object]:
    """The numbers and texts in a program that are not its documentation, in their order."""
    tree = parse(source)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    said = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, documented) and _has_docstring(node)}  # type: ignore[attr-defined]
    signed = {
        id(node.operand) for node in ast.walk(tree) if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
    }
    plain = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and id(node) not in said and _is_plain(node.value)
    ]
    found = [_negative(node.value) if id(node) in signed else node.value for node in plain]
    return list({(type(value), value): value for value in found}.values())


def _negative(value: object) -> object:
    return -value if isinstance(value, int | float) else value


def _is_plain(value: object) -> bool:
    """A number, or a text that can be typed and written."""
    if isinstance(value, str):
        return "\0" not in value and is_encodable(value)
    return type(value) in (int, float)


def _has_docstring(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return ast.get_docstring(node, clean=False) is not None


def _near(known: Sequence[object]) -> Near:
    """From a value to those of the same type that the constants stand for."""
    whole = [value for value in known if type(value) is int and abs(value) <= _LARGEST]
    numbers = list(dict.fromkeys(near for value in whole for near in (value, value + 1, value - 1)))
    fractions = [value for value in known if type(value) is float] + [float(value) for value in numbers]
    by_type: dict[type, Sequence[object]] = {
        int: numbers,
        float: fractions,
        str: [item for item in known if type(item) is str],
    }

    def near(value: object) -> Iterator[object]:
        yield from (other for other in by_type.get(type(value), ()) if other != value)
        if isinstance(value, list | tuple):
            for index, item in enumerate(value[:_LOOKED_INTO]):
                yield from (type(value)([*value[:index], other, *value[index + 1 :]]) for other in near(item))

    return near
