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
    r"(?:(?:so|thus|for[ ]example|e\.g\.|right|immediately|directly|in[ ]an?[ ](?:new|fresh|empty)[ ](?:folder|directory)),?[ ]{1,4})?"
    r"(?:after|once)\s+(?:(?:you|I|we)\s+)?(?:(?:have\s+)?(?:run|ran|running|typed?|typing|called|calling|did|using|the\s+commands?)\s+)?"
    rf"(?P<done>{_QUOTED}(?:{_AND}{_QUOTED})*)\s*,?\s*(?:then\s+)?(?:(?:running|calling|the\s+command)\s+)?",
    re.IGNORECASE,
)
_BEGINNING = re.compile(r"(?:^|\n)[ \t]*(?:(?:[-*+]|\d{1,2}[.)])[ \t]+)?\Z|[.!?)][ \t\n]{1,4}\Z")
"""Of a sentence or an item: "five minutes after", "currently, after" and "even after" say more."""
_NEAR = 400
"""Characters before a command that are looked at."""
_MOST = 8


def done_before(
    text: str, at: int, is_ours: Callable[[CommandLine], bool], files: Mapping[str, str]
) -> tuple[int, tuple[Line, ...]] | None:
    """Where the sentence begins that ends at this command and says what was done before it, and these commands; None where there
    is no such sentence.

    There are no commands where something else is done than running the program, or the program was run before it: what that did
    may still be there.
    """
    for said in islice(_AFTER.finditer(text, max(0, at - _NEAR), at), _MOST):
        if said.end() == at and _BEGINNING.search(text[max(0, said.start() - _NEAR) : said.start()]):
            read = [_read(quoted, files) for quoted in re.findall(_QUOTED, said["done"])]
            earlier = (_read(quoted, files) for quoted in re.findall(_QUOTED, text[: said.start()]))
            done = tuple(
                Line(words=item.words, stdin=item.stdin, prepares=True) for item in read if item and is_ours(item)
            )
            whole = len(done) == len(read) and not any(item and is_ours(item) for item in earlier)
            return said.start(), done if whole else ()
    return None


def _read(quoted: str, files: Mapping[str, str]) -> CommandLine | None:
    return read_command(quoted[1:-1].removeprefix("$ "), files)
