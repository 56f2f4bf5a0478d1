"""Odd inputs: what people type by mistake. Anything may come of it but a crash."""

from __future__ import annotations

import ast
import builtins
import re
import shlex
from collections.abc import Iterator, Sequence

from macrohard.company.arguments import places, takes_value
from macrohard.company.brief import Argument, ArgumentType, Brief, CommandBrief, FunctionBrief
from macrohard.company.order import Kind
from macrohard.company.tester.stating import after, inputs_named
from macrohard.truth import PROGRAM, PYTHON, Check, Expectation, Source, Step
from macrohard.truth.examples import Line
from macrohard.truth.syntax import Unreadable, parse

_WORDS = {
    ArgumentType.TEXT: ("?", "", "Zq", "zq", "7", "two words", "é"),
    ArgumentType.INTEGER: ("0", "-1", "1000000"),
    ArgumentType.NUMBER: ("0", "-1", "0.001", "1000000"),
}
"""For each type of argument; a file that is missing is a rule of the house."""
_INPUTS = ("", "\n", "one line without an end", "\n\n \n", "é\tß\n")
"""On standard input."""
_VALUES: dict[str, tuple[str, ...]] = {
    "str": ("''", "' '", "'?'", "'Zq'", "'7'", "'é\\n'"),
    "int": ("0", "-1", "1000000"),
    "float": ("0.0", "-1.5", "1e9"),
    "bool": ("True", "False"),
}
_LONGEST = 200
"""Characters of a value; without an end, lists of lists of lists double it with each level."""
_MOST_ITEMS = 1000
"""Of what gives its items one at a time, some without an end; its body runs only while it is asked for them."""
_NAMED_ERROR = re.compile(r"\b[A-Z]\w*(?:Error|Exception)\b")
_FREE = Expectation(exit_status=None)


def odd_inputs(brief: Brief, checks: Sequence[Check]) -> list[Check]:
    """One check for every command or function that takes something; `checks` show how each is called."""
    found = _odd_calls(brief) if brief.kind is Kind.LIBRARY else _odd_commands(brief, checks)
    return [check.model_copy(update={"id": f"odd-{number:02d}"}) for number, check in enumerate(found, 1)]


def _odd_commands(brief: Brief, checks: Sequence[Check]) -> Iterator[Check]:
    for command in brief.commands:
        shown = next((check for check in checks if _calls(check, command.name)), None)
        odd = list(_odd_steps(shown.steps[-1], command)) if shown else []
        if shown and odd:
            before = tuple(step.model_copy(update={"expect": _FREE}) for step in shown.steps[:-1])
            lines = [Line(words=(brief.name, *step.argv[1:]), stdin=step.stdin) for step in shown.steps]
            yield _check(_said(brief, command, lines, odd), (*before, *odd), shown.files)


def _said(brief: Brief, command: CommandBrief, lines: Sequence[Line], odd: Sequence[Step]) -> str:
    """The statement, for the lines of the example and the last one with odd words or another standard input."""
    *before, shown = lines
    start = 2 if command.name else 1
    fed = odd[: len(_INPUTS)] if command.reads_stdin else []
    inputs = inputs_named([step.stdin for step in fed]) if fed else ""
    words = [shlex.join(step.argv[start:]) for step in odd[len(fed) :]]
    called = shown.model_copy(update={"words": shown.words[:start]}).typed
    told = [f"`{called}` ends without a traceback for {inputs_named(words)}"] if words else []
    plain = shown.model_copy(update={"stdin": ""}).typed
    told += [f"`{plain}` ends without a traceback with {inputs} on standard input"] if fed else []
    return after(before) + "; ".join(told) + (", one after the other" if brief.state_file else "")


def _calls(check: Check, command: str) -> bool:
    step = check.steps[-1]
    named = step.argv[0] == PROGRAM and (not command or step.argv[1:2] == (command,))
    return named and step.expect.exit_status == 0 and check.source is not Source.HOST


def _odd_steps(step: Step, command: CommandBrief) -> Iterator[Step]:
    """The step with one word or its standard input changed."""
    if command.reads_stdin:
        yield from (Step(argv=step.argv, stdin=text, expect=_FREE) for text in _INPUTS)
    positional: list[Argument] = [item for item in command.arguments if not item.is_option]
    first = 2 if command.name else 1
    standing = [first + index for index in places(step.argv[first:], takes_value(command.arguments))]
    for index, item in zip(standing, positional, strict=False):
        for word in _WORDS.get(item.type, ()):
            yield Step(argv=(*step.argv[:index], word, *step.argv[index + 1 :]), stdin=step.stdin, expect=_FREE)


def _odd_calls(brief: Brief) -> Iterator[Check]:
    named = {name for name in _NAMED_ERROR.findall(brief.request) if _is_exception(name)}
    allowed = ", ".join(sorted({"ValueError"} | named))
    for function in brief.functions:
        calls = list(_argument_lists(function))
        if calls:
            listed = "".join(f"    ({arguments},),\n" for arguments in calls)
            code = (
                "from collections import deque as _deque\nfrom itertools import islice as _islice\n"
                "_print, _hasattr = print, hasattr\n"
                f"from {brief.package} import {function.name}\n"
                f"for _given in [\n{listed}]:\n    try:\n        _made = {function.name}(*_given)\n"
                f"        if _hasattr(_made, '__next__'):\n            _deque(_islice(_made, {_MOST_ITEMS}), 0)\n"
                f"    except ({allowed}):\n        pass\n_print('no crash')\n"
            )
            step = Step(argv=(PYTHON, "-c", code), expect=Expectation(stdout="no crash"))
            statement = f"`{function.name}` raises nothing but {allowed} for {inputs_named(calls)}"
            yield _check(statement, (step,), {})


def _is_exception(name: str) -> bool:
    found = getattr(builtins, name, None)
    return isinstance(found, type) and issubclass(found, Exception)


def _argument_lists(function: FunctionBrief) -> Iterator[str]:
    """Arguments of odd calls as code; nothing for a function with a parameter whose type has no odd values here."""
    try:
        (definition,) = parse(f"def f({function.parameters}): pass").body
    except (Unreadable, ValueError):
        return
    assert isinstance(definition, ast.FunctionDef)  # just written so
    taken = definition.args
    every = [_odd_values(item.annotation) for item in (*taken.posonlyargs, *taken.args)]
    if None in taken.kw_defaults:  # it must be given by name: a call without it would never enter the function
        return
    for index, values in enumerate(every if all(every) else []):
        for value in values:
            yield ", ".join(
                [*(other[-1] for other in every[:index]), value, *(other[-1] for other in every[index + 1 :])]
            )


def _odd_values(annotation: ast.expr | None) -> tuple[str, ...]:
    """Literals of a type: plain ones, and lists of them."""
    if isinstance(annotation, ast.Name):
        return _VALUES.get(annotation.id, ())
    if isinstance(annotation, ast.Subscript) and ast.unparse(annotation.value) in {"list", "List", "Sequence"}:
        items = _odd_values(annotation.slice)
        found = ("[]", *(f"[{item}]" for item in items), f"[{', '.join(items)}]") if items else ()
        return tuple(value for value in found if len(value) <= _LONGEST)
    return ()


def _check(statement: str, steps: tuple[Step, ...], files: dict[str, str]) -> Check:
    return Check(id="", statement=statement, source=Source.HOST, files=files, steps=steps)
