"""Fitting a proposed brief to the examples: what an example shows outweighs what a model proposed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from macrohard.company.brief import Argument, ArgumentType, Brief, CommandBrief
from macrohard.company.naming import option_name, program_name
from macrohard.company.order import Kind
from macrohard.truth.examples import CallExample, CommandExample, Example, Line

_OPTION = re.compile(r"--.|-[A-Za-z]$")
"""`-5` is a number."""


def misfits(brief: Brief, examples: Sequence[Example]) -> int:
    """How many examples cannot even be called in the program that the brief describes."""
    if brief.kind is Kind.LIBRARY:
        names = {function.name for function in brief.functions}
        empty = 0 if names else 1
        return empty + sum(isinstance(example, CallExample) and example.function not in names for example in examples)
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
    if len(brief.commands) == 1 and lines and not any(_names(brief.commands[0], line) for line, _ in lines):
        brief = brief.model_copy(update={"commands": (brief.commands[0].model_copy(update={"name": ""}),)})
    commands = tuple(
        _fit_command(command, [(line, files) for line, files in lines if command_of(brief, line) is command])
        for command in brief.commands
    )
    return brief.model_copy(update={"commands": commands})


def _lines(examples: Sequence[Example]) -> Iterator[tuple[Line, dict[str, str]]]:
    for example in examples:
        if isinstance(example, CommandExample):
            yield from ((line, example.files) for line in example.lines)


def _names(command: CommandBrief, line: Line) -> bool:
    return len(line.words) > 1 and line.words[1] == command.name


def command_of(brief: Brief, line: Line) -> CommandBrief | None:
    if len(brief.commands) == 1 and not brief.commands[0].name:
        return brief.commands[0]
    return next((command for command in brief.commands if _names(command, line)), None)


def values_of(command: CommandBrief, line: Line) -> tuple[list[str], dict[str, str | None]]:
    """Positional words, and options with their values, of a line that calls this command."""
    words = list(line.words[2:] if command.name else line.words[1:])
    takes_value = {item.name for item in command.arguments if item.is_option and item.type is not ArgumentType.FLAG}
    positional: list[str] = []
    options: dict[str, str | None] = {}
    while words:
        word = words.pop(0)
        if _OPTION.match(word):
            name, equals, value = word.partition("=")
            options[name] = value if equals else words.pop(0) if name in takes_value and words else None
        else:
            positional.append(word)
    return positional, options


def _fits(brief: Brief, line: Line) -> bool:
    command = command_of(brief, line)
    if command is None:
        return False
    if line.exit_status != 0:
        return True
    positional, options = values_of(command, line)
    expected = [item for item in command.arguments if not item.is_option]
    enough = len(positional) == len(expected) or (
        bool(expected) and expected[-1].repeated and len(positional) >= len(expected)
    )
    return enough and set(options) <= {item.name for item in command.arguments if item.is_option}


def _fit_command(command: CommandBrief, lines: list[tuple[Line, dict[str, str]]]) -> CommandBrief:
    good = [(line, files) for line, files in lines if line.exit_status == 0]
    if not good:
        return command
    calls = [values_of(command, line) for line, _ in good]
    files = {name for _, shown in good for name in shown}
    arguments = _fit_positional(command, [positional for positional, _ in calls], files)
    options = [item for item in command.arguments if item.is_option]
    known = {item.name for item in options}
    for _, given in calls:
        for name in given:
            if name not in known and _is_option(name):
                known.add(name)
                options.append(Argument(name=name, type=ArgumentType.FLAG))
    return command.model_copy(
        update={
            "arguments": (*arguments, *options),
            "reads_stdin": command.reads_stdin or any(line.stdin for line, _ in good),
        }
    )


def _is_option(name: str) -> bool:
    try:
        return option_name(name) is not None
    except ValueError:
        return False


def _fit_positional(command: CommandBrief, calls: list[list[str]], files: set[str]) -> list[Argument]:
    """The positional arguments, as many as the examples give, each of a type that their values have."""
    arguments = [item for item in command.arguments if not item.is_option]
    fewest, most = min(map(len, calls)), max(map(len, calls))
    if fewest != most and fewest >= 1:
        arguments = arguments[:fewest] or [Argument(name="value")]
        arguments[-1] = arguments[-1].model_copy(update={"repeated": True})
    elif fewest == most:
        arguments = arguments[:most]
        arguments += [Argument(name=f"value{number}") for number in range(len(arguments) + 1, most + 1)]
    return [
        item.model_copy(update={"type": _type(item.type, [call[index] for call in calls if index < len(call)], files)})
        for index, item in enumerate(arguments)
    ]


def _type(proposed: ArgumentType, values: list[str], files: set[str]) -> ArgumentType:
    if any(value in files for value in values):
        return ArgumentType.FILE
    if proposed is ArgumentType.INTEGER and not all(_is(int, value) for value in values):
        proposed = ArgumentType.NUMBER
    if proposed is ArgumentType.NUMBER and not all(_is(float, value) for value in values):
        proposed = ArgumentType.TEXT
    return proposed


def _is(number: type[int | float], value: str) -> bool:
    try:
        number(value)
    except ValueError:
        return False
    return True
