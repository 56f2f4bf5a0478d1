"""Probes: inputs near the known ones, on which candidates are compared with each other."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat, zip_longest
from typing import TypeVar

from macrohard.company.neighbours import Near, near_text, near_value, near_word
from macrohard.company.tester.comparing import showing
from macrohard.company.tester.inputs import inputs_of, inputs_of_check, result_call
from macrohard.truth import PEOPLE, PROGRAM, PYTHON, Check, Expectation, Source, Step
from macrohard.truth.syntax import Unreadable, is_literal, literal, parse, written

T = TypeVar("T")
Files = dict[str, str]
"""Name -> text."""
MOST_PER_FUNCTION = 20
_FREE = Expectation(exit_status=None)


def probes_from(
    checks: Sequence[Check], inputs: Sequence[Check], units: Mapping[str, frozenset[str]], first: int = 2
) -> tuple[list[Check], dict[str, frozenset[str]]]:
    """The inputs, freed of what they expect, and up to twenty a function that differ from a check in one thing.

    Where people always end the last line of what they type, the probes do too: what a program does otherwise is seldom
    said, and right programs part ways about it. `first` is the place of the first word of a command line that is no name of a command:
    1 for a program without commands. Returns the probes and the functions that each runs through.
    """
    shown = [step.stdin for check in checks if check.source in PEOPLE for step in check.steps if step.stdin]
    ended = bool(shown) and all(text.endswith("\n") for text in shown)
    probes: list[Check] = []
    found: dict[str, frozenset[str]] = {}
    counts: Counter[frozenset[str]] = Counter()
    seen = {inputs_of_check(check) for check in checks}
    near = [zip(repeat(check), _near_check(check, first)) for check in checks if check.source is not Source.HOST]
    for check, (raw, files) in chain(((item, (item.steps, item.files)) for item in inputs), in_turn(near)):
        involved, steps = units[check.id], tuple(map(_ended, raw)) if ended else raw
        put_in = inputs_of(steps, files)
        if put_in in seen or counts[involved] >= MOST_PER_FUNCTION:
            continue
        seen.add(put_in)
        counts[involved] += 1
        identity = f"probe-{len(probes) + 1:03d}"
        probes.append(Check(id=identity, statement="", source=Source.HOST, files=files, steps=freed(steps)))
        found[identity] = involved
    return probes, found


def _ended(step: Step) -> Step:
    unended = step.stdin and not step.stdin.endswith("\n")
    return step.model_copy(update={"stdin": f"{step.stdin}\n"}) if unended else step


def _near_check(check: Check, first: int) -> Iterator[tuple[tuple[Step, ...], Files]]:
    """The steps of a check with one of those before the last left out, or with another last one, or with another text in a file
    that the last one names."""
    *before, last = check.steps
    yield from (((*before[:index], *before[index + 1 :], last), check.files) for index in range(len(before)))
    steps = (((*before, step), check.files) for step in varied(last, first=first, files=check.files))
    named = [name for name in check.files if name in last.argv[first:]]
    texts = ((check.steps, {**check.files, name: text}) for name in named for text in near_text(check.files[name]))
    yield from in_turn([texts, steps])


def freed(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The same, with nothing expected of them; a call shows what it gives."""
    return tuple(_called(step) or step.model_copy(update={"expect": _FREE}) for step in steps)


def _called(step: Step) -> Step | None:
    """A step that shows what the call in this one gives; None where there is none."""
    found = _call_in(step)
    return _showing(*found) if found else None


def in_turn(sources: Iterable[Iterable[T]]) -> Iterator[T]:
    """One item of each, then the next of each, until all are at their end."""
    missing = object()
    for row in zip_longest(*sources, fillvalue=missing):
        yield from (item for item in row if item is not missing)  # type: ignore[misc]


def varied(step: Step, near: Near = near_value, *, first: int = 2, files: Collection[str] = ()) -> Iterator[Step]:
    """Steps that differ from this one in one value, of a command line in a word from `first` on that names none of the files; nothing
    is expected of them."""
    if step.argv[0] != PROGRAM:
        yield from _near_calls(step, near)
        return
    texts = (Step(argv=step.argv, stdin=text, expect=_FREE) for text in (near_text(step.stdin) if step.stdin else ()))
    words = [index for index in range(first, len(step.argv)) if step.argv[index] not in files]
    yield from in_turn([texts, *(_near_words(step, index, near) for index in words)])


def _near_words(step: Step, index: int, near: Near) -> Iterator[Step]:
    for word in near_word(step.argv[index], near):
        yield Step(argv=(*step.argv[:index], word, *step.argv[index + 1 :]), stdin=step.stdin, expect=_FREE)


def _near_calls(step: Step, near: Near) -> Iterator[Step]:
    """Steps that show what the call in this one gives for arguments near the given ones."""
    found = _call_in(step)
    if found is None:
        return
    imported, call = found
    for arguments in in_turn([_near_arguments(call, index, near) for index in range(len(call.args))]):
        yield _showing(imported, ast.Call(func=call.func, args=arguments, keywords=call.keywords))


def _call_in(step: Step) -> tuple[ast.ImportFrom, ast.Call] | None:
    """What a step imports, and the call whose result it looks at; None for a step that looks at none."""
    if step.argv[0] != PYTHON:
        return None
    try:
        tree = parse(step.argv[-1])
    except Unreadable:
        return None
    call, imported = result_call(tree), next((node for node in tree.body if isinstance(node, ast.ImportFrom)), None)
    return (imported, call) if call and imported else None


def _showing(imported: ast.ImportFrom, call: ast.Call) -> Step:
    return showing(imported.module or "", imported.names[0].name, ast.unparse(call))


def _near_arguments(call: ast.Call, index: int, near: Near) -> Iterator[list[ast.expr]]:
    """The arguments with one of them changed; nothing for what is no literal, as in the tests of a user."""
    try:
        value = literal(call.args[index])
    except Unreadable:
        return
    for other in near(value):
        changed = ast.parse(written(other), mode="eval").body
        if is_literal(changed):  # an infinite number is none
            yield [*call.args[:index], changed, *call.args[index + 1 :]]
