"""Examples of command lines as a Python session with the functions behind them: what an engineer reads best."""

from __future__ import annotations

from collections.abc import Sequence

from macrohard.company.brief import Argument, ArgumentType, Brief, CommandBrief
from macrohard.company.engineers.stubs import function_name, parameter_name
from macrohard.company.fitting import command_of, values_of
from macrohard.truth import PROGRAM, Check, Step
from macrohard.truth.examples import Line

_SHORT_FILE = 400
"""Characters of a file that is shown whole."""


def session_of(brief: Brief, check: Check) -> tuple[str, ...]:
    """The lines of a Python session that does what the check does; none where that cannot be told."""
    calls = [_call(brief, step, check.files) for step in check.steps]
    last = check.steps[-1].expect
    refused = any(step.expect.exit_status != 0 for step in check.steps)
    if refused or any(call is None for call in calls) or last.stdout is None or brief.state_file in check.files:
        return ()
    start = (">>> records: list[dict[str, Any]] = []",) if brief.state_file else ()
    return (*start, *(f">>> _ = {call}" for call in calls[:-1]), f">>> {calls[-1]}", repr(last.stdout.rstrip("\n")))


def joined_sessions(sessions: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Sessions one after the other; one that only goes on where the one before it ended is not begun anew."""
    lines: list[str] = []
    for session in sessions:
        *before, call, result = session
        known = [line.replace(">>> _ = ", ">>> ") for line in before]
        shown = [line for line in lines if line.startswith(">>> ")]
        begun = bool(known) and shown == known
        lines += [call, result] if begun else [*before, call, result]
    return tuple(lines)


def _call(brief: Brief, step: Step, files: dict[str, str]) -> str | None:
    """`add(records, 3, 'travel')` for `spend add 3 travel`."""
    if step.argv[0] != PROGRAM:
        return None
    line = Line(words=(brief.name, *step.argv[1:]), stdin=step.stdin)
    command = command_of(brief, line)
    arguments = _arguments(command, line, files) if command else None
    if command is None or arguments is None:
        return None
    first = (["records"] if brief.state_file else []) + ([repr(step.stdin)] if command.reads_stdin else [])
    return f"{function_name(command)}({', '.join([*first, *arguments])})"


def _arguments(command: CommandBrief, line: Line, files: dict[str, str]) -> list[str] | None:
    words, options = values_of(command, line)
    positional = [item for item in command.arguments if not item.is_option]
    left_out = positional[len(words) :]
    if (
        any(item.repeated for item in positional)
        or not all(item.optional for item in left_out)
        or len(words) > len(positional)
    ):
        return None
    try:
        found = [_literal(item, word, files) for item, word in zip(positional, words, strict=False)]
        found += ["None" for _ in left_out]
        return found + [_option(item, options, files) for item in command.arguments if item.is_option]
    except (ValueError, KeyError):
        return None


def _option(item: Argument, given: dict[str, str | None], files: dict[str, str]) -> str:
    name = parameter_name(item)
    if item.type is ArgumentType.FLAG:
        return f"{name}={item.name in given}"
    value = given.get(item.name)
    return f"{name}={None if value is None else _literal(item, value, files)}"


def _literal(item: Argument, word: str, files: dict[str, str]) -> str:
    """The value that the function gets. Raises ValueError or KeyError when the word is no such value."""
    if item.type is ArgumentType.INTEGER:
        return repr(int(word))
    if item.type is ArgumentType.NUMBER:
        return repr(int(word)) if word.lstrip("+-").isdigit() else repr(float(word))
    if item.type is ArgumentType.FILE:
        if len(files[word]) > _SHORT_FILE:
            raise ValueError("too long to be shown")
        return repr(files[word])
    return repr(word)
