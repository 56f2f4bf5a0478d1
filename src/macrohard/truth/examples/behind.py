"""What stands right behind a call or behind its result: an exception, or words by which it is no example."""

from __future__ import annotations

import re

ARROW = r"-{1,2}>|={1,2}>|[→➞⇒⟶⟹↦➔]"
"""Between what goes in and what comes out, as people type it or as exercises print it."""
ARROWED = rf"\b[A-Za-z_]\w*\([^()\n]{{0,200}}\)[`'\"]?[ \t]*(?:{ARROW})"
"""A call with an arrow of its own."""
GOES_ON = re.compile(
    rf"\w|\.\d|\s*(?:\.\.|…)|\s*(?:\*|/(?!\s*[`'\"]?{ARROWED})|%|\^|<|>|\+|\||&|@|==|!=|-\s?[\d(]"
    r"|(?:if|for|and|or|in|not|is|else)\b\s*[\d(\['\"])"
)
"""Behind a literal: it was only the beginning of a word, a number or an expression, which is no example."""
GOES_BEYOND = re.compile(
    r"[`'\"]?(?!\s+(?:because|since|as|and|but|while|for|which|whereas|so|following)\b)[ \t]+[A-Za-z]"
    r"|[`'\"]?[ \t]*(?:[,;.]\s*)?(?:but|although|though|whereas|while|when|instead|rather|where)\b(?:\s+of)?[^.\n]{0,20}?"
    r"\b(?:should|must|ought|expected?|want(?:ed)?)\b"
    r"|[`'\"]?[ \t]*(?:[,;(–—]|--?(?![\d>]))[ \t]*"
    r"(?:or|unless|if|when|only|except|provided|assuming|depending|but\s+(?:only|not)|and\s+only)\b"
    r"|[`'\"]?[ \t]+(?:but|and)\s+(?:only|not)\b"
    r"|[`'\"]?\?"
)
"""Behind a result: its unit ('2 lists'), a condition, another result, a question, or what it should have been."""
_RAISES = re.compile(
    rf"[`'\"]?\s*(?:(?:#|//|,|{ARROW})\s*)?(?:should\s+|must\s+|will\s+)?(?:raises?|throws?)\s+(?:an?\s+)?[`]?(?P<name>[A-Z]\w+)"
)
_FAILS = re.compile(
    rf"[`'\"]?\s*(?:(?:#|//)\s*)?(?:{ARROW}|(?:should\s+|must\s+|will\s+)?results?\s+in\b)\s*(?:an?\s+)?[`]?"
    r"(?P<name>[A-Z]\w*(?:Error|Exception))\b(?![(.])"
)
"""An arrow leads to a value, so that only a name that is plainly that of an exception counts."""
_OR = re.compile(
    r"[`'\"]?[ \t]*(?:[,;(–—/]|--?)?[ \t]*(?:or|unless)\b|[`'\"]?[ \t]*[/|][ \t]*[`]?(?:None|[A-Z]\w*(?:Error|Exception))\b"
)


def raised_at(text: str, at: int) -> re.Match[str] | None:
    """The words here by which a call raises the exception in the group `name`; None where it may do something else."""
    match = _RAISES.match(text, at) or _FAILS.match(text, at)
    if match is None or not (match["name"].isidentifier() and match["name"].isascii()):
        return None
    return None if _OR.match(text, match.end()) else match
