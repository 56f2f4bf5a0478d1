"""Which examples of a request can be asked of the program in a folder that holds no more than they show."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from macrohard.company.brief import ArgumentType, Brief
from macrohard.company.fitting import command_of, values_of
from macrohard.company.naming import program_name
from macrohard.truth.examples import CallExample, CommandExample, Example, Line

ADDS = frozenset({"add", "create", "init", "insert", "new", "put", "record", "register", "set", "start", "store"})
"""Commands that put something where nothing was."""
_AGAIN = re.compile(
    r"\b(?:twice|again|already|second|duplicat\w+|exists?|existing|same|taken|once\s+more|repeat\w*|unique)\b",
    re.IGNORECASE,
)
"""What says that something was there before."""
_EXISTS_ALREADY = re.compile(
    r"\b(?:(?:exists?|there|listed|known|added|present|registered)\s+already|already\s+(?:exists?|there|in|on|listed|known|added|present|registered)"
    r"|twice|duplicat\w+|a\s+second\s+time)\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:not|no|never|unknown|missing|without|empty|blank|overlap\w*|running|closed|taken|full|limit|more\s+than|negative|below|above|outside"
    r"|amount|format|case|whether|other|else)\b|n't\b",
    re.IGNORECASE,
)
"""What more may be wrong with what is added, or what else may have to be done before."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def askable(brief: Brief, examples: Sequence[Example]) -> tuple[Example, ...]:
    """Those that call a function of this library; and those whose lines all run this program, on files that are shown,
    after all that was done before them."""
    functions = {function.name for function in brief.functions}
    done = {
        _folded(line)
        for item in examples
        if isinstance(item, CommandExample)
        for line in item.lines
        if not line.exit_status
    }
    return tuple(
        example
        for example in examples
        if (example.function in functions if isinstance(example, CallExample) else _can_be_asked(brief, example, done))
    )


def _can_be_asked(brief: Brief, example: CommandExample, done: Collection[str]) -> bool:
    """`done` are the lines that an example shows to end well."""
    ours = all(program_name(line.words[0]) == brief.name for line in example.lines)
    known = all(line.exit_status or reads_shown(brief, line, example.files) for line in example.lines)
    return ours and known and not (brief.state_file and example.detached and not _needs_nothing(brief, example, done))


def reads_shown(brief: Brief, line: Line, files: dict[str, str]) -> bool:
    """Whether each file that the line reads is shown."""
    command = command_of(brief, line)
    if command is None:
        return True
    positional, options = values_of(command, line)
    expected = [item for item in command.arguments if not item.is_option]
    expected += expected[-1:] * (len(positional) - len(expected)) if expected and expected[-1].repeated else []
    read = [word for item, word in zip(expected, positional, strict=False) if item.type is ArgumentType.FILE]
    read += [
        options.get(item.name) or "" for item in command.arguments if item.is_option and item.type is ArgumentType.FILE
    ]
    return all(not name or name in files or name == brief.state_file for name in read)


def _needs_nothing(brief: Brief, example: CommandExample, done: Collection[str]) -> bool:
    """Whether it is the same where nothing was done before: it fails, unless what it adds is there already, or begins with adding,
    and counts nothing but what it adds."""
    if all(line.exit_status for line in example.lines):
        return not any(_is_there_already(brief, example, line, done) for line in example.lines)
    first, last = example.lines[0], example.lines[-1]
    told = {float(number) for line in example.lines for number in _NUMBER.findall(" ".join(line.words))}
    counted = {float(number) for number in _NUMBER.findall(last.stdout or "")} - told
    return _adds(first) and counted <= set(map(float, range(1, 1 + sum(map(_adds, example.lines)))))


def adds_again(line: Line, statement: str) -> bool:
    """Whether the line adds something, and the statement says of nothing but that it exists already: 'adding an item twice'."""
    return _adds(line) and bool(_EXISTS_ALREADY.search(statement)) and not _OTHERWISE.search(statement)


def _adds(line: Line) -> bool:
    return len(line.words) > 1 and line.words[1] in ADDS


def _is_there_already(brief: Brief, example: CommandExample, line: Line, done: Collection[str]) -> bool:
    """Whether a line that fails adds something, and does so because it was added before."""
    said = [statement for statement in brief.statements if example.quotation in statement]
    return _adds(line) and (_folded(line) in done or any(map(_AGAIN.search, said)))


def _folded(line: Line) -> str:
    return "\n".join(line.words).casefold()
