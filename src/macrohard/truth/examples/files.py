"""Files that a request shows: 'With this file people.csv:' and an indented or fenced block after it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from macrohard.truth.examples.prompts import is_prompted

_NAME = r"[`'\"*]{0,3}([\w-][\w.-]*\.\w+)[`'\"*]{0,3}"
_ANNOUNCED = re.compile(
    rf"(?:\bfile(?:\s+(?:called|named))?\s+{_NAME}[^\n]*|(?:^|\b(?:given|with|and|input|suppose|assume|contents?\s+of)\s+){_NAME}(?:\s+\w+){{0,2}}\s*):\s*$",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"(?:^|[;.:!?][ ]{1,4})(?:(?:for[ ]example|e\.g\.)[ ]?,?[ ]{1,4})?(?:say|suppose|assume|let)[ ](?:that[ ])?(?:(?:the|my|a)[ ])?(?:file[ ])?"
    rf"{_NAME}[ ](?:is|be|contains|holds|has|reads|looks[ ]like)(?:[ ](?:this|these|the[ ]following|as[ ]follows|lines?)){{0,3}}[ ]?:?$",
    re.IGNORECASE,
)
"""Says what a file holds; "if" and "when" may speak of what a program made of it."""
_DESCRIBES = re.compile(r"\.\.\.|…|<|\[|\(and\b|\b(?:an?|the|with|per|many|etc)\b")
_OUTPUT = re.compile(
    r"\b(?:prints?|printed|outputs?|shows?|displays?|gives?|returns?|results?|writes?|written|becomes?|creates?|produces?)\b",
    re.IGNORECASE,
)
"""Said of a block, it is what a program makes of the file."""
_BEGINNING = re.compile(
    r"[.;:!?)]\s+(?=(?:(?:for\s+example|e\.g\.|then|now)\s*,?\s+)?(?:given|suppose|assume)\b"
    rf"|(?:(?:for\s+example|e\.g\.)\s*,?\s+)?with\s+(?:(?:this|these|the|an?)\s+)?(?:(?:following|input)\s+)?(?:files?\b|{_NAME}))",
    re.IGNORECASE,
)
"""Before a sentence that speaks of a file as given, whatever was said to be printed before it in the line."""
_FENCE = "```"
_MOST = 8
"""Sentences looked at, the last ones of a line."""
_MENTIONED = re.compile(rf"\b(?:file|input|given|contents?\s+of)(?:\s+(?:called|named))?\s+{_NAME}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code."""

    before: str
    """The last line before it that is not blank."""
    text: str
    first: int
    """Its first line in the text, counted from 0."""
    end: int
    """The first line behind it, and behind its fence."""


@lru_cache(maxsize=16)
def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text."""
    return tuple(text.split("\n"))


@lru_cache(maxsize=16)
def blocks(text: str) -> tuple[Block, ...]:
    """All code blocks: indented by four, or between fences."""
    return tuple(_blocks(lines_of(text)))


def said_between(text: str, first: int, end: int) -> list[str]:
    """The lines from `first` up to `end`, stripped, but for blank ones and fences."""
    found = (line.strip() for line in lines_of(text)[first:end])
    return [line for line in found if line and not line.startswith(_FENCE)]


def words_between(text: str, first: int, end: int) -> str:
    """The text of the lines from `first` up to `end`, without blanks around it."""
    return "\n".join(lines_of(text)[first:end]).strip()


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    before = ""
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.lstrip().startswith(_FENCE):
            end = next((i for i in range(index + 1, len(lines)) if lines[i].lstrip().startswith(_FENCE)), len(lines))
            yield Block(before, textwrap.dedent("\n".join(lines[index + 1 : end])) + "\n", index + 1, end + 1)
            index = end
        elif line.startswith(("    ", "\t")):
            end = index
            while end < len(lines) and (lines[end].startswith(("    ", "\t")) or not lines[end].strip()):
                end += 1
            yield Block(before, textwrap.dedent("\n".join(lines[index:end])).strip("\n") + "\n", index, end)
            index = end - 1
        elif line.strip():
            before = line
        index += 1


def find_files(request: str) -> dict[str, str]:
    """File name -> text, for each file that the request announces and then shows; none that it shows with several texts."""
    return dict(_files(request))


@lru_cache(maxsize=16)
def _files(request: str) -> tuple[tuple[str, str], ...]:
    found: dict[str, set[str]] = {}
    end = 0
    for block in blocks(request):
        # A block right below another one is not what the words above both announce.
        follows = end and not said_between(request, end, block.first)
        name = _announced(block.before.strip()) if not follows else None
        if name and not is_prompted(block.text.lstrip()) and not _only_describes(request, block, name):
            found.setdefault(name, set()).add(_above_transcript(block.text).rstrip("\n") + "\n")
        end = block.end
    return tuple((name, texts.pop()) for name, texts in found.items() if len(texts) == 1)


def _only_describes(request: str, block: Block, name: str) -> bool:
    """Whether a block below "Say data.csv is" may say what stands in the file: more is said below it, no command names the file
    afterwards, or its words describe."""
    if not _HELD.search(block.before.strip()):
        return False
    rest = words_between(request, block.end, len(lines_of(request)))
    used = re.search(rf"(?:[`'\"]|\$ )[\w./-]+[^`'\"\n]*(?<![\w./-]){re.escape(name)}(?![\w-])", rest)
    goes_on = rest[:1].islower() and not re.match(r"(?:then|and)\b", rest)
    return goes_on or not used or _DESCRIBES.search(block.text) is not None


def _above_transcript(text: str) -> str:
    """The text up to a transcript: a file and a transcript may share one indented block, a blank line between them."""
    blank = (match.start() for match in re.finditer(r"\n(?=\n)", text) if is_prompted(text, match.start() + 2))
    return text[: next(blank, len(text))]


def _announced(line: str) -> str | None:
    """The name of the file that the end of this line announces; None where the words since speak of output."""
    held = _HELD.search(line)
    if held:
        return None if _OUTPUT.search(line, held.start()) or re.search(r"\bafter\b", line, re.IGNORECASE) else held[1]
    if not line.endswith(":"):
        return None
    for start in (*reversed([match.end() for match in _BEGINNING.finditer(line)][-_MOST:]), 0):
        announced = _ANNOUNCED.search(line, start)
        if announced:
            return None if _OUTPUT.search(line, start) else announced[1] or announced[2]
    return None


def announces_file(line: str) -> bool:
    """Whether a line says nothing but that a file is shown below it: 'Say week.txt is'."""
    return _HELD.fullmatch(line.strip()) is not None


def unknown_files(request: str) -> frozenset[str]:
    """Names of files of which the request speaks, without showing what is in them."""
    return frozenset(_MENTIONED.findall(request)) - set(find_files(request))
