"""Single commands in running text: 'roman to-int XIV' prints 14."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from macrohard.truth.examples.after import done_before
from macrohard.truth.examples.below import is_vague
from macrohard.truth.examples.files import unknown_files
from macrohard.truth.examples.outcomes import QUOTED, Outcome, inner, outcome_at
from macrohard.truth.examples.programs import is_named, program_of
from macrohard.truth.examples.shapes import CommandExample
from macrohard.truth.examples.shell import CommandLine, read_command

_COMMAND = re.compile(r"(?<![\w'\"`])" + QUOTED.format("c"))
_PLACEHOLDER = re.compile(r"[A-Z][A-Z_-]+|<[\w -]+>|\[-*[A-Za-z][\w .=-]*\]|\.\.\.|…")
_PLACES = """
AMOUNT COUNT DATE FILE FILENAME FILES ID INDEX INPUT ITEM KEY MEANING MESSAGE N NAME NUMBER OUTPUT PATH RESULT STRING TERM TEXT TITLE
VALUE WORD WORDS
"""
_FORMS = frozenset(_PLACES.split())
"""Words that stand for a value, also where no other word tells of them."""
_NAME = re.compile(r"[a-z0-9.][\w./+-]*")
_COMMAND_LINE = re.compile(
    r"\b(?:command|terminal|program|tool|script|CLI|shell|stdin|standard input)\b", re.IGNORECASE
)
_FUNCTION = re.compile(r"\b(?:function|library|method)\b", re.IGNORECASE)


def find_commands(request: str, files: Mapping[str, str] | None = None) -> tuple[CommandExample, ...]:
    """Each quoted command line that is followed at once by what it prints or by its exit status.

    A command with placeholders ('stock add NAME') describes a form; it is no example. Neither is what is printed
    told in words ('prints the number of lines'), nor a phrase in quotes that begins with no program's name.
    """
    return tuple(_examples(request, files or {}))


def _examples(request: str, files: Mapping[str, str]) -> Iterator[CommandExample]:
    found = list(_quoted(request, files))
    prose, hidden, is_command = _prose(request), unknown_files(request), _commands_among(request, found)
    for match, read, outcome in found:
        form = any(_is_placeholder(word, read, outcome, prose) for word in read.words[1:])
        lacks = not outcome.status and not outcome.error and bool(hidden & set(read.words))
        lacks = lacks or (outcome.in_block and is_vague(read.words, request))
        if not form and not lacks and is_command(match, read):
            example = example_of(read, outcome, files, request[match.start() : outcome.end])
            yield from _placed(example, request, match.start(), outcome.end, files)


def _placed(
    example: CommandExample, request: str, at: int, end: int, files: Mapping[str, str]
) -> Iterator[CommandExample]:
    """The example with what was done before it, where its sentence says so; none where that cannot be told."""
    (line,) = example.lines

    def is_ours(read: CommandLine) -> bool:
        return read.words[0] == line.words[0] and len(read.words) > 1 and not is_form(read, None, request)

    start, done = done_before(request, at, end, line.stdout or "", is_ours, files) or (at, None)
    if done is None:
        yield example
    elif done:
        named = {name: text for name, text in files.items() if any(name in item.words for item in (*done, line))}
        quotation = request[start:at] + example.quotation
        yield CommandExample(lines=(*done, line), files=named, quotation=quotation, detached=True)


def example_of(read: CommandLine, outcome: Outcome, files: Mapping[str, str], quotation: str) -> CommandExample:
    """A command that stands alone, with the files that it names."""
    used = {name: text for name, text in files.items() if name in read.words}
    line = outcome.line(read.words, read.stdin)
    return CommandExample(lines=(line,), files=used, quotation=quotation, detached=True)


def _quoted(request: str, files: Mapping[str, str]) -> Iterator[tuple[re.Match[str], CommandLine, Outcome]]:
    """Whatever stands in quotes, can be read as a command and has an outcome."""
    end = 0
    for match in _COMMAND.finditer(request):
        read = read_command(inner(match, "c").removeprefix("$ "), files) if match.start() >= end else None
        # A name alone is mostly spoken of; with something piped into it, it is run.
        outcome = outcome_at(request, match.end()) if read and (len(read.words) > 1 or read.stdin) else None
        if read and outcome:
            end = outcome.end
            yield match, read, outcome


def _commands_among(
    request: str, found: Sequence[tuple[re.Match[str], CommandLine, Outcome]]
) -> Callable[[re.Match[str], CommandLine], bool]:
    """Tells what begins with the program's name. Where that is not known, what stands in backticks, begins like
    others, or with what is said to be a program."""
    program = program_of(request)
    often = Counter(read.words[0] for _, read, _ in found)
    functions = bool(_FUNCTION.search(request)) and not _COMMAND_LINE.search(request)

    def is_command(match: re.Match[str], read: CommandLine) -> bool:
        if program:
            return read.words[0] == program
        likely = often[read.words[0]] > 1 or match["cb"] is not None or is_named(request, read.words[0])
        return likely and not functions and bool(_NAME.fullmatch(read.words[0]))

    return is_command


@lru_cache(maxsize=16)
def _prose(request: str) -> str:
    """The request without what stands in quotes."""
    return _COMMAND.sub(" ", request)


def is_form(read: CommandLine, printed: str | None, request: str) -> bool:
    """Whether a command describes a form, such as 'stock add NAME', where it is said to print this."""
    outcome, prose = Outcome(0, printed), _prose(request)
    return any(_is_placeholder(word, read, outcome, prose) for word in read.words[1:])


def _is_placeholder(word: str, read: CommandLine, outcome: Outcome, prose: str) -> bool:
    """NAME, when 'name' in small letters is also a word of the running text; XIV is none. Neither is KM in `conv 10 KM MI`
    with what that prints: who gives a value means all of them as values."""
    form = word.rpartition("=")[2].rstrip(".…") in _FORMS
    if not form and not _PLACEHOLDER.fullmatch(word):
        return False
    concrete = any(char.isdigit() for other in read.words[1:] for char in other) and outcome.stdout is not None
    told = any(char.isdigit() for char in outcome.stdout or "")
    spoken_of = form or _stands_for(outcome.stdout or "") or _is_spoken_of(word, prose)
    return not (form or word.isalpha()) or (spoken_of and not (concrete and told))


def _stands_for(printed: str) -> bool:
    """Whether what is printed stands for a text: `VALUE`, `NEW_NAME` or `<text>`."""
    return printed in _FORMS or re.fullmatch(r"[A-Z]+_[A-Z_]+|<[\w -]+>", printed) is not None


def _is_spoken_of(word: str, prose: str) -> bool:
    return re.search(rf"\b{re.escape(word.lower())}s?\b", prose) is not None
