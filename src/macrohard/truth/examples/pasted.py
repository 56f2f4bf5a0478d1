"""Blocks in which commands are typed: with `$` before them, with what they say in comments, or as plain lines.

What is no transcript yet becomes one: `tool add 1 2  # prints 3`, or a command alone with "Output:" and a second block below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from macrohard.truth.examples.below import announced, is_output
from macrohard.truth.examples.commands import is_form
from macrohard.truth.examples.comments import comment_of, said_in_comment
from macrohard.truth.examples.files import Block, blocks
from macrohard.truth.examples.flush import flush_transcripts
from macrohard.truth.examples.shell import read_command

SILENT = " #"
"""An empty comment behind a command: nothing is said of what it prints."""
_EXAMPLES = re.compile(
    r"\b(?:examples?|e\.g\.|for\s+instance|sessions?|in\s+use|looks?\s+like|demo\w*)(?!\w)", re.IGNORECASE
)
_DESCRIBED = re.compile(r"[A-Z](?:\S*\s+){2}.*\.|\s+\S.*|usage:.*", re.IGNORECASE)
"""Below a command: a sentence about it, or help, rather than what it prints."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """Commands in one folder, each on a line that begins with `$`, and below each what it prints."""

    before: str
    """The last line before it that is not blank."""
    text: str
    quotation: str
    """As it stands in the request, but for the indentation of the block."""
    verbatim: bool = True
    """False: the text is not a part of the request."""
    whole: bool = True
    """False: its last command is left out, since it cannot be told what it prints."""


def find_pasted(request: str, program: str | None) -> Iterator[Pasted]:
    """Every block of commands, in the order of the request; of those without `$` only the ones that run this program."""
    every = sorted(chain(blocks(request), flush_transcripts(request)), key=lambda block: block.first)
    output: Block | None = None
    for block, then in zip_longest(every, every[1:]):
        typed = _typed(block) or (_plain(block, program, request) if program else None)
        if block is output or typed is None:
            continue
        below = _is_shown_by(request, block, typed, then) if then else False
        output = then if below else None
        if then and below:
            yield _with_output(request, block, typed, then)
        elif below is None:
            yield _without_last(typed)
        elif typed.verbatim or _says(typed.text):
            yield typed


def _typed(block: Block) -> Pasted | None:
    """A block with `$` before its commands."""
    start = 0 if block.text.startswith("$ ") else block.text.find("\n$ ") + 1
    text = block.text[start:].rstrip("\n")
    return Pasted(block.before, text, text) if text.startswith("$ ") else None


def _plain(block: Block, program: str, request: str) -> Pasted | None:
    """A block that begins with a command of the program; None where the lines below it may be about it."""
    text = block.text.strip("\n")
    lines = [line for line in text.split("\n") if line.strip()]
    typed = [line.startswith(f"{program} ") for line in lines]
    below = [line for line, is_typed in zip(lines, typed, strict=True) if not is_typed]
    if typed[:1] != [True] or any(_DESCRIBED.fullmatch(line) for line in below):
        return None
    if below and not _EXAMPLES.search(block.before):
        return None
    parts = _cut(lines, typed)
    if not all(_is_run(command, output, request) for command, output in parts):
        return None
    written = "\n".join(f"$ {command}{_claimed(command, output)}" for command, output in parts)
    return Pasted(block.before, written, text, verbatim=False)


def _cut(lines: Sequence[str], typed: Sequence[bool]) -> list[tuple[str, str]]:
    """Each command with the lines below it."""
    starts = [index for index, is_typed in enumerate(typed) if is_typed]
    ends = [*starts[1:], len(lines)]
    return [(lines[start], "\n".join(lines[start + 1 : end])) for start, end in zip(starts, ends, strict=True)]


def _claimed(command: str, output: str) -> str:
    return f"\n{output}" if output else "" if comment_of(command) is not None else SILENT


def _is_run(command: str, output: str, request: str) -> bool:
    """Whether this can be typed as it stands: no form such as `tool add NAME`, and no `tool - counts words`."""
    read = read_command(command)
    plain = read is not None and len(read.words) > 1 and read.words[1] not in {"-", "--", "–", "—"}
    return plain and read is not None and not is_form(read, output or None, request)


def _says(text: str) -> bool:
    """Whether anything is said of what these commands print."""
    commands = [line[2:] for line in text.split("\n") if line.startswith("$ ")]
    return len(commands) <= text.count("\n") or any(said_in_comment(command) for command in commands)


def _is_shown_by(request: str, block: Block, typed: Pasted, then: Block) -> bool | None:
    """Whether the next block shows what the last command prints, as the words between say; None where it may."""
    last = _last(typed)
    if not last.startswith("$ ") or comment_of(last.removesuffix(SILENT)) is not None or then.text.startswith("$ "):
        return False
    says = announced(request, block, then)
    return (is_output(then, request) or None) if says else says


def _with_output(request: str, block: Block, typed: Pasted, then: Block) -> Pasted:
    text = typed.text.removesuffix(SILENT) + "\n" + then.text.rstrip("\n")
    lines = request.split("\n")[block.first : then.end]
    return Pasted(typed.before, text, "\n".join(lines).strip(), verbatim=False)


def _without_last(typed: Pasted) -> Pasted:
    rest = typed.text.removesuffix(_last(typed)).rstrip("\n")
    return Pasted(typed.before, rest, rest, typed.verbatim, whole=False)


def _last(typed: Pasted) -> str:
    """Its last line."""
    return typed.text.rpartition("\n")[2]
