"""Files that a request shows: 'With this file people.csv:' and an indented or fenced block after it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

_ANNOUNCED = re.compile(r"\bfile(?:\s+(?:called|named))?\s+[`'\"]?([\w.-]+\.\w+)[`'\"]?[^\n]*:\s*$", re.IGNORECASE)


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """All code blocks as (line before the block, text of the block): indented by four, or between fences."""
    before, lines = "", text.split("\n")
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.lstrip().startswith("```"):
            end = next((i for i in range(index + 1, len(lines)) if lines[i].lstrip().startswith("```")), len(lines))
            yield before, textwrap.dedent("\n".join(lines[index + 1 : end])) + "\n"
            index = end
        elif line.startswith(("    ", "\t")):
            end = index
            while end < len(lines) and (lines[end].startswith(("    ", "\t")) or not lines[end].strip()):
                end += 1
            yield before, textwrap.dedent("\n".join(lines[index:end])).strip("\n") + "\n"
            index = end - 1
        elif line.strip():
            before = line
        index += 1


def find_files(request: str) -> dict[str, str]:
    """File name -> text, for each file that the request announces and then shows."""
    found = {}
    for before, block in blocks(request):
        announced = _ANNOUNCED.search(before.strip())
        if announced and not block.lstrip().startswith("$ "):
            # A file and a transcript may share one indented block, a blank line between them.
            found[announced.group(1)] = block.split("\n\n$ ")[0].rstrip("\n") + "\n"
    return found
