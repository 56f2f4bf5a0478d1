"""Acceptance checks from the examples that people gave, beside the request and in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from macrohard.company.brief import Brief
from macrohard.company.propertied import flat
from macrohard.company.tester.comparing import comparing, raising
from macrohard.company.tester.stating import statement_of
from macrohard.truth import PROGRAM, Check, Expectation, Source, Step
from macrohard.truth.examples import CallExample, CommandExample, Example, Line
from macrohard.truth.standalone import visible
from macrohard.truth.syntax import expression, literal

_LONGEST = 400
"""Characters of a statement, which is one line whatever stands in the example."""


def checks_of(brief: Brief, examples: Sequence[Example], source: Source, first: int = 1) -> tuple[Check, ...]:
    """The checks that the examples make, numbered from `first`."""
    found: list[Check] = []
    for example in examples:
        made = _command_checks(brief, example) if isinstance(example, CommandExample) else [call_check(brief, example)]
        for check in made:
            identity = f"{source.value}-{first + len(found):02d}"
            found.append(check.model_copy(update={"id": identity, "source": source}))
    return tuple(found)


def _command_checks(brief: Brief, example: CommandExample) -> Iterator[Check]:
    """One check a command line. Where state is kept, the lines before it are run first, in the same folder."""
    lines = [
        line.model_copy(update={"exit_status": brief.error_status}) if line.assumed else line for line in example.lines
    ]
    for index, line in enumerate(lines):
        if line.prepares:
            continue
        before = lines[:index] if brief.state_file else ()
        yield Check(
            id="",
            statement=statement_of(line, before),
            source=Source.REQUEST,
            quotation=example.quotation or None,
            files=example.files,
            steps=(*(_step(item, whole=False) for item in before), _step(line, whole=True)),
        )


def _step(line: Line, *, whole: bool) -> Step:
    """The line as a step; a line that only prepares the next must end as it did, whatever it prints."""
    expect = Expectation(
        exit_status=line.exit_status,
        stdout=line.stdout if whole else None,
        error_message=line.error and whole,
        unchanged=line.unchanged and whole,
    )
    return Step(argv=(PROGRAM, *line.words[1:]), stdin=line.stdin, expect=expect)


def call_check(brief: Brief, example: CallExample) -> Check:
    """A check that calls a function in a fresh Python and prints what came of it."""
    call = example.expression
    if example.raises:
        statement = f"`{call}` raises {example.raises}"
        step = raising(brief.package, example.function, call, example.raises)
    else:
        # The literal as it was given: the `repr` of a set differs from one Python process to the next.
        expected = example.result or "None"
        statement = f"`{call}` returns `{expected}`{_how(expected)}"
        step = comparing(brief.package, example.function, call, expected)
    return Check(
        id="",
        statement=visible(statement, _LONGEST),
        source=Source.REQUEST,
        quotation=example.quotation or None,
        steps=(step,),
    )


def _how(expected: str) -> str:
    """2 passes for 2.0, 0.30000000000000004 for 0.3, and a dictionary in another order: the statement must not say more than that."""
    value = literal(expected)
    if isinstance(value, float):
        return ", compared as a number"
    numbers = ", its floats compared as numbers" if any(isinstance(item, float) for item in flat(value)) else ""
    tables = [node for node in ast.walk(expression(expected)) if isinstance(node, ast.Dict) and len(node.keys) > 1]
    return numbers + (", in whatever order of its keys" if tables else "")
