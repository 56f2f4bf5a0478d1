"""Fitting a proposed brief to the examples: what an example shows outweighs what a model proposed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from macrohard.company.arguments import fit_options, fit_positional, parted, takes_value
from macrohard.company.brief import Brief, CommandBrief, FunctionBrief
from macrohard.company.naming import program_name
from macrohard.company.order import Kind
from macrohard.company.request.forms import optional_argument
from macrohard.company.request.words import tells
from macrohard.truth.examples import CallExample, CommandExample, Example, Line
from macrohard.truth.syntax import expression, parse


def misfits(brief: Brief, examples: Sequence[Example]) -> int:
    """How many examples cannot even be called in the program that the brief describes."""
    if brief.kind is Kind.LIBRARY:
        calls = [example for example in examples if isinstance(example, CallExample)]
        return (0 if brief.functions else 1) + sum(not _is_callable(brief.functions, example) for example in calls)
    return (0 if brief.commands else 1) + sum(not _fits(brief, line) for line, _ in _lines(examples))


def fit(brief: Brief, examples: Sequence[Example]) -> Brief:
    """The brief with its name, its arguments and their types mended where the examples show how."""
    if brief.kind is Kind.LIBRARY:
        return brief
    lines = list(_lines(examples))
    names = {line.words[0] for line, _ in lines}
    if len(names) == 1:
        (name,) = names
        brief = brief.model_copy(update={"name": program_name(name)})
    brief = _without_commands(brief, [line for line, _ in lines])
    commands = tuple(
        _fit_command(brief, command, [(line, files) for line, files in lines if command_of(brief, line) is command])
        for command in brief.commands
    )
    return brief.model_copy(update={"commands": commands})


def _without_commands(brief: Brief, lines: Sequence[Line]) -> Brief:
    """The brief with one command without a name: where it has one that no line names, and where the program itself is proposed as its
    command beside others that neither the request nor a line names. Without any line only the program itself, alone, is none."""
    itself = [item for item in brief.commands if item.name == brief.name and not _is_its_own(brief)]
    others = [item for item in brief.commands if item.name != brief.name and tells(brief.request, item.name)]
    only = itself if itself and not others else brief.commands
    shown = [line for line in lines if any(_names(item, line) for item in brief.commands)]
    if len(only) != 1 or shown or not (lines or (itself and len(brief.commands) == 1)):
        return brief
    return brief.model_copy(update={"commands": (only[0].model_copy(update={"name": ""}),)})


def _is_its_own(brief: Brief) -> bool:
    """Whether the request calls a command as it calls the program."""
    name = re.escape(brief.name)
    written = rf"(?<![\w-]){name}[ \t]+{name}(?![\w-])|\bcommands?\s+(?:(?:called|named)\s+)?[`'\"]?{name}(?![\w-])"
    return re.search(written, brief.request, re.IGNORECASE) is not None


def _lines(examples: Sequence[Example]) -> Iterator[tuple[Line, dict[str, str]]]:
    for example in examples:
        if isinstance(example, CommandExample):
            yield from ((line, example.files) for line in example.lines)


def _names(command: CommandBrief, line: Line) -> bool:
    return len(line.words) > 1 and line.words[1] == command.name


def command_of(brief: Brief, line: Line) -> CommandBrief | None:
    if not brief.has_commands:
        return next(iter(brief.commands), None)
    return next((command for command in brief.commands if _names(command, line)), None)


def values_of(command: CommandBrief, line: Line) -> tuple[list[str], dict[str, str | None]]:
    """Positional words, and options with their values, of a line that calls this command."""
    return parted(_words(command, line), takes_value(command.arguments))


def _words(command: CommandBrief, line: Line) -> list[str]:
    return list(line.words[2:] if command.name else line.words[1:])


def _is_callable(functions: Sequence[FunctionBrief], example: CallExample) -> bool:
    """Whether one of the functions has this name, and takes such arguments where they lead to a result."""
    function = next((item for item in functions if item.name == example.function), None)
    return function is not None and (bool(example.raises) or _takes(function, expression(example.expression)))


def _takes(function: FunctionBrief, call: ast.expr) -> bool:
    """Whether Python would accept as many arguments, and arguments of these names."""
    (head,) = parse(f"def f({function.parameters}): pass").body
    if not isinstance(head, ast.FunctionDef) or not isinstance(call, ast.Call):
        return False
    given, named = head.args, {item.arg for item in call.keywords}
    places = [item.arg for item in (*given.posonlyargs, *given.args)]
    left = [name for name in places[len(call.args) :] if name not in named]
    known = {*places[len(call.args) :], *(item.arg for item in given.kwonlyargs)}
    needed = {item.arg for item, value in zip(given.kwonlyargs, given.kw_defaults, strict=True) if value is None}
    return (
        (len(call.args) <= len(places) or given.vararg is not None)
        and (named <= known or given.kwarg is not None)
        and len(left) <= len(given.defaults)
        and needed <= named
    )


def _fits(brief: Brief, line: Line) -> bool:
    command = command_of(brief, line)
    if command is None:
        return False
    if line.exit_status != 0:
        return True
    positional, options = values_of(command, line)
    expected = [item for item in command.arguments if not item.is_option]
    fewest = len(expected) - any(item.optional for item in expected)
    most = None if any(item.repeated for item in expected) else len(expected)
    enough = fewest <= len(positional) and (most is None or len(positional) <= most)
    return enough and set(options) <= {item.name for item in command.arguments if item.is_option}


def _fit_command(brief: Brief, command: CommandBrief, lines: list[tuple[Line, dict[str, str]]]) -> CommandBrief:
    good = [(line, files) for line, files in lines if line.exit_status == 0]
    words = [_words(command, line) for line, _ in good]
    options = fit_options(command.arguments, words)
    calls = [positional for positional, _ in (parted(item, takes_value(options)) for item in words)]
    form = optional_argument(brief.request, brief.name, command.name)
    files = {name for _, shown in good for name in shown}
    return command.model_copy(
        update={
            "arguments": (*fit_positional(command.arguments, calls, files, form), *options),
            "reads_stdin": command.reads_stdin or any(line.stdin for line, _ in good),
        }
    )
