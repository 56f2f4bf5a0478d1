"""Acceptance checks from what people gave: the user's examples and tests, and the examples in the request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from macrohard.company.brief import Brief
from macrohard.errors import UserError
from macrohard.truth import PROGRAM, PYTHON, Check, Expectation, Source, Step
from macrohard.truth.examples import CallExample, CommandExample, Example, Line
from macrohard.truth.standalone import visible
from macrohard.truth.syntax import literal

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
            statement=statement_of(line, len(before)),
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
    )
    return Step(argv=(PROGRAM, *line.words[1:]), stdin=line.stdin, expect=expect)


def statement_of(line: Line, before: int = 0) -> str:
    """'`roman to-int XIV` prints `14`', in the words of the check, on one line."""
    return visible(_statement(line, before), _LONGEST)


def _statement(line: Line, before: int) -> str:
    command = line.typed
    prefix = f"After {before} command{'s' if before > 1 else ''}, " if before else ""
    ends = f"exits with status {line.exit_status}"
    if line.error or line.stdout is None:
        return f"{prefix}`{command}` {'prints an error and ' if line.error else ''}{ends}"
    shown = line.stdout.replace("\n", " / ")
    prints = f"prints {f'`{shown}`' if shown else 'nothing'}"
    return f"{prefix}`{command}` {prints}{f' and {ends}' if line.exit_status else ''}"


def call_check(brief: Brief, example: CallExample) -> Check:
    """A check that calls a function in a fresh Python and prints what came of it."""
    head = f"from {brief.package} import {example.function}\n"
    if example.raises:
        code = (
            f"try:\n    result = {example.expression}\nexcept {example.raises}:\n"
            f"    print('raises {example.raises}')\nelse:\n    print(repr(result))\n"
        )
        expected, statement = f"raises {example.raises}", f"`{example.expression}` raises {example.raises}"
    else:
        result = example.result or "None"
        # The literal as it was given: the `repr` of a set differs from one Python process to the next.
        # 2 passes for 2.0, so the statement must not say more than that.
        how = ", compared as a number" if isinstance(literal(result), float) else ""
        expected, statement = result, f"`{example.expression}` returns `{result}`{how}"
        code = _comparison(example.expression, result)
    step = Step(argv=(PYTHON, "-c", head + code), expect=Expectation(stdout=expected))
    return Check(
        id="",
        statement=visible(statement, _LONGEST),
        source=Source.REQUEST,
        quotation=example.quotation or None,
        steps=(step,),
    )


def _comparison(expression: str, expected: str) -> str:
    """Code that prints the expected literal when the result equals it, else the result.

    Floats are equal within 1e-9, relative to the larger of 1 and their size: what the last digits of binary
    arithmetic are allowed to differ.
    """
    return (
        f"result = {expression}\nexpected = {expected}\n"
        "close = (\n    isinstance(result, (int, float))\n    and isinstance(expected, float)\n"
        "    and abs(result - expected) <= 1e-9 * max(1.0, abs(expected))\n)\n"
        f"print({expected!r} if close or result == expected else repr(result))\n"
    )


_RUN_TESTS = """import importlib.util, sys, unittest
spec = importlib.util.spec_from_file_location("given_tests", {path!r})
module = importlib.util.module_from_spec(spec)
sys.modules["given_tests"] = module
spec.loader.exec_module(module)
plain = [item for name, item in vars(module).items() if name.startswith("test_") and callable(item)]
for item in plain:
    item()
suite = unittest.defaultTestLoader.loadTestsFromModule(module)
result = unittest.TextTestRunner(stream=sys.stdout).run(suite)
if not result.wasSuccessful() or result.testsRun + len(plain) == 0:
    sys.exit(1)
"""


def user_test_checks(tests: Mapping[str, str]) -> tuple[Check, ...]:
    """One check for each file of tests that the user gave: `unittest` classes, or plain `test_…` functions.

    Raises UserError for tests that need pytest, which the sandbox does not hold.
    """
    found = []
    for number, path in enumerate(sorted(name for name in tests if name.endswith(".py")), 1):
        if "import pytest" in tests[path]:
            raise UserError(f"{path} needs pytest: give tests that need only unittest or plain test functions.")
        step = Step(argv=(PYTHON, "-c", _RUN_TESTS.format(path=path)), expect=Expectation())
        statement = f"The tests in {path} pass"
        found.append(
            Check(
                id=f"user-tests-{number:02d}", statement=statement, source=Source.USER, files=dict(tests), steps=(step,)
            )
        )
    return tuple(found)
