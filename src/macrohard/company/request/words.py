"""Words: whether a request says a name that a model proposes."""

from __future__ import annotations

import re

_ENDING = r"(?:s|es|d|ed|ing|er|ers|ion|ions)"


def tells(said: str, word: str) -> bool:
    """True when the word, or another form of it ("listing" for `list`), stands in a text, with whatever is between its parts."""
    *parts, last = map(re.escape, re.split(r"[\s_-]+", word))
    forms = [f"{last}{_ENDING}?"]
    if len(last) > 2 and last[-1].isalpha():
        forms += [f"{last}{last[-1]}{_ENDING}", f"{last[:-1]}(?:ing|ies|ied|ying|ion|ions)"]
    pattern = r"[\s_-]?".join((*parts, f"(?:{'|'.join(forms)})"))
    return re.search(rf"(?<![\w-]){pattern}(?![\w'-])", said, re.IGNORECASE) is not None
