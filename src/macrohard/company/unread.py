"""What a request shows without becoming a check, so that the user can say it in another way before the work is done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from macrohard.company.brief import Brief
from macrohard.company.naming import program_name
from macrohard.company.order import Kind, Order
from macrohard.company.placing import askable
from macrohard.truth.examples import CallExample, CommandExample, Example, find_examples, find_files, parse_given
from macrohard.truth.examples.commands import is_form
from macrohard.truth.examples.files import Block, blocks, lines_of
from macrohard.truth.examples.flush import flush_transcripts
from macrohard.truth.examples.prompts import without_prompt
from macrohard.truth.examples.shell import CommandLine, read_command
from macrohard.truth.standalone import visible

_PROGRAM = re.compile(r"[\w./-]+")
_DASHES = frozenset({"-", "--", "–", "—"})
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


def waiting_notes(brief: Brief) -> tuple[str, ...]:
    """Examples that need more than is shown, said early; in the end each is a claim that is not verified."""
    found = find_examples(brief.request)
    asked = askable(brief, found)
    waiting = [f"`{visible(_typed(item))}`" for item in found if item not in asked and _is_ours(brief, item)]
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
    shown = {(line.words, line.stdin) for item in examples if isinstance(item, CommandExample) for line in item.lines}
    calls = [item.expression for item in examples if isinstance(item, CallExample)]
    files = find_files(brief.request)
    for number, line in _code(brief.request):
        text = without_prompt(line.strip().removeprefix(">>> "))
        if brief.kind is Kind.LIBRARY:
            if _calls(brief, text) and not any(call in text for call in calls):
                yield number, text
        else:
            read = read_command(text, files)
            if read and _runs(brief, read) and (read.words, read.stdin) not in shown:
                yield number, text


def _code(text: str) -> Iterator[tuple[int, str]]:
    """The lines in blocks of code, each with its number."""
    lines = lines_of(text)
    every: list[Block] = [*blocks(text), *flush_transcripts(text)]
    numbers = sorted({number for block in every for number in range(block.first, min(block.end, len(lines)))})
    return ((number + 1, lines[number]) for number in numbers)


def _calls(brief: Brief, text: str) -> bool:
    return any(text.startswith(f"{function.name}(") for function in brief.functions)


def _runs(brief: Brief, read: CommandLine) -> bool:
    """Whether this runs the program, and is no form such as `tool add NAME`, nor a line such as `tool - counts words`."""
    described = len(read.words) > 1 and read.words[1] in _DASHES
    ours = _PROGRAM.fullmatch(read.words[0]) and program_name(read.words[0]) == brief.name
    return bool(ours) and not described and not is_form(read, None, brief.request)
