"""What a program without commands makes of its standard input: a block below "Input:", and one below "Output:"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from macrohard.truth.examples.below import announced, is_output
from macrohard.truth.examples.files import blocks
from macrohard.truth.examples.shapes import CommandExample, Line

_READS = re.compile(r"\b(?:standard\s+input|stdin)\b", re.IGNORECASE)
_INPUT = re.compile(
    r"[\W_]*(?:(?:examples?|sample|for|given|with|the|this|an?|following|on|from|standard|it\s+reads|first|second|another)\s+)*"
    r"(?:input|stdin)(?:\s+\d+)?[\W_]*",
    re.IGNORECASE,
)


def find_piped(request: str, program: str | None, others: Sequence[CommandExample]) -> Iterator[CommandExample]:
    """Each input with its output, where the request speaks of standard input and no other example gives arguments."""
    words = {line.words for example in others for line in example.lines}
    if program is None or not _READS.search(request) or any(len(given) > 1 for given in words):
        return
    lines = request.split("\n")
    for given, shown in pairwise(blocks(request)):
        if _INPUT.fullmatch(given.before.strip()) and announced(request, given, shown) and is_output(shown, request):
            line = Line(words=(program,), stdin=given.text.rstrip("\n") + "\n", stdout=shown.text.rstrip("\n"))
            quotation = "\n".join(lines[given.first : shown.end]).strip()
            yield CommandExample(lines=(line,), quotation=quotation, detached=True)
