"""Blocks in which commands are typed, with a prompt before them or without.

What is no transcript yet becomes one where words say plainly what is printed: commands with comments (`tool add 1 2  # prints 3`), and
a command alone with "Output:" and a second block below.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest

from macrohard.truth.examples.around import is_spoken_of
from macrohard.truth.examples.below import announced, is_vague, output_of
from macrohard.truth.examples.commands import is_form
from macrohard.truth.examples.comments import said_in_comment
from macrohard.truth.examples.files import Block, blocks, words_between
from macrohard.truth.examples.flush import flush_transcripts
from macrohard.truth.examples.programs import runs
from macrohard.truth.examples.prompts import is_prompted, with_dollars
from macrohard.truth.examples.shell import CommandLine, comment_of, read_command


@dataclass(frozen=True, slots=True)
class Pasted:
    """Commands in one folder, each on a line that begins with `$ `, and below each what it prints."""

    before: str
    """The last line before it that is not blank."""
    text: str
    quotation: str
    """As it stands in the request, but for the indentation of the block."""
    by_line: bool = True
    """Whether the lines of the quotation are those of the text, one by one."""
    whole: bool = True
    """False: it ends before a command of which it cannot be told what it prints; nothing may be left of it."""

    def quotation_of(self, part: str) -> str:
        """The words of the request with what the text begins with; empty where that cannot be told."""
        if part == self.text:
            return self.quotation
        return "\n".join(self.quotation.split("\n")[: part.count("\n") + 1]) if part and self.by_line else ""


def find_pasted(request: str, program: str | None) -> Iterator[Pasted]:
    """Every block of commands, in the order of the request; of those without a prompt only the ones that run the program."""
    every = sorted(chain(blocks(request), flush_transcripts(request)), key=lambda block: block.first)
    output: Block | None = None
    for block, then in zip_longest(every, every[1:]):
        typed = _typed(block, program)
        pasted = typed or _plain(block, program, request)
        if block is output or pasted is None:
            continue
        joined = _joined(request, block, pasted, then) if _is_silent(pasted) and then else None
        output = then if joined else None
        yield joined or (_alone(request, block, typed, then) if typed else _commented(pasted))


def _typed(block: Block, program: str | None) -> Pasted | None:
    """A block with `$` before its commands, or with another prompt before those that run the program."""
    quoted = block.text.rstrip("\n").split("\n")
    lines = with_dollars(quoted, program) or []
    start = next((number for number, line in enumerate(lines) if line.startswith("$ ")), None)
    if start is None:
        return None
    return Pasted(block.before, "\n".join(lines[start:]), "\n".join(quoted[start : len(lines)]))


def _plain(block: Block, program: str | None, request: str) -> Pasted | None:
    """A block of nothing but commands of the program."""
    text = block.text.strip("\n")
    commands = [line for line in text.split("\n") if line.strip()]
    read = [read_command(command) for command in commands]
    if not commands or not all(_runs(item, program, request) for item in read):
        return None
    return Pasted(block.before, "\n".join(f"$ {command}" for command in commands), text, by_line=False)


def _runs(read: CommandLine | None, program: str | None, request: str) -> bool:
    """Whether this runs the program, and is not a form such as `tool add NAME` or the line `tool - counts words`."""
    if read is None or len(read.words) < 2 or read.words[1] in {"-", "--", "–", "—"}:
        return False
    return (
        runs(read.words[0], program, request) and not is_form(read, None, request) and not is_vague(read.words, request)
    )


def _is_silent(typed: Pasted) -> bool:
    """Whether nothing stands below the last command, or behind it."""
    last = typed.text.rpartition("\n")[2]
    return last.startswith("$ ") and comment_of(last[2:]) is None


def _joined(request: str, block: Block, typed: Pasted, then: Block) -> Pasted | None:
    """With the next block as what the last command prints, where the words between say so; it may show what all of them print
    where another one shows nothing."""
    read = read_command(typed.text.rpartition("\n$ ")[2].removeprefix("$ "))
    shown = output_of(then, request) if announced(request, block, then) else None
    if shown is None or read is None or is_vague(read.words, request) or _is_another_silent(typed):
        return None
    quotation = words_between(request, block.first, then.end)
    return Pasted(typed.before, f"{typed.text}\n{shown}", quotation, by_line=False)


def _alone(request: str, block: Block, typed: Pasted, then: Block | None) -> Pasted:
    """As far as it can be told what is printed without looking at the next block."""
    if not _is_silent(typed):
        return typed
    shown = then is not None and not is_prompted(then.text) and announced(request, block, then) is not False
    if not shown and not is_spoken_of(request, block):
        return typed
    rest = "" if shown and _is_another_silent(typed) else typed.text.rpartition("\n$ ")[0]
    return Pasted(typed.before, rest, typed.quotation_of(rest), whole=False)


def _commented(plain: Pasted) -> Pasted:
    """Commands without a prompt, where comments tell of each what it prints."""
    told = all(said_in_comment(command) for command in plain.text[2:].split("\n$ "))
    return plain if told else Pasted(plain.before, "", "", whole=False)


def _is_another_silent(typed: Pasted) -> bool:
    """Whether a command before the last one has no output."""
    return any("\n" not in part for part in typed.text.split("\n$ ")[:-1])
