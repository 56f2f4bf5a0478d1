"""What was done before a command, said in the same sentence: "After `todo add milk`, `todo list` prints `1. milk`"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import islice

from macrohard.truth.examples.complaints import is_complained_of
from macrohard.truth.examples.shapes import Line
from macrohard.truth.examples.shell import CommandLine, read_command

_QUOTED = r"(?:`[^`\n]+`|'[^'\n]+'|\"[^\"\n]+\")"
_AND = r"(?:\s*,\s*|\s*,?\s+and\s+(?:then\s+)?|\s*,?\s+then\s+)"
_AFTER = re.compile(
    r"(?:(?:so|thus|for[ ]example|e\.g\.|right|immediately|directly|in[ ]an?[ ](?:new|fresh|empty)[ ](?:folder|directory)),?[ ]{1,4})?"
    r"(?:after|once)\s+(?:(?:you|I|we)\s+)?(?:(?:have\s+)?(?:run|ran|running|typed?|typing|called|calling|did|using|the\s+commands?)\s+)?"
    rf"(?:(?P<done>{_QUOTED}(?:{_AND}{_QUOTED})*)(?P<more>\s+and\s+\d+\s+(?:more|other)\s+commands?)?|\d+\s+commands?)\s*,?\s*(?:then\s+)?(?:(?:running|calling|the\s+command)\s+)?",
    re.IGNORECASE,
)
_BEGINNING = re.compile(r"(?:^|\n)[ \t]*(?:(?:[-*+]|\d{1,2}[.)])[ \t]+)?\Z|[.!?)][ \t\n]{1,4}\Z")
"""Of a sentence or an item: "five minutes after", "currently, after" and "even after" say more."""
_ENDED = re.compile(r"[.;]?\s*(?:\Z|\n)|[.;]\s")
_MORE = re.compile(
    r"\b(?:already|beforehand|before|first|must|(?:has|have|had)\s+to|logged?\s+in|random\w*|shuffl\w*|draws?|generat\w*|suppose|assume)\b|^[ \t]*\$ ",
    re.IGNORECASE | re.MULTILINE,
)
"""Elsewhere in a request: something else may have been done, or what is printed differs each time."""
_TIME = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}:\d\d")
_NEAR = 400
"""Characters before a command that are looked at."""
_MOST = 8


def done_before(
    text: str, at: int, end: int, printed: str, is_ours: Callable[[CommandLine], bool], files: Mapping[str, str]
) -> tuple[int, tuple[Line, ...]] | None:
    """Where the sentence begins that ends at this command and says what was done before it, and these commands; None where there
    is no such sentence. `end` is where the words end that say what is printed.

    There are no commands where something else may have been done or printed: not all commands are named, the program was run
    before that, more is said, or a word is printed of which only another sentence speaks.
    """
    said = _sentence(text, at)
    if said is None:
        return None
    if said["more"] or not said["done"]:
        return said.start(), ()
    read = [_read(quoted, files) for quoted in re.findall(_QUOTED, said["done"])]
    done = tuple(Line(words=item.words, stdin=item.stdin, prepares=True) for item in read if item and is_ours(item))
    begin, before = said.start(), text[: said.start()]
    earlier = (_read(quoted, files) for quoted in re.findall(_QUOTED, before))
    more = any(item and is_ours(item) for item in earlier) or _MORE.search(f"{before}\n{text[end:]}")
    whole = len(done) == len(read) and _ENDED.match(text, end) and _is_told(printed, text[begin:at], before)
    return begin, done if whole and not more and not is_complained_of(text, begin, end) else ()


def _sentence(text: str, at: int) -> re.Match[str] | None:
    """What begins a sentence and ends here."""
    found = islice(_AFTER.finditer(text, max(0, at - _NEAR), at), _MOST)
    ending = (said for said in found if said.end() == at)
    return next((said for said in ending if _BEGINNING.search(text[max(0, said.start() - _NEAR) : said.start()])), None)


def _is_told(printed: str, sentence: str, before: str) -> bool:
    """Whether no word is printed that stands before the sentence and not in it, and no date or time that does not stand in it."""
    if any(time not in sentence for time in _TIME.findall(printed)):
        return False
    words = set(re.findall(r"\w{2,}", printed.casefold()))
    return not (words & set(re.findall(r"\w{2,}", before.casefold()))) - set(re.findall(r"\w{2,}", sentence.casefold()))


def _read(quoted: str, files: Mapping[str, str]) -> CommandLine | None:
    return read_command(quoted[1:-1].removeprefix("$ "), files)
