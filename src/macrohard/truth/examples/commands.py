"""Single commands in running text: 'roman to-int XIV' prints 14."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macrohard.truth.examples.shapes import CommandExample, Line
from macrohard.truth.examples.shell import read_command

_QUOTED = r"(?:`(?P<{0}b>[^`\n]+)`|'(?P<{0}s>[^'\n]+)'|\"(?P<{0}d>[^\"\n]+)\")"
_COMMAND = re.compile(r"(?<![\w'\"`])" + _QUOTED.format("c"))
_PRINTS = re.compile(
    r"\s*(?:should\s+|must\s+|will\s+)?(?:prints?|outputs?|shows?|displays?|gives?|returns?|writes?|->|=>|→)\s*:?\s*"
)
_EXITS = re.compile(r"\s*(?:exits|ends|fails|stops)\s+with\s+(?:exit\s+)?(?:status|code)\s+([0-9]{1,3})\b")
_EXPECTED = re.compile(_QUOTED.format("e"))
_BARE = re.compile(r"(?P<value>[^\sa-z`'\"][^\s`'\"]*?)(?=[,;:]?(?:\s|$)|\.(?:\s|$))")
_PLACEHOLDER = re.compile(r"^[A-Z][A-Z_-]{1,}$|^<.*>$|^\[.*\]$|^\.\.\.$|^…$")


def find_commands(request: str) -> tuple[CommandExample, ...]:
    """Each quoted command line that is followed at once by what it prints or by its exit status.

    A command with placeholders ('stock add NAME') describes a form; it is no example. Neither is what is printed
    told in words ('prints the number of lines').
    """
    return tuple(_examples(request))


def _examples(request: str) -> Iterator[CommandExample]:
    prose = _COMMAND.sub(" ", request)
    end = 0
    for match in _COMMAND.finditer(request):
        if match.start() < end:
            continue
        read = read_command(_inner(match, "c"))
        # A name alone is mostly spoken of; with something piped into it, it is run.
        alone = read is not None and len(read.words) < 2 and not read.stdin
        if read is None or alone or any(_is_placeholder(word, prose) for word in read.words[1:]):
            continue
        for line, stop in _outcome(read.words, read.stdin, request, match.end()):
            end = stop
            yield CommandExample(lines=(line,), quotation=request[match.start() : stop])


def _outcome(words: tuple[str, ...], stdin: str, request: str, at: int) -> Iterator[tuple[Line, int]]:
    """What is said right after the command, and where it ends."""
    exits = _EXITS.match(request, at)
    if exits:
        status = int(exits.group(1))
        yield Line(words=words, stdin=stdin, exit_status=status, error=status != 0), exits.end()
    prints = _PRINTS.match(request, at)
    if not prints:
        return
    quoted = _EXPECTED.match(request, prints.end())
    if quoted:
        yield Line(words=words, stdin=stdin, stdout=_inner(quoted, "e").replace("\\n", "\n")), quoted.end()
        return
    bare = _BARE.match(request, prints.end())
    if bare:
        yield Line(words=words, stdin=stdin, stdout=bare.group("value")), bare.end()


def _inner(match: re.Match[str], prefix: str) -> str:
    return next(value for key in "bsd" if (value := match.group(prefix + key)) is not None)


def _is_placeholder(word: str, prose: str) -> bool:
    """NAME, when 'name' in small letters is also a word of the running text; XIV is none."""
    return bool(_PLACEHOLDER.match(word)) and (
        not word.isalpha() or re.search(rf"\b{re.escape(word.lower())}s?\b", prose) is not None
    )
