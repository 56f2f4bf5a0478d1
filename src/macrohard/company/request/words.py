"""Words: whether a request says a name that a model proposes."""

from __future__ import annotations

import re

_ENDING = r"(?:e|es|s|y|ies|ied|ed|ing|er|ers|ion|ions)?"
"""Of another form of the same word: `list` is told by "listing", `remove` by "removes"."""


def tells(said: str, word: str) -> bool:
    """True when the word, or another form of it, stands in a text, with whatever is between its parts."""
    *parts, last = map(re.escape, re.split(r"[\s_-]+", word))
    stem = last[:-1] if len(last) > 3 and last[-1] in "ey" else last
    doubled = f"{stem[-1]}?" if stem[-1:].isalpha() else ""
    pattern = r"[\s_-]?".join((*parts, f"{stem}{doubled}{_ENDING}"))
    return re.search(rf"(?<![\w-]){pattern}(?![\w-])", said, re.IGNORECASE) is not None
