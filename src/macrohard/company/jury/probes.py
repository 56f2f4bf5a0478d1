"""Probes: inputs near the known ones, on which candidates are compared with each other."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from macrohard.company.syntax import Unreadable, literal, parse
from macrohard.truth import PROGRAM, Check, Expectation, Source, Step

MOST_PER_FUNCTION = 12


def probes_from(
    checks: Sequence[Check], units: dict[str, frozenset[str]]
) -> tuple[list[Check], dict[str, frozenset[str]]]:
    """Up to twelve probes a function, made by changing one thing in the last step of a check."""
    probes: list[Check] = []
    found: dict[str, frozenset[str]] = {}
    counts: dict[frozenset[str], int] = {}
    seen = {_key(check.steps) for check in checks}
    for check in checks:
        for step in _near(check.steps[-1]) if check.source is not Source.HOST else ():
            steps = (*check.steps[:-1], step)
            involved = units[check.id]
            if _key(steps) in seen or counts.get(involved, 0) >= MOST_PER_FUNCTION:
                continue
            seen.add(_key(steps))
            counts[involved] = counts.get(involved, 0) + 1
            identity = f"probe-{len(probes) + 1:03d}"
            probes.append(Check(id=identity, statement="", source=Source.HOST, files=check.files, steps=steps))
            found[identity] = involved
    return probes, found


def _key(steps: Sequence[Step]) -> tuple[object, ...]:
    return tuple((step.argv, step.stdin) for step in steps)


def _near(step: Step) -> Iterator[Step]:
    """Steps that differ from this one in one value; nothing is expected of them."""
    free = Expectation(exit_status=None)
    if step.argv[0] != PROGRAM:
        for code in _near_code(step.argv[-1]):
            yield Step(argv=(*step.argv[:-1], code), expect=free)
        return
    if step.stdin:
        for text in ("", step.stdin.upper(), step.stdin * 2, "\n".join(reversed(step.stdin.split("\n")))):
            yield Step(argv=step.argv, stdin=text, expect=free)
    for index in range(2, len(step.argv)):
        for word in _near_word(step.argv[index]):
            yield Step(argv=(*step.argv[:index], word, *step.argv[index + 1 :]), stdin=step.stdin, expect=free)


def _near_word(word: str) -> Iterator[str]:
    """Values near a word: numbers around it, or the text changed in case, order and length."""
    try:
        number = int(word)
    except ValueError:
        pass
    else:
        yield from (str(value) for value in (number + 1, number - 1, number * 3, 7, 0, 1))
        return
    try:
        decimal = float(word)
    except ValueError:
        yield from (word[::-1], _parted(word), word.lower(), word * 2, "")
    else:
        yield from (f"{value:g}" for value in (decimal + 0.5, decimal * 3, 0.0))


def _parted(text: str) -> str:
    """The text with a dash, a digit and a blank in its middle."""
    middle = len(text) // 2
    return f"{text[:middle]} - 7{text[middle:]}"


def _near_code(code: str) -> Iterator[str]:
    """The code of a call check, changed to print what the call returns for arguments near the given ones."""
    tree = parse(code)
    call = next((node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_result(tree, node)), None)
    imported = ast.unparse(tree.body[0])
    for index, argument in enumerate(call.args if call else []):
        for value in _near_literal(argument):
            assert call is not None  # the loop is empty without a call
            arguments = [*call.args[:index], ast.parse(repr(value), mode="eval").body, *call.args[index + 1 :]]
            changed = ast.Call(func=call.func, args=arguments, keywords=call.keywords)
            yield f"{imported}\nprint(repr({ast.unparse(changed)}))\n"


def _near_literal(argument: ast.expr) -> Iterator[object]:
    """Nothing for what is no literal, as in the tests of a user."""
    try:
        value = literal(argument)
    except Unreadable:
        return
    yield from _near_value(value)


def _is_result(tree: ast.Module, call: ast.Call) -> bool:
    return any(
        isinstance(node, ast.Assign) and node.value is call and ast.unparse(node.targets[0]) == "result"
        for node in ast.walk(tree)
    )


def _near_value(value: object) -> Iterator[object]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1, value * 3, 7, 0, 1)
    elif isinstance(value, float):
        yield from (value + 0.5, value * 3, 0.0)
    elif isinstance(value, str):
        yield from (value[::-1], _parted(value), value.lower(), value * 2, "")
    elif isinstance(value, list | tuple):
        yield from (value[::-1], value * 2, value[:1])
