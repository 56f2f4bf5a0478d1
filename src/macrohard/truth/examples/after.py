"""What was done before a command, said in the same sentence: "After `todo add milk`, `todo list` prints `1. milk`"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import islice

from macrohard.truth.examples.shapes import Line
from macrohard.truth.examples.shell import CommandLine, read_command

_QUOTED = r"(?:`[^`\n]+`|'[^'\n]+'|\"[^\"\n]+\")"
_AND = r"(?:\s*,\s*|\s*,?\s+and\s+(?:then\s+)?|\s*,?\s+then\s+)"
_AFTER = re.compile(
    r"\b(?:after|once)\s+(?:(?:you|I|we)\s+)?(?:(?:have\s+)?(?:run|ran|running|typed?|typing|called|calling|did|using|the\s+commands?)\s+)?"
    rf"(?P<done>{_QUOTED}(?:{_AND}{_QUOTED})*)\s*,?\s*(?:then\s+)?(?:(?:running|calling|the\s+command)\s+)?",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|never|only|until|unless|before|if|as|whether|and|then|now|again|also)\s+(?:\w+\s+)?\Z|n't\s+(?:\w+\s+)?\Z",
    re.IGNORECASE,
)
"""Right before it: whatever follows need not hold whenever this was done."""
_NEAR = 400
"""Characters before a command that are looked at."""
_MOST = 8


def done_before(
    text: str, at: int, is_ours: Callable[[CommandLine], bool], files: Mapping[str, str]
) -> tuple[int, tuple[Line, ...]] | None:
    """Where the words begin that end at this command and say what was done before it, and these commands; None where there are
    no such words, or something else is done than running the program."""
    for said in islice(_AFTER.finditer(text, max(0, at - _NEAR), at), _MOST):
        if said.end() == at and not _DENIED.search(text[max(0, said.start() - _NEAR) : said.start()]):
            read = [
                read_command(quoted[1:-1].removeprefix("$ "), files) for quoted in re.findall(_QUOTED, said["done"])
            ]
            done = tuple(
                Line(words=item.words, stdin=item.stdin, prepares=True) for item in read if item and is_ours(item)
            )
            return (said.start(), done) if len(done) == len(read) else None
    return None
