"""What a program makes of a line on standard input, in running text: with `shift 1`, "abc" becomes "bcd"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macrohard.truth.examples.below import is_output
from macrohard.truth.examples.commands import is_form
from macrohard.truth.examples.complaints import is_complained_of
from macrohard.truth.examples.outcomes import QUOTED, inner
from macrohard.truth.examples.piped import reads_input
from macrohard.truth.examples.shapes import CommandExample, Line
from macrohard.truth.examples.shell import read_command

_LINES = re.compile(r"\b(?:lines?|texts?)\b", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"\b(?:CSV|JSON|XML|HTML|YAML|logs?|tables?|templates?|subtitles?|columns?|fields?|cells?|keys?|counts?|counted|totals?|sums?|averages?|means?"
    r"|numbered|sort(?:s|ed)?|unique|duplicates?|header|at\s+the\s+end|first|last|each|every|before|after|around|only|when|if|unless|files?"
    r"|dictionary|finally|greeting|paragraphs?)\b",
    re.IGNORECASE,
)
"""A quoted text may be a part of the input, or more than its own line may come out."""
_WORDS = r"(?:[ \t](?:-{1,2}[a-z][\w-]*|-?[\d./:]*\d))+"
"""Options and numbers; other words of a command that stands in no quotes cannot be told from those of the sentence."""
_WHAT = r"(?:(?:the|a|an)\s+)?(?:(?:input|line|text|word|string|sentence)\s+)?"
_BECOMES = r"(?:becomes|comes\s+out\s+as|turns\s+into|is\s+(?:turned\s+into|printed\s+as))"
_PAIR = re.compile(rf"{QUOTED.format('i')}\s+(?:{_BECOMES}|as)\s+{QUOTED.format('o')}")
_NEXT = re.compile(rf"\s*(?:,|,?\s+and)\s+{_WHAT}(?={_PAIR.pattern})")
_BEGINNING = r"(?:^|\n[ \t]*(?:[-*+][ \t]+)?|[.!?)][ \n]{1,3})(?:[Ff]or\s+example,\s+|[Ee]\.g\.,?\s+)?"
_ENDED = re.compile(r"[.;)]?\s*\Z|[.;)]\s|\s*\n\s*\n")
_STANDS_FOR = re.compile(r"\\|\{|^[A-Z_]{4,}$")


def find_filtered(request: str, program: str | None) -> Iterator[CommandExample]:
    """Each line with what becomes of it, where the program is known, reads lines from standard input, and each by itself."""
    if program is None or not (reads_input(request) and _LINES.search(request)) or _OTHERWISE.search(request):
        return
    bare = rf"(?P<bare>{re.escape(program)}{_WORDS})"
    said_with = re.compile(
        rf"{_BEGINNING}(?P<said>[Ww]ith\s+(?:{QUOTED.format('c')}|{bare}),?\s+{_WHAT}(?={_PAIR.pattern}))"
    )
    for said in said_with.finditer(request):
        read = read_command(said["bare"] or inner(said, "c"))
        if read and read.words[0] == program and not read.stdin and not is_form(read, None, request):
            yield from _pairs(request, said.start("said"), said.end(), read.words)


def _pairs(request: str, start: int, at: int, words: tuple[str, ...]) -> list[CommandExample]:
    """The pairs that stand here one after the other; none where more is said of the last of them, or one stands for others."""
    found = list[CommandExample]()
    end, pair = at, _PAIR.match(request, at)
    while pair:
        end = pair.end()
        line = Line(words=words, stdin=f"{inner(pair, 'i')}\n", stdout=inner(pair, "o"))
        found.append(CommandExample(lines=(line,), quotation=request[start:end], detached=True))
        following = _NEXT.match(request, end)
        start = following.end() if following else end
        pair = _PAIR.match(request, start) if following else None
    lines = [example.lines[0] for example in found]
    plain = all(map(_is_plain, lines)) and len({line.stdin for line in lines}) == len(lines)
    return found if plain and _ENDED.match(request, end) and not is_complained_of(request, at, end) else []


def _is_plain(line: Line) -> bool:
    """Whether both are the texts themselves, the input is no argument, and the output holds no number of a line or a count."""
    given, shown = line.stdin.rstrip("\n"), line.stdout or ""
    texts = all(is_output(text) and not _STANDS_FOR.search(text) for text in (given, shown))
    return texts and given not in line.words and not (re.search(r"\d", shown) and not re.search(r"\d", given))
