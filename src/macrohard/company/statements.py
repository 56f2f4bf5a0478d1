"""The sentences of a request that say how the program behaves: what the emulated user must try."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+(?=[A-Z`'\"a-z])")
_BLOCK = re.compile(r"(?ms)^```.*?^```[^\n]*$|(?:^(?:    |\t)[^\n]*\n?)+")


def split_statements(request: str) -> tuple[str, ...]:
    """Sentences and clauses between semicolons, verbatim, without code blocks and without headings such as 'Example:'."""
    prose = re.sub(r"\s+", " ", _BLOCK.sub(" ", request)).strip()
    parts = (part.strip() for part in _SENTENCE_END.split(prose))
    return tuple(part for part in parts if len(part.split()) > 2 and not part.endswith(":"))
