"""Where a statement is cut into clauses: by its words, since no check of one part shows another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from macrohard.company.request.refusals import EXCEPTION, demands_error
from macrohard.company.request.sentences import protected
from macrohard.company.request.statuses import find_statuses

_VERB = (
    r"(?:is|are|was|were|has|have|does|do|can|cannot|may|must|should|shall|will|becomes?|stays?|remains?|gets?|prints?|shows?"
    r"|returns?|gives?|exits?|ends?|fails?|raises?|ignores?|keeps?|counts?|comes?|stores?|means?|equals?)"
)
_RELATIVE = re.compile(r"\b(?:that|which|who|whose|where|if|when|what)\b", re.IGNORECASE)
_VERBS = re.compile(rf"\b{_VERB}(?:n't)?\s", re.IGNORECASE)
_DOES = re.compile(
    r"\b(?:removes|adds|sets|makes|takes|converts|sorts|replaces|deletes|marks|records|changes|swaps|uses|reads|writes)\s"
)
_PREDICATE = r"(?:prints?|shows?|returns?|outputs?|displays?|gives?|writes?|exits?|ends?)"
_CONNECTOR = re.compile(
    rf"\s*(?:,|;|\s[—–-])\s+(?:and|but|so|yet|while|whereas)\s+(?!{_PREDICATE}\b)(?=\S+\s+\S)", re.IGNORECASE
)
_OPTION = re.compile(
    r"(?:(?:,\s*|\s+)(?:and|but|or)\s+|,\s+)(?=(?:with\s+)?(?:the\s+)?(?:option\s+|flag\s+)?[`'\"]?--\w)", re.IGNORECASE
)
_GERUND = r"(?!(?:no|any|every|some)?thing\b|(?:str|k|r|spr)ings?\b|dur|accord|evening|morning)\w+ing"
_PARTICIPLE = re.compile(
    rf",\s+(?:(?:and|but)\s+)?(?={_GERUND}\s+\S)"
    r"|\s+(?:and\s+|but\s+)?(?=(?:ignoring|treating|skipping|excluding|preserving|rounding)\s+\S)",
    re.IGNORECASE,
)
_LISTS_GERUNDS = re.compile(
    r"\b(?:for|of|by|like|supports?|allows?|as|about|with|without|when|while)\s+(?:\w+ing\b|$)", re.IGNORECASE
)
_AND = re.compile(r"\s+(?:and|but)\s+(?=\S+\s+\S)", re.IGNORECASE)
_QUALIFIES = re.compile(
    r"\s+and\s+(?=(?:ignores|skips|keeps|rounds|treats|refuses|rejects|never|always|must|should|does\s+not)\b)",
    re.IGNORECASE,
)
_COMMA = re.compile(r",\s+")
_COLON = re.compile(r"(?::|\s[—–-])\s+(?=\S+\s+\S)")
_AFTER_EXAMPLE = re.compile(r"\s*(?:[,:;]|\s[—–-]|\s\()\s*(?:(?:and|but|so)\s+)?(?=[^\s`'\"]+\s+\S)")
_SUBORDINATE = re.compile(
    r"\s*(?:and\s+|but\s+)?(?:if|when|whenever|where|unless|while|after|before|as|although|because|since|below|above|under|over|beyond)\b[^,]*\Z",
    re.IGNORECASE,
)
_ENUMERATION = re.compile(r",\s+\S+(?:\s+\S+){0,2}\Z")
AFTERMATH = re.compile(
    r"(?:changes|stores|saves|leaves?|keeps?|does|do(?:\s+not|n['’]t)|never|adds|removes|deletes|creates|makes|nothing|no\s+\w+\s+is)\b",
    re.IGNORECASE,
)
"""How a clause begins that says what an error leaves behind."""
_AFTERMATH = re.compile(rf",?\s+and\s+(?={AFTERMATH.pattern})", re.IGNORECASE)
_BETWEEN_ERRORS = re.compile(r"(?:,\s*|;\s*|\s+)(?:and|or|but)\s+|[,;]\s+", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?:it|this|that|they|these|which|both|the\s+(?:program|tool|command)|exits?|ends?)\b", re.IGNORECASE
)

LONGEST = 2000
"""Characters of a statement; in a longer one no clause can be told from another."""

Cut = tuple[int, int]
"""Where one clause ends and the next begins; what stands between only joins them."""


def cut(text: str, examples: Sequence[str], *, first: bool) -> tuple[str, ...]:
    """The clauses of a statement, verbatim; `examples` are quotations that stand in it, `first` says that it begins the
    request, where a verb more may say more than what the program is for."""
    spans = [match.span() for item in examples for match in re.finditer(re.escape(item), text)]
    masked = protected(text)
    for start, end in spans:
        masked = masked[:start] + re.sub(r"[\s,:;]", "_", masked[start:end]) + masked[end:]
    kept, begin = [], 0
    for stop, start in sorted({*_cuts(text, masked, spans, first=first)}, key=lambda item: (item[0], -item[1])):
        if stop > begin and _keeps_apart(masked[begin:stop]):
            kept.append((stop, start))
            begin = start
    stops = [stop for stop, _ in kept[1:]] + [len(text)]
    kept = [item for item, stop in zip(kept, stops, strict=True) if not _goes_on(text[item[1] : stop])] if kept else []
    return _pieces(text, kept)


def _cuts(text: str, masked: str, spans: Sequence[Cut], *, first: bool) -> Iterator[Cut]:
    for match in _CONNECTOR.finditer(masked):
        if not _ENUMERATION.search(masked[: match.start()]):
            yield match.span()
    yield from (
        match.span() for match in _OPTION.finditer(masked) if not re.search(r"--[\w-]+\S?\Z", masked[: match.start()])
    )
    for match in _PARTICIPLE.finditer(masked):
        if not _LISTS_GERUNDS.search(f"{masked[: match.start()]} "):
            yield match.span()
    for match in _AND.finditer(masked):
        if _has_verb(masked[: match.start()]) and _is_clause(
            re.split(r"[,;:]|\s(?:and|but)\s", masked[match.end() :])[0]
        ):
            yield match.span()
    yield from _around_examples(masked, spans)
    if first:
        yield from (match.span() for pattern in (_QUALIFIES, _COLON) for match in pattern.finditer(masked))
    for match in _AFTERMATH.finditer(masked):
        if demands_error(text[: match.start()]) and not demands_error(text[match.end() :]):
            yield match.span()
    yield from _between_errors(text, masked)
    for match in _COMMA.finditer(masked):
        one, other = text[: match.start()], text[match.end() :]
        if (
            (_has_verb(f"{one} ") or _DOES.search(one))
            and _is_clause(other)
            and demands_error(one) != demands_error(other)
        ):
            yield match.span()


def _around_examples(masked: str, spans: Sequence[Cut]) -> Iterator[Cut]:
    for start, end in spans:
        if after := _AFTER_EXAMPLE.match(masked, end):
            yield after.span()
        if before := re.search(r"(?<=\S\s)\S+\s+\S+(:\s+)\Z", masked[:start]):
            yield before.span(1)


def _between_errors(text: str, masked: str) -> Iterator[Cut]:
    """Each exit status, and each exception, stays with what leads to it."""
    statuses = [(item.start, item.end, str(item.number)) for item in find_statuses(text) if item.number]
    raised = [(*match.span(), match.group()) for match in EXCEPTION.finditer(text)]
    for one, other in (*pairwise(statuses), *pairwise(raised)):
        between = next(_BETWEEN_ERRORS.finditer(masked, one[1], other[0]), None)
        if one[2] != other[2] and between:
            yield between.span()


def _keeps_apart(before: str) -> bool:
    """False inside 'if a and b is c, …', which says nothing before its comma."""
    return not _SUBORDINATE.match(before)


def _has_verb(text: str) -> bool:
    return len(_VERBS.findall(text)) > len(_RELATIVE.findall(text))


def _is_clause(text: str) -> bool:
    """True for a subject with its verb: 'an empty list prints nothing', not 'prints nothing'."""
    return _has_verb(text) and not re.match(rf"\s*(?:{_VERB}|\w+ing|not|then|also|so|is)\b", text, re.IGNORECASE)


def _goes_on(text: str) -> bool:
    """'It exits with status 2' says more of the error before it, and is no clause of its own."""
    return bool(_GOES_ON.match(text)) and demands_error(text)


def _pieces(text: str, kept: Sequence[Cut]) -> tuple[str, ...]:
    begins, stops = [0, *(start for _, start in kept)], [*(stop for stop, _ in kept), len(text)]
    pieces = (text[begin:stop].strip(" ,:—–") for begin, stop in zip(begins, stops, strict=True))
    return tuple(piece for piece in pieces if piece) if kept else (text,)
