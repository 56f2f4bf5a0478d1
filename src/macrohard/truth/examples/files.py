"""Files that a request shows: 'With this file people.csv:' and an indented or fenced block after it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

_NAME = r"[`'\"*]{0,3}([\w-][\w.-]*\.\w+)[`'\"*]{0,3}"
_ANNOUNCED = re.compile(
    rf"(?:\bfile(?:\s+(?:called|named))?\s+{_NAME}[^\n]*|(?:^|\b(?:given|with|and|input|suppose|assume|contents?\s+of)\s+){_NAME}(?:\s+\w+){{0,2}}\s*):\s*$",
    re.IGNORECASE,
)
_OUTPUT = re.compile(
    r"\b(?:prints?|printed|outputs?|shows?|displays?|gives?|returns?|results?|writes?|written|becomes?|creates?|produces?)\b",
    re.IGNORECASE,
)
"""Said of a block, it is what a program makes of the file."""
_MENTIONED = re.compile(rf"\b(?:file|input|given|contents?\s+of)(?:\s+(?:called|named))?\s+{_NAME}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code."""

    before: str
    """The last line before it that is not blank."""
    text: str
    first: int
    """Its first line in the text, counted from 0."""


def blocks(text: str) -> Iterator[Block]:
    """All code blocks: indented by four, or between fences."""
    before, lines = "", text.split("\n")
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.lstrip().startswith("```"):
            end = next((i for i in range(index + 1, len(lines)) if lines[i].lstrip().startswith("```")), len(lines))
            yield Block(before, textwrap.dedent("\n".join(lines[index + 1 : end])) + "\n", index + 1)
            index = end
        elif line.startswith(("    ", "\t")):
            end = index
            while end < len(lines) and (lines[end].startswith(("    ", "\t")) or not lines[end].strip()):
                end += 1
            yield Block(before, textwrap.dedent("\n".join(lines[index:end])).strip("\n") + "\n", index)
            index = end - 1
        elif line.strip():
            before = line
        index += 1


def find_files(request: str) -> dict[str, str]:
    """File name -> text, for each file that the request announces and then shows."""
    found = {}
    for block in blocks(request):
        announced = _ANNOUNCED.search(block.before.strip())
        if announced and not _OUTPUT.search(block.before) and not block.text.lstrip().startswith("$ "):
            # A file and a transcript may share one indented block, a blank line between them.
            text = block.text.split("\n\n$ ")[0].rstrip("\n") + "\n"
            found[announced.group(1) or announced.group(2)] = text
    return found


def unknown_files(request: str) -> frozenset[str]:
    """Names of files of which the request speaks, without showing what is in them."""
    return frozenset(_MENTIONED.findall(request)) - set(find_files(request))
