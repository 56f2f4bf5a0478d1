"""Exit statuses in running text: 'exits with status 3', 'exit code of 3', '0 if valid and 1 otherwise'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from macrohard.company.request.statuslists import StatusList, find_lists
from macrohard.truth.examples import CommandExample, Example, find_examples, parse_given

_WORDS = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(_WORDS)})(?![\w%]|[.,]\d)"
_FILLER = (
    r"(?:[\s(:='\"`]++(?:with|an?|the|its|non-?zero|exit|error|return|status|code|of|is|be|should|must|will|shall|to|set|value)"
    r"(?=[\s(:='\"`])){0,12}[\s(:='\"`]++"
)
"""No more words than people write, so that a text full of them is read in no time."""
_NO_STATUS = r"(?!\s+(?:errors?|messages?|warnings?|lines?|items?|seconds?|minutes?|times|tries|attempts|of\s+the)\b)"
_EXITS = re.compile(
    rf"\b(?:(?:exit|return|process)[\s-]+(?:status|code)|exit(?:s|ed|ing)?){_FILLER}{_NUMBER}{_NO_STATUS}",
    re.IGNORECASE,
)
_BARE = re.compile(rf"\b(?:status(?:\s+code)?|code)(?:\s+(?:of|is))?\s*[:=]?\s*{_NUMBER}", re.IGNORECASE)
"""A status that is called nothing more may be one of a server, or of a task in a list."""
_ENDS = re.compile(
    r"\b(?:exit\w*|errors?|fails?|failing|failed|failure|ends?|stops?|terminates?|quits?|aborts?)\b", re.IGNORECASE
)
_ENDS_WITH = re.compile(
    r"\b(?:exit\w*|errors?|fails?|ends?|stops?|terminates?|quits?|aborts?)\s+with\s+(?:an?\s+)?(?:error\s+)?$"
)
_CONDITION = r"(?:if|when|on|for|otherwise|in\s+case|means)\b"
_FOREIGN = re.compile(r"\b(?:https?|responses?|servers?|urls?|endpoints?|requests?|web)\b", re.IGNORECASE)
_FURTHER = re.compile(
    rf"(?:[,;(]|\band|\bor)\s*(?:and\s+|or\s+)?(?:with\s+)?"
    rf"(?:(?P<number>\d{{1,3}})\s+{_CONDITION}|(?:otherwise|else)\s+(?:with\s+)?(?P<last>\d{{1,3}})\b)"
    r"|\bnon-?\s?zero\s*\(\s*(?P<nonzero>\d{1,3})\s*\)",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(
    rf"\s*\([^()\n]*\)\s*(?:[,;]\s*(?:(?:and|or)\s+)?|(?:and|or)\s+)(?:with\s+)?(?P<number>\d{{1,3}})"
    rf"(?=\s*(?:\(|\Z)|\s+{_CONDITION})",
    re.IGNORECASE,
)
"""What follows a status that brackets explain."""
_LISTED = re.compile(r"\bexit[\s-]+(?:statuses|codes|values)\s*(?::[ \t]*|are\s*|(?=\d))", re.IGNORECASE)
_ITEM = re.compile(
    r"(?:(?:(?<=[,;(])|\band\b|\bor\b)\s*|\A[ \t]*)(\d{1,3})(?![\w%]|[.,]\d|\s*(?:to|through|[-–—])\s*\d)"
)
_SENTENCE = re.compile(r"(?:[^.\n!?]|\.(?=\S)|\n(?!\s*\n))+")
_MENTION = re.compile(
    r"\bexit(?:s|ed|ing)?[\s-]+(?:with\s+)?(?:an?\s+|the\s+)?(?:status|code)|\breturn\s+code|\bEX_[A-Z]+", re.IGNORECASE
)
_NONZERO = re.compile(r"\bnon-?\s?zero\b", re.IGNORECASE)
_ERRING = re.compile(
    r"\b(?:errors?|usage|invalid|misuse\w*|unknown|wrong|bad|malformed|illegal|missing|fail(?:s|ed|ures?)?|cannot|no\s+such)\b",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[,;\n]|\b(?:and|or)\b", re.IGNORECASE)
_HIGHEST = 255
DEFAULT_STATUS = 2
"""After an error of the user, where nothing is said: as Unix tools do for misuse."""


@dataclass(frozen=True, slots=True)
class Status:
    """An exit status where a text names it."""

    number: int
    start: int
    end: int


def find_statuses(text: str) -> tuple[Status, ...]:
    """Every exit status that a text names, 0 included, in its order. What a server answers is none."""
    lists = tuple(find_lists(text))
    found = {item.end: item for match in _SENTENCE.finditer(text) for item in _in_sentence(text, *match.span(), lists)}
    for start, end in (span for listed in lists for span in listed.numbers):
        found.update({item.end: item for item in _status(text[start:end], start, end)})
    return tuple(found[end] for end in sorted(found))


def _in_sentence(text: str, start: int, end: int, lists: Sequence[StatusList]) -> Iterator[Status]:
    sentence = text[start:end]
    matches = [*_EXITS.finditer(sentence), *(match for match in _BARE.finditer(sentence) if _is_exit(match, sentence))]
    for match in matches:
        yield from _status(match.group("number"), start + match.start(), start + match.end("number"))
    listed = _LISTED.search(sentence)
    if listed and not any(item.start <= start + listed.end() <= item.end for item in lists):
        for match in _ITEM.finditer(sentence[listed.end() :]):
            at = start + listed.end()
            yield from _status(match.group(1), at + match.start(1), at + match.end(1))
    first = min((match.end() for match in matches), default=None)
    if first is not None:
        for begin, stop in _further(sentence, first):
            yield from _status(sentence[begin:stop], start + begin, start + stop)


def _further(sentence: str, first: int) -> Iterator[tuple[int, int]]:
    """Where the numbers stand that follow a first status, each with when it is so."""
    if re.match(rf"\s+{_CONDITION}", sentence[first:]):
        yield from (match.span(match.lastgroup or 0) for match in _FURTHER.finditer(sentence, first))
    explained = _EXPLAINED.match(sentence, first)
    while explained:
        yield explained.span("number")
        explained = _EXPLAINED.match(sentence, explained.end())


def _is_exit(match: re.Match[str], sentence: str) -> bool:
    """True when a plain 'status 3' or 'code 3' can only be an exit status: the sentence speaks of an end or says when."""
    number = match.group("number")
    if _FOREIGN.search(sentence) or len(number) > 2 and number.isdigit():
        return False
    before = sentence[: match.start()].lower()
    if "code" in match.group().lower():
        return bool(_ENDS_WITH.search(before))
    return bool(_ENDS.search(sentence) or re.match(rf"\s+(?!means\b){_CONDITION}", sentence[match.end() :]))


def _status(word: str, start: int, end: int) -> Iterator[Status]:
    number = _WORDS[word.lower()] if word.lower() in _WORDS else int(word)
    if number <= _HIGHEST:
        yield Status(number, start, end)


def statuses_in(text: str) -> tuple[int, ...]:
    """The exit statuses above 0 that a text names, in its order, each once."""
    return tuple(dict.fromkeys(item.number for item in find_statuses(text) if item.number))


def told_statuses(request: str, given: Sequence[str] = ()) -> tuple[int, ...]:
    """The exit statuses above 0 that people name, each once: in examples beside the request, in words, in its examples.

    `given` are the examples of `--example`; raises UserError for one that cannot be read.
    """
    beside = _shown([parse_given(text, "program") for text in given])
    words = statuses_in("\n".join((request, *given)))
    return tuple(dict.fromkeys((*beside, *words, *_shown(find_examples(request)))))


def error_status(request: str, given: Sequence[str] = ()) -> int:
    """The exit status after an error, where nothing else is said: of those that people name the first that words call one
    of errors, else the first; 2 when they name none. One that only an example beside the request shows comes before."""
    told = told_statuses(request, given)
    called = tuple(_called_errors(request)) if set(told[:1]) <= set(statuses_in(request)) else ()
    return next(iter((*called, *told)), DEFAULT_STATUS)


def _called_errors(text: str) -> Iterator[int]:
    """The statuses above 0 beside which stand words for an error, up to the status before and the one after."""
    found = find_statuses(text)
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.span()
        within = [item for item in found if start <= item.start and item.end <= end]
        for index, item in enumerate(within):
            before = text[within[index - 1].end if index else start : item.start]
            after = text[item.end : within[index + 1].start if index + 1 < len(within) else end]
            before = _SEPARATOR.split(before, maxsplit=1)[-1] if index else before
            after = _last_cut(after) if index + 1 < len(within) else after
            if item.number and _ERRING.search(f"{before}{text[item.start : item.end]}{after}"):
                yield item.number


def _last_cut(text: str) -> str:
    """The text up to its last separator."""
    cuts = [match.start() for match in _SEPARATOR.finditer(text)]
    return text[: cuts[-1]] if cuts else text


def _shown(examples: Sequence[Example]) -> list[int]:
    lines = [line for item in examples if isinstance(item, CommandExample) for line in item.lines]
    return [line.exit_status for line in lines if line.exit_status and not line.assumed]


def is_unread(text: str) -> bool:
    """True when a text speaks of an exit status and it cannot be told which."""
    return bool(_MENTION.search(text)) and not find_statuses(text) and not _NONZERO.search(text)


def is_failure(text: str) -> bool:
    """True when a text names an exit status above 0, or any that is not 0."""
    return bool(statuses_in(text) or (_NONZERO.search(text) and re.search(r"\b(?:exit|status|code)", text)))
