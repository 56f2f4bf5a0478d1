"""Inputs and outputs as paragraphs that nothing sets off from the words around them: "This list", its lines, "should print", lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macrohard.truth.examples.below import announces_output, is_output
from macrohard.truth.examples.complaints import is_complained_before
from macrohard.truth.examples.files import Block, lines_of

_GIVEN = re.compile(
    r"(?:and\s+)?(?:(?:for|from|with|given)\s+)?(?:this|these|the\s+following)(?:\s+[\w-]+)?\s*[:,]?", re.IGNORECASE
)
"""A line that leads to an input: 'This pattern', 'and this one', 'For this list:'."""
_PRINTS = re.compile(
    r"(?:(?:it|this|the\s+program|then)\s+)*(?:should|must|shall|will|would|prints|gives|shows|displays|outputs)\b",
    re.IGNORECASE,
)
"""A heading such as "Output" is followed by words as often as by lines."""
_SAYS = re.compile(
    r"(?m)^(?:\s|```|[>*_`\"'(])|\b(?:the|an?|their|its|of|all|each|is|are|per|or|and|if|when|with|to)\b|<[^>\n]*>|\^D|\bEOF\b|[|<]|[.!?:]$"
)
"""Words, marks and commands: not plainly lines that go in or come out."""


def paragraphs(text: str, program: str) -> Iterator[tuple[Block, Block, Block]]:
    """The line that leads to each input, the input and what is printed for it; none of an input that is shown with two outputs."""
    found = list(_four_by_four(list(_paragraphs(text)), program))
    inputs = [given.text for _, given, _ in found]
    return (item for item in found if inputs.count(item[1].text) == 1)


def _four_by_four(found: list[Block], program: str) -> Iterator[tuple[Block, Block, Block]]:
    at = 0
    while at + 3 < len(found):
        before, given, between, shown = found[at : at + 4]
        last = at + 4 == len(found) or _GIVEN.fullmatch(found[at + 4].text)
        plain = all(_is_plain(block, program) for block in (given, shown))
        above = "\n\n".join(block.text for block in found[max(0, at - 1) : at + 1])
        if _leads(before, between) and plain and last and not is_complained_before(above):
            yield before, given, shown
            at += 4
        else:
            at += 1


def _leads(before: Block, between: Block) -> bool:
    said = _GIVEN.fullmatch(before.text.strip()) and _PRINTS.match(between.text)
    return bool(said) and announces_output(between.text)


def _is_plain(block: Block, program: str) -> bool:
    """Whether these can be the lines themselves; those without a figure may as well describe them."""
    return (
        bool(re.search(r"\d", block.text))
        and is_output(block.text)
        and not _SAYS.search(block.text)
        and not block.text.startswith(program)
    )


def _paragraphs(text: str) -> Iterator[Block]:
    lines, start = (*lines_of(text), ""), 0
    for number, line in enumerate(lines):
        if not line.strip():
            if start < number:
                yield Block("", "\n".join(lines[start:number]), start, number)
            start = number + 1
