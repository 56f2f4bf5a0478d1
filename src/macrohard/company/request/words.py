"""Words: whether a request says a name that a model proposes."""

from __future__ import annotations

import re


def tells(said: str, word: str) -> bool:
    """True when the word, or its plural, stands in a text, with whatever is between its parts."""
    parts = r"[\s_-]?".join(map(re.escape, re.split(r"[\s_-]+", word)))
    return re.search(rf"(?<![\w-]){parts}s?(?![\w-])", said, re.IGNORECASE) is not None
