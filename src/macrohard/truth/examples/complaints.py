"""Whether what is shown is said to be wrong, old or only sometimes so, by the words around it."""

from __future__ import annotations

import re

_BEFORE = re.compile(
    r"\b(?:wrong\w*|broken|bugs?|buggy|observed|actual\w*|current\w*|at\s+the\s+moment|right\s+now|so\s+far|old|version|used\s+to|do\s+not|don't"
    r"|must\s+not|should\s+not|shouldn't|never|instead|today)\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?i:it|that|this|which)\s+(?:is|was|should|must|ought|has|does|happens)\b"
    r"|(?i:wrong|expected|should|correct|instead|please\s+fix|now\s+fix|fix|i\s+(?:want|expect)|what\s+i|my\s+version|but|now|however|not)\b"
)
_NEAR = 160
"""Characters on each side, which is a sentence or two."""


def is_complained_of(text: str, start: int, end: int) -> bool:
    """True where the sentence or heading before these words, or the beginning of what follows them, speaks of a mistake."""
    behind = text[end : end + _NEAR].lstrip(" \t\n.,;:!)*_-–—")
    return is_complained_before(text[:start]) or bool(_BEHIND.match(behind))


def is_complained_before(before: str) -> bool:
    """True where the last sentence or heading of these words speaks of a mistake."""
    return bool(_BEFORE.search(_last(before[-_NEAR:].rstrip())))


def _last(before: str) -> str:
    """The last sentence, or the heading above a list."""
    return re.split(r"[.!?][\s)]+(?=\S)|\n[ \t]*\n(?=[ \t]*[A-Za-z][^\n]*[.!?]\s*\Z)", before)[-1]
