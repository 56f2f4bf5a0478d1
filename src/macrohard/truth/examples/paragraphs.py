"""Inputs and outputs as paragraphs that nothing sets off from the words around them: "This list", its lines, "should print", lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macrohard.truth.examples.below import announces_output, goes_on, is_output
from macrohard.truth.examples.files import Block, lines_of

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
_SET_OFF = re.compile(r"(?m)^(?:\s|```)")


def paragraphs(text: str) -> Iterator[tuple[Block, Block, Block]]:
    """The line that leads to each input, the input and what is printed for it."""
    found = list(_paragraphs(text))
    for before, given, between, shown, behind in zip(
        found, found[1:], found[2:], found[3:], [*found[4:], None], strict=False
    ):
        leads = _GIVEN.fullmatch(before.text.strip()) and _PRINTS.match(between.text) and announces_output(between.text)
        plain = not any(_SENTENCE.search(block.text) or _SET_OFF.search(block.text) for block in (given, shown))
        following = behind.text.partition("\n")[0].strip() if behind else ""
        if leads and plain and is_output(shown.text) and (_GIVEN.fullmatch(following) or not goes_on(following)):
            yield before, given, shown


def _paragraphs(text: str) -> Iterator[Block]:
    lines, start = (*lines_of(text), ""), 0
    for number, line in enumerate(lines):
        if not line.strip():
            if start < number:
                yield Block("", "\n".join(lines[start:number]), start, number)
            start = number + 1
