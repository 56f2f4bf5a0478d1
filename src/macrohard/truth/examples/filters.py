"""What a program makes of a line on standard input, in running text: with `shift 1`, "abc" becomes "bcd"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macrohard.truth.examples.commands import is_form
from macrohard.truth.examples.outcomes import QUOTED, inner
from macrohard.truth.examples.piped import READS_INPUT
from macrohard.truth.examples.shapes import CommandExample, Line
from macrohard.truth.examples.shell import read_command

_WORDS = r"(?:[ \t]+(?:-{1,2}[a-z][\w-]*|-?[\d./:]*\d))+"
"""Options and numbers; other words of a command that stands in no quotes cannot be told from those of the sentence."""
_WHAT = r"(?:(?:the|a|an)\s+)?(?:(?:input|line|text|word|string|sentence)\s+)?"
_BECOMES = r"(?:becomes|comes\s+out\s+as|turns\s+into|is\s+(?:turned\s+into|printed\s+as))"
_PAIR = re.compile(rf"{QUOTED.format('i')}\s+(?:{_BECOMES}|as)\s+{QUOTED.format('o')}")
_NEXT = re.compile(rf"\s*(?:,|,?\s+and)\s+{_WHAT}(?={_PAIR.pattern})")
_ENDED = re.compile(r"\s*(?:$|[.;)](?:\s|$)|,\s)")


def find_filtered(request: str, program: str | None) -> Iterator[CommandExample]:
    """Each line with what becomes of it, where the program is known and reads standard input."""
    if program is None or not READS_INPUT.search(request):
        return
    bare = rf"(?P<bare>(?<![\w`'\"-]){re.escape(program)}{_WORDS})"
    with_command = re.compile(rf"\b[Ww]ith\s+(?:{QUOTED.format('c')}|{bare}),?\s+{_WHAT}(?={_PAIR.pattern})")
    for said in with_command.finditer(request):
        read = read_command(said["bare"] or inner(said, "c"))
        if read and read.words[0] == program and not read.stdin and not is_form(read, None, request):
            yield from _pairs(request, said.start(), said.end(), read.words)


def _pairs(request: str, start: int, at: int, words: tuple[str, ...]) -> list[CommandExample]:
    """The pairs that stand here one after the other; none where more is said of the last of them."""
    found = list[CommandExample]()
    end, pair = at, _PAIR.match(request, at)
    while pair:
        end = pair.end()
        line = Line(words=words, stdin=f"{inner(pair, 'i')}\n", stdout=inner(pair, "o"))
        found.append(CommandExample(lines=(line,), quotation=request[start:end], detached=True))
        following = _NEXT.match(request, end)
        start = following.end() if following else end
        pair = _PAIR.match(request, start) if following else None
    return found if _ENDED.match(request, end) else []
