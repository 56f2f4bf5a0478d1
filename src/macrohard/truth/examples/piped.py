"""What a program without commands makes of its standard input: a block below "Input:" and one below "Output:", or paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from macrohard.truth.examples.below import announced, output_of
from macrohard.truth.examples.files import Block, blocks, words_between
from macrohard.truth.examples.paragraphs import paragraphs
from macrohard.truth.examples.shapes import CommandExample, Line

_READS = re.compile(
    r"(?P<denied>\b(?:not|never|nothing)\s+|n't\s+)?\breads?\b(?P<what>[^.\n]{0,60})\bfrom\s+(?:the\s+)?(?:standard\s+input|stdin)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\b(?:password|config\w*|file\s*names?|names?\s+of|paths?|nothing)\b", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"--\w|(?<!\w)-[a-z]\b|\bcommands?\b(?!-|\s+line)|\bfiles?\b|\boptions?\b|\barguments?\b|\bplayer\b|\bfunction\b",
    re.IGNORECASE,
)
"""There may be more to type than the name of the program."""
_NOTHING_MORE = re.compile(
    r"\b(?:without|(?:takes?|has|have|needs?|with)\s+no)\s+(?:any\s+)?(?:arguments?|options?|commands?)\b|\bthe\s+command\s+is\b",
    re.IGNORECASE,
)
_INPUT = re.compile(
    r"[\W_]*(?:(?:examples?|sample|for|given|with|the|this|an?|following|on|from|standard|first|second|another)\s+)*"
    r"(?:input|stdin)(?:\s+\d+)?[\W_]*",
    re.IGNORECASE,
)


def find_piped(request: str, program: str | None, others: Sequence[CommandExample]) -> Iterator[CommandExample]:
    """Each input with its output, where the program reads standard input and nothing tells of arguments, commands or files."""
    if program is None or others or not reads_input(request) or _OTHERWISE.search(_NOTHING_MORE.sub(" ", request)):
        return
    for given, shown in pairwise(blocks(request)):
        printed = output_of(shown, request) if announced(request, given, shown) else None
        if _INPUT.fullmatch(given.before.strip()) and printed is not None:
            yield _example(request, program, given, shown, printed)
    for before, given, shown in paragraphs(request, program):
        yield _example(request, program, given, shown, shown.text, first=before.first)


def reads_input(request: str) -> bool:
    """Whether the request says that standard input is read, and not for something beside."""
    found = list(_READS.finditer(request))
    return bool(found) and not any(said["denied"] or _ASIDE.search(said["what"]) for said in found)


def _example(
    request: str, program: str, given: Block, shown: Block, printed: str, *, first: int | None = None
) -> CommandExample:
    """`first` is where its words begin, if not with what is given."""
    line = Line(words=(program,), stdin=given.text.rstrip("\n") + "\n", stdout=printed)
    quotation = words_between(request, given.first if first is None else first, shown.end)
    return CommandExample(lines=(line,), quotation=quotation, detached=True)
