"""Which sentences demand an error: not those that deny one, and not those in which errors are what is counted."""

from __future__ import annotations

import re

from macrohard.company.request.statuses import is_failure

_WORD = r"(?:errors?|invalid|fail(?:s|ed)?|refuse[sd]?|reject(?:s|ed)?|raises?|exceptions?)"
_ERROR = re.compile(rf"\b{_WORD}\b", re.IGNORECASE)
_QUOTED = re.compile(r"`[^`]*`|\"[^\"]*\"|(?<!\w)'[^'\n]*'(?!\w)|“[^”]*”")
_BETWEEN = (
    r"(?:(?:an?|any|the|be|is|are|it|as|with|to|in|such|really|actually|itself|longer|treated|considered|regarded|seen"
    r"|counted?|count|cause|lead|result|end|produce|give|raise|rais(?:e|ing)|throw(?:ing)?|print(?:ing)?|report(?:ing)?|exit"
    r"|stop)\s+)"
)
_NOT = [
    re.compile(
        rf"(?:\b(?:not|never|no|nor|neither|without|cannot)|n['’]t)\s+{_BETWEEN}{{0,6}}{_WORD}\b", re.IGNORECASE
    ),
    re.compile(
        r"\b(?:raises?|refuses?|rejects?)\s+nothing\b|\bnothing\s+(?:fails|is\s+(?:refused|rejected))\b", re.IGNORECASE
    ),
    re.compile(
        r"\bwith\s+the\s+exception\s+of\b|\b(?:one|only|sole|single)\s+exceptions?\b|\bexceptions?\s+to\b",
        re.IGNORECASE,
    ),
]
_HANDLED = (
    r"(?:ignored|skipped|counted|dropped|removed|left\s+(?:out|alone)|kept|passed\s+(?:over|through)|replaced|listed|marked"
    r"|shown|corrected|logged|summed|grouped)"
)
_LOOKS_FOR = (
    r"(?:ignor(?:es?|ing)|skip(?:s|ping)?|drop(?:s|ping)?|remov(?:es?|ing)|count(?:s|ing)|lists|collect(?:s|ing)?"
    r"|group(?:s|ing)|filter(?:s|ing)|extract(?:s|ing)?|summari[sz](?:es?|ing)|rank(?:s|ing)|sort(?:s|ing)"
    r"|find(?:s|ing)?|highlight(?:s|ing)?|pars(?:es?|ing)|analy[sz](?:es?|ing))"
)
_SHOWS = r"(?:prints?|shows?|displays?|outputs?|returns?|gives?|tells?|says?|reports?|finds?|counts?|lists?)"
_OF_DATA = [
    re.compile(
        rf"\b{_WORD}\b(?:\s+\w+){{0,3}}?\s+(?:is|are|gets?|be)\s+(?:\w+ly\s+|just\s+)?{_HANDLED}\b", re.IGNORECASE
    ),
    re.compile(
        rf"\b{_LOOKS_FOR}\s+(?:(?:the|all|any|each|every|only|out|its|most|common|lines?|with|for|of|and|or)\s+)*{_WORD}\b"
        rf"(?:\s+(?:and|or)\s+{_WORD})?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_SHOWS}\s+(?:only\s+)?(?:the\s+|a\s+)?(?:how\s+many|how\s+often|numbers?\s+of|counts?\s+of|lists?\s+of|whether|which)\b"
        r"[^,;:.]*",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_SHOWS}\s+(?:the|all|every|each|only|its)\s+(?:\w+\s+)?(?:errors|exceptions|failed|rejected|refused)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\berrors?\s+(?:rates?|counts?|logs?|levels?|lines?|margins?|bars?|distances?|corrections?|functions?|reports?"
        r"|summar(?:y|ies)|entr(?:y|ies)|types?|terms?)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:rounding|squared|absolute|relative|standard|percentage|typing|spelling|measurement|margin\s+of)\s+errors?\b",
        re.IGNORECASE,
    ),
    re.compile(r"\bERRORS?\b"),
]
EXCEPTION = re.compile(r"\b(?:[A-Z]\w*(?:Error|Exception|Warning|Interrupt|Exit)|StopIteration)\b")
"""The name of an exception of Python."""
_STDERR = re.compile(r"\bstderr\b|\bstandard\s+error\b", re.IGNORECASE)
_MESSAGE = re.compile(r"[`\"'“]\s*error\b", re.IGNORECASE)


def without_quotations(text: str) -> str:
    """The text without what stands in quotation marks and backticks, which it shows and does not say."""
    return _QUOTED.sub(" … ", text)


def demands_error(text: str) -> bool:
    """True when a sentence says that something ends in an error. What denies one, names status 0, or speaks of errors that
    are counted, listed or passed over demands none."""
    if is_failure(text) or (_STDERR.search(text) and _MESSAGE.search(text)):
        return True
    plain = without_quotations(text)
    for pattern in (*_NOT, *_OF_DATA):
        plain = pattern.sub(" … ", plain)
    return bool(_ERROR.search(plain))


def named_exceptions(text: str) -> frozenset[str]:
    """The exceptions that a sentence names: 'KeyError'."""
    return frozenset(EXCEPTION.findall(text))


def speaks_of_stderr(text: str) -> bool:
    """True when a sentence says what stands on standard error, which no expected output shows."""
    return bool(_STDERR.search(text))
