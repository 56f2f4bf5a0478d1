"""Which program a request speaks of: the one that it calls by a name, else the one that its transcripts run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from macrohard.truth.examples.shell import read_command

_KINDS = r"tool|program|script|utility|app|application|CLI"
_PROGRAMS = rf"(?:{_KINDS}|command)"
_WRITE = r"\b(?:create|write|build|implement|develop)"
_A_PROGRAM = rf"(?:\b(?:{_KINDS})|{_WRITE}\s+(?:me\s+)?an?\s+(?:[\w-]+\s+){{0,3}}command)"
"""A command may also be one of those that a program has."""
_WORD = r"(?:\./)?([A-Za-z][\w-]*)"
_CALLED = re.compile(
    rf"(?:\b(\w+)\s+)?\b(?:called|named)\s+(?:\*{{0,2}}[`'\"]{_WORD}[`'\"]|\*{{0,2}}{_WORD})", re.IGNORECASE
)
_SURELY = re.compile(
    rf"\b{_PROGRAMS}\s+(?:called|named)\s+[`'\"*]*(?P<name>[a-z][\w-]*)[`'\"*]*"
    r"(?:[.,;:)]|\s+(?:that|which|with|to|for|and)\b|\s*\(|\s+[-–—]\s|\s*(?:\n|$))"
)
"""Counts even where the name is not used."""
_IS = re.compile(
    r"(?:^|\n|[.!?][ \t\n]{1,4})(?:The|Its)\s+(?:command|program|tool|script)\s+(?:is|should\s+be)\s+(?P<called>(?:called|named)\s+)?[`'\"](?P<name>[A-Za-z][\w-]*)[`'\"]"
    r"(?(called)(?=[ \t]*(?:[.,;:)]|\n|\Z))|(?=,?\s+(?:without|with\s+no|and\s+takes\s+no)\s+(?:any\s+)?arguments?\b))"
)
"""Says how a program is run; one that is not called so may be a command of another."""
_OTHERS = frozenset(
    {"argument", "class", "column", "field", "file", "folder", "function", "method", "option", "parameter"}
)
"""What else is called by a name."""
_TYPED = re.compile(r"(?m)^[ \t]*\$ (.*)$")
_QUOTED = re.compile(r"[`'\"]([^`'\"\n]+\s[^`'\"\n]*)")
_PROGRAM = re.compile(r"[A-Za-z.][\w./+-]*")
_EVERYWHERE = """
awk bash cat cd chmod clear cp curl cut date diff docker echo export find git grep gunzip gzip head jq kill less ls make man mkdir more
mv nano npm open pip pip3 printf ps pwd rm rmdir sed seq sh sha256sum sleep sort source stat sudo tail tar tee time touch tr tree type
uniq unzip vi vim wc wget which xargs yes zip
"""
TOOLS = frozenset(_EVERYWHERE.split())
"""Programs that are on every machine. One of them is the program of a request only where it is called so."""


def program_of(request: str) -> str | None:
    """The name of the program; None where the request neither calls it by a name nor runs it in a transcript,
    or runs several equally often."""
    typed = Counter(_first_words(_TYPED.findall(request)))
    used = set(typed) - TOOLS or {*typed, *_first_words(_QUOTED.findall(request))}
    for what, quoted, plain in _CALLED.findall(request):
        if what.lower() not in _OTHERS and (quoted or plain) in {*used, *typed}:
            return str(quoted or plain)
    surely = (_SURELY.search(request) or _named_alone(request)) if not set(typed) - TOOLS else None
    if surely:
        return str(surely["name"])
    most = [item for item in typed.most_common() if item[0] not in TOOLS][:2]
    return most[0][0] if most and most[0][1] > (most[1][1] if len(most) > 1 else 0) else None


def _named_alone(request: str) -> re.Match[str] | None:
    """Where the request says what the command is, and no command with words behind it."""
    quoted = re.findall(r"`[^`\n]*`|\"[^\"\n]*\"|(?<!\w)'[^'\n]*'(?!\w)", request)
    lines = any(" " in text for text in quoted)
    return None if lines else _IS.search(request)


def runs(word: str, program: str | None, request: str) -> bool:
    """Whether a command that begins with this word runs the program of the request, whose name may not be known."""
    return word == program if program else is_named(request, word)


def is_named(request: str, word: str) -> bool:
    """Whether the word is said to be a program: `a tool 'rot'`, "a CLI rot" or `"rot", a program that turns letters`."""
    name, an = re.escape(word), r"(?:,|\bis|:|-|–|—)\s*(?:an?|the|my|our)\s+(?:[\w-]+\s+){0,3}"
    return word not in TOOLS and any(
        re.search(pattern, request, re.IGNORECASE)
        for pattern in (
            rf"{_A_PROGRAM}:?\s+[`'\"*]{{1,3}}{name}[`'\"*]{{1,3}}(?!\w)",
            rf"{_A_PROGRAM}\s+{name}(?=[.,;:)]|\s+(?:that|which|with|to|for|and)\b|\s*$)",
            rf"[`'\"]{name}[`'\"]\s*{an}(?:{_KINDS})\b",
            rf"{_WRITE}\s+[`'\"]{name}[`'\"](?=[.,;:]|\s+(?:that|which|for)\b|\s*$)",
        )
    )


def _first_words(lines: list[str]) -> Iterator[str]:
    for line in lines:
        # What is piped into it does not matter here.
        read = read_command(line.rpartition("|")[2])
        if read and _PROGRAM.fullmatch(read.words[0]):
            yield read.words[0]
