"""Probes: inputs near the known ones, on which candidates are compared with each other."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from macrohard.company.inputs import result_call
from macrohard.company.syntax import Unreadable, literal, parse
from macrohard.truth import PROGRAM, Check, Expectation, Source, Step

MOST_PER_FUNCTION = 12
_FREE = Expectation(exit_status=None)


def probes_from(
    checks: Sequence[Check], inputs: Sequence[Check], units: Mapping[str, frozenset[str]]
) -> tuple[list[Check], dict[str, frozenset[str]]]:
    """The inputs, freed of what they expect, and up to twelve a function that differ from a check in one thing.

    Returns the probes and the functions that each runs through.
    """
    probes: list[Check] = []
    found: dict[str, frozenset[str]] = {}
    counts: Counter[frozenset[str]] = Counter()
    seen = {_key(check.steps) for check in checks}
    near = [(check, steps) for check in checks if check.source is not Source.HOST for steps in _near_check(check)]
    for check, steps in [*((item, item.steps) for item in inputs), *near]:
        involved = units[check.id]
        if _key(steps) in seen or counts[involved] >= MOST_PER_FUNCTION:
            continue
        seen.add(_key(steps))
        counts[involved] += 1
        identity = f"probe-{len(probes) + 1:03d}"
        free = tuple(step.model_copy(update={"expect": _FREE}) for step in steps)
        probes.append(Check(id=identity, statement="", source=Source.HOST, files=check.files, steps=free))
        found[identity] = involved
    return probes, found


def _near_check(check: Check) -> Iterator[tuple[Step, ...]]:
    """The steps of a check with one of those before the last left out, or with another last one."""
    *before, last = check.steps
    yield from ((*before[:index], *before[index + 1 :], last) for index in range(len(before)))
    yield from ((*before, step) for step in _near(last))


def _key(steps: Sequence[Step]) -> tuple[object, ...]:
    return tuple((step.argv, step.stdin) for step in steps)


def _near(step: Step) -> Iterator[Step]:
    """Steps that differ from this one in one value; nothing is expected of them."""
    if step.argv[0] != PROGRAM:
        for code in _near_code(step.argv[-1]):
            yield Step(argv=(*step.argv[:-1], code), expect=_FREE)
        return
    if step.stdin:
        for text in ("", step.stdin.upper(), step.stdin * 2, "\n".join(reversed(step.stdin.split("\n")))):
            yield Step(argv=step.argv, stdin=text, expect=_FREE)
    for index in range(2, len(step.argv)):
        for word in _near_word(step.argv[index]):
            yield Step(argv=(*step.argv[:index], word, *step.argv[index + 1 :]), stdin=step.stdin, expect=_FREE)


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
    try:
        tree = parse(code)
    except Unreadable:
        return
    call = result_call(tree)
    if call is None:
        return
    imported = ast.unparse(tree.body[0])
    for index, argument in enumerate(call.args):
        for value in _near_literal(argument):
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
