"""What a request shows without becoming a check, so that the user can say it in another way before the work is done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from macrohard.company.brief import Brief
from macrohard.company.naming import program_name
from macrohard.company.order import Kind, Order
from macrohard.company.placing import askable
from macrohard.truth.examples import CallExample, CommandExample, Example, find_examples, find_files, parse_given
from macrohard.truth.examples.commands import is_form
from macrohard.truth.examples.files import blocks, lines_of
from macrohard.truth.examples.flush import flush_transcripts
from macrohard.truth.examples.prompts import without_prompt
from macrohard.truth.examples.shell import read_command
from macrohard.truth.standalone import visible

_PROGRAM = re.compile(r"[\w./-]+")
_NO_COMMANDS = frozenset({"-", "--", "–", "—", "=", "-h", "--help", "--version"})
"""Words behind the name of a program that describe it, or that every program knows."""
_OTHER_LANGUAGE = re.compile(
    r"`{3,}\s*(?:py\w*|json\w*|ya?ml|toml|ini|csv|html?|xml|js|javascript|typescript|ts|diff|c|java|rust|go|sql)\b"
)
_MOST = 3
"""Named in a note; the others are counted."""


def unread_notes(brief: Brief, order: Order) -> tuple[str, ...]:
    """What to know where there is no example, and where it cannot be told what comes of a line in a block of code."""
    found, given = find_examples(brief.request), [parse_given(text, brief.name) for text in order.examples]
    form = "`--example 'ARGS => OUTPUT'`" if brief.kind is Kind.CLI else "`--example 'CALL => VALUE'`"
    notes = _note_untold(list(_untold(brief, [*found, *given])), form)
    if given or order.tests or askable(brief, found):
        return tuple(notes)
    return (f"There is no example that can be tried, and without one little can be verified: {form} gives one.", *notes)


def waiting_notes(brief: Brief, order: Order) -> tuple[str, ...]:
    """Examples that need more than is shown, said early; in the end each is a claim that is not verified."""
    found = find_examples(brief.request)
    asked = (*askable(brief, found), *(parse_given(text, brief.name) for text in order.examples))
    tried = {_typed(item) for item in asked}
    waiting = [item for item in map(_typed, filter(partial(_is_ours, brief), found)) if item not in tried]
    waiting = [f"`{visible(text)}`" for text in dict.fromkeys(waiting)]
    if not waiting:
        return ()
    return (f"It needs a file that is not shown, or what was done before it, and is not tried: {_listed(waiting)}.",)


def _note_untold(lines: Sequence[tuple[int, str]], form: str) -> Iterator[str]:
    if lines:
        named = _listed([f"`{visible(text)}` (line {number})" for number, text in lines])
        yield f"Not read as an example, because nothing tells for sure what comes of it: {named}. {form} says it."


def _listed(items: Sequence[str]) -> str:
    more = len(items) - _MOST
    return ", ".join(items[:_MOST]) + (f" and {more} more" if more > 0 else "")


def _typed(example: Example) -> str:
    return example.expression if isinstance(example, CallExample) else example.lines[-1].typed


def _is_ours(brief: Brief, example: Example) -> bool:
    """Whether it runs this program; a call in a request for a program is something else."""
    return isinstance(example, CommandExample) and program_name(example.lines[0].words[0]) == brief.name


def _untold(brief: Brief, examples: Sequence[Example]) -> Iterator[tuple[int, str]]:
    """Each line of code that runs the program, or calls a function of it, and stands in no example; with its number, from 1."""
    is_untold = partial(_is_untold_call if brief.kind is Kind.LIBRARY else _is_untold_command, brief, examples)
    files = find_files(brief.request).values()
    shown = {line.strip() for text in (*(item.quotation for item in examples), *files) for line in text.split("\n")}
    for number, line in _code(brief):
        text = without_prompt(line)
        if line.strip() not in shown and is_untold(text):
            yield number, text


def _code(brief: Brief) -> Iterator[tuple[int, str]]:
    """The lines in blocks of code, each with its number; of a request for a program those that are not in another language."""
    lines = lines_of(brief.request)
    numbers: set[int] = set()
    for block in (*blocks(brief.request), *flush_transcripts(brief.request)):
        fence = lines[block.first - 1].strip().lower() if block.first else ""
        if brief.kind is Kind.LIBRARY or not _OTHER_LANGUAGE.match(fence):
            numbers |= set(range(block.first, min(block.end, len(lines))))
    return ((number + 1, lines[number]) for number in sorted(numbers))


def _is_untold_call(brief: Brief, examples: Sequence[Example], text: str) -> bool:
    ours = any(text.startswith(f"{function.name}(") for function in brief.functions)
    return ours and not any(isinstance(item, CallExample) and item.expression in text for item in examples)


def _is_untold_command(brief: Brief, examples: Sequence[Example], text: str) -> bool:
    """Whether this runs a command of the program, is no form such as `tool add NAME`, and stands in no example."""
    read = read_command(text, find_files(brief.request))
    if read is None or not _PROGRAM.fullmatch(read.words[0]) or program_name(read.words[0]) != brief.name:
        return False
    names = {command.name for command in brief.commands}
    word = read.words[1] if len(read.words) > 1 else ""
    if word in _NO_COMMANDS or (names and not {word, ""} & names) or is_form(read, None, brief.request):
        return False
    lines = [line for item in examples if isinstance(item, CommandExample) for line in item.lines]
    return all((line.words, line.stdin) != (read.words, read.stdin) for line in lines)
