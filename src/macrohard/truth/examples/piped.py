"""What a program without commands makes of its standard input: a block below "Input:" and one below "Output:", or lines with
"should print" between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from macrohard.truth.examples.below import announced, announces_output, goes_on, is_output, output_of
from macrohard.truth.examples.files import Block, blocks, lines_of, words_between
from macrohard.truth.examples.shapes import CommandExample, Line

READS_INPUT = re.compile(r"\breads?\b[^.\n]{0,60}\bfrom\s+(?:the\s+)?(?:standard\s+input|stdin)\b", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"--\w|(?<!\w)-[a-z]\b|\bcommands?\b(?!-|\s+line)|\bfiles?\b|\boptions?\b|\barguments?\b|\bplayer\b|\bfunction\b",
    re.IGNORECASE,
)
"""There may be more to type than the name of the program."""
_NOTHING_MORE = re.compile(
    r"\b(?:without|(?:takes?|has|have|needs?|with)\s+no)\s+(?:any\s+)?(?:arguments?|options?|commands?)\b|\bthe\s+command\s+is\b",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"(?:(?:and|for|from|this|that|these|the|a|an|one|following|with|given|example)\s+)*[\w-]+\s*[:,]?", re.IGNORECASE
)
"""A line that may lead to an input: 'This pattern', 'and this one', 'For this list:'."""
_PRINTS = re.compile(
    r"(?:(?:it|this|the\s+program|then)\s+)*(?:should|must|shall|will|would|prints|gives|shows|displays|outputs)\b",
    re.IGNORECASE,
)
"""A heading such as "Output" is followed by words as often as by lines."""
_SENTENCE = re.compile(r"(?m)^[A-Z]\S*\s+\S+\s.*[.:]$")
_INPUT = re.compile(
    r"[\W_]*(?:(?:examples?|sample|for|given|with|the|this|an?|following|on|from|standard|first|second|another)\s+)*"
    r"(?:input|stdin)(?:\s+\d+)?[\W_]*",
    re.IGNORECASE,
)


def find_piped(request: str, program: str | None, others: Sequence[CommandExample]) -> Iterator[CommandExample]:
    """Each input with its output, where the program reads standard input and nothing tells of arguments, commands or files."""
    if (
        program is None
        or others
        or not READS_INPUT.search(request)
        or _OTHERWISE.search(_NOTHING_MORE.sub(" ", request))
    ):
        return
    for given, shown in pairwise(blocks(request)):
        printed = output_of(shown, request) if announced(request, given, shown) else None
        if _INPUT.fullmatch(given.before.strip()) and printed is not None:
            yield _example(request, program, given, shown, printed)
    for before, given, between, shown, behind in _paragraphs(request):
        said = _GIVEN.fullmatch(before.strip()) and _PRINTS.match(between.strip()) and announces_output(between)
        plain = not any(map(_SENTENCE.search, (given.text, shown.text)))
        if said and plain and is_output(shown.text) and (_GIVEN.fullmatch(behind.strip()) or not goes_on(behind)):
            yield _example(request, program, given, shown, shown.text)


def _example(request: str, program: str, given: Block, shown: Block, printed: str) -> CommandExample:
    line = Line(words=(program,), stdin=given.text.rstrip("\n") + "\n", stdout=printed)
    quotation = words_between(request, given.first, shown.end)
    return CommandExample(lines=(line,), quotation=quotation, detached=True)


def _paragraphs(request: str) -> Iterator[tuple[str, Block, str, Block, str]]:
    """Each four paragraphs in a row, flush with the margin, of which the first and the third are one line, and the line below."""
    lines, found, start = (*lines_of(request), ""), list[Block](), 0
    for number, line in enumerate(lines):
        if not line.strip():
            if start < number:
                found.append(Block("", "\n".join(lines[start:number]), start, number))
            start = number + 1
    for before, given, between, shown, behind in zip(
        found, found[1:], found[2:], found[3:], [*found[4:], None], strict=False
    ):
        text = f"{given.text}\n{shown.text}"
        if not re.search(r"^(?:\s|```)", text, re.MULTILINE):
            yield before.text, given, between.text, shown, behind.text.partition("\n")[0] if behind else ""
