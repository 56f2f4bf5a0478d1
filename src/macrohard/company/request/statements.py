"""The sentences of a request that say how the program behaves: what the emulated user must try."""

from __future__ import annotations

import re

from macrohard.company.brief import ArgumentType, Brief, CommandBrief, FunctionBrief
from macrohard.company.order import Kind
from macrohard.company.request.refusals import demands_error

_NUMBERS = {ArgumentType.INTEGER, ArgumentType.NUMBER}


def error_statements(brief: Brief) -> tuple[str, ...]:
    """The sentences that demand an error."""
    return tuple(statement for statement in brief.statements if demands_error(statement))


def names_part(brief: Brief, statement: str) -> bool:
    """True when a sentence names a command or a function of the brief."""
    if brief.kind is Kind.LIBRARY:
        return any(re.search(rf"\b{re.escape(item.name)}\b", statement) for item in brief.functions)
    called = (f"{brief.name} {command.name}".strip() for command in brief.commands)
    return any(re.search(rf"(?<![\w-]){re.escape(words)}(?![\w-])", statement) for words in called)


def named_in(brief: Brief, text: str) -> tuple[str, ...]:
    """The commands or functions that a text names, also commands in backticks that the brief does not know.

    A program without commands is named where a line of it is quoted.
    """
    if brief.kind is Kind.LIBRARY:
        return tuple(item.name for item in brief.functions if re.search(rf"\b{re.escape(item.name)}\b", text))
    program = re.escape(brief.name)
    names = [item.name for item in brief.commands]
    if names == [""]:
        quoted = rf"[`'\"](?:[^`'\"]*\| )?{program} |`[^`]*\| {program}`|\bUsage:\s*{program}\b"
        return ("",) if re.search(quoted, text) else ()
    found = [name for name in names if re.search(rf"(?<![\w-]){program} {re.escape(name)}(?![\w-])", text)]
    found += [name for name in names if re.search(rf"`{re.escape(name)}(?: [^`]*)?`", text)]
    found += re.findall(rf"`{program} ([a-z][a-z0-9-]*)(?![\w=.])[^`]*`", text)
    return tuple(dict.fromkeys(found))


def general_statements(brief: Brief) -> tuple[str, ...]:
    """The sentences that say something of the whole program: none of errors, of one command or of the state file.

    The first sentence says what the program is for, unless it says more; what it is for is shown by its commands.
    """
    errors = error_statements(brief)
    return tuple(
        statement
        for index, statement in enumerate(brief.statements)
        if index
        and statement not in errors
        and not names_part(brief, statement)
        and not (brief.state_file and brief.state_file in statement)
    )


def concerned(brief: Brief, statement: str) -> tuple[CommandBrief, ...]:
    """The commands that a sentence of errors speaks of.

    Those that it names; else those of which it uses a word: an argument ('a negative amount'), its type ('a number
    that does not exist'), or the command as a verb ('adding an item that exists'); else all of them.
    """
    named = tuple(
        item for item in brief.commands if names_part(brief.model_copy(update={"commands": (item,)}), statement)
    )
    words = {word.lower() for word in re.findall(r"[A-Za-z]+", statement)}
    return named or tuple(item for item in brief.commands if _shares_a_word(item, words)) or brief.commands


def _shares_a_word(command: CommandBrief, words: set[str]) -> bool:
    mine = {part for item in command.arguments for part in re.findall(r"[a-z]+", item.name.lower())}
    mine |= {"number"} if any(item.type in _NUMBERS for item in command.arguments) else set()
    verb = command.name.lower()
    return bool(mine & words) or (
        len(verb) > 2 and any(re.fullmatch(rf"{re.escape(verb)}\w?(ing|s)", word) for word in words)
    )


def statements_about(brief: Brief, part: CommandBrief | FunctionBrief) -> tuple[str, ...]:
    """The sentences that one command or function must follow: those that name it, those of errors that concern it,
    and those of the whole program."""
    if isinstance(part, CommandBrief):
        alone = brief.model_copy(update={"commands": (part,)})
        errors = {item for item in error_statements(brief) if part in concerned(brief, item)}
    else:
        alone = brief.model_copy(update={"functions": (part,)})
        errors = {item for item in error_statements(brief) if not names_part(brief, item)}
    shared = errors | set(general_statements(brief))
    return tuple(item for item in brief.statements if item in shared or (part.name and names_part(alone, item)))
