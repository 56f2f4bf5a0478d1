"""Terminal transcripts that stand in running text without any indentation: where they begin and where they end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from macrohard.truth.examples.files import Block

_PROMPT = "$ "
_FENCE = "```"
_CAT = re.compile(r"\$ cat \S+\s*$")
_HEADING = re.compile(r"[^\s:]+\s.*:")
"""'Then the list shows it:', which announces what follows; a program prints `Tasks:`."""
_SENTENCE = re.compile(r"[A-Z`'\"*#-].*(?:\s\S+){2}.*[.:!?]['\"`*)]*")
"""What looks like running text."""
_TITLE = re.compile(r"#+ .*|\S[^:]*:")
"""A line that announces what follows, where it stands alone between blank lines."""


def flush_transcripts(text: str) -> Iterator[Block]:
    """Blocks that begin with a line `$ command` outside any indented or fenced block.

    A blank line ends an output. Where it cannot be told whether lines after a blank one, or the last lines of an output,
    are printed or are running text, the command they follow is left out, and the whole block where others come after it.
    """
    lines, index, fenced = text.split("\n"), 0, False
    while index < len(lines):
        fenced ^= lines[index].lstrip().startswith(_FENCE)
        if fenced or not _starts(lines[index]):
            index += 1
            continue
        end = _end(lines, index)
        sure = _sure(lines, index, end)
        if sure > index:
            before = next((line for line in reversed(lines[:index]) if line.strip()), "")
            yield Block(before, "\n".join(lines[index:sure]).rstrip("\n") + "\n", index, sure)
        index = end


def without_transcripts(text: str) -> str:
    """The text with indentation and nothing else in the lines of these blocks, as if they were blocks of code."""
    lines = text.split("\n")
    for block in flush_transcripts(text):
        length = block.text.count("\n")
        lines[block.first : block.first + length] = ["    "] * length
    return "\n".join(lines)


def _starts(line: str) -> bool:
    return line.startswith(_PROMPT)


def _end(lines: Sequence[str], start: int) -> int:
    """The line behind a transcript: the first blank one that running text, a fence or nothing follows."""
    command = start
    for index in range(start, len(lines)):
        command = index if _starts(lines[index]) else command
        if lines[index].lstrip().startswith(_FENCE):
            return index
        if not lines[index].strip() and _parts(lines, index, shows_file=bool(_CAT.match(lines[command]))):
            return index
    return len(lines)


def _parts(lines: Sequence[str], blank: int, *, shows_file: bool) -> bool:
    """Whether what follows this blank line is not of the transcript."""
    paragraph = _paragraph(lines, blank)
    if not paragraph:
        return True
    if _starts(paragraph[0]):
        return False
    if shows_file:
        return bool(_TITLE.fullmatch(paragraph[-1].strip())) or not any(map(_starts, lines[blank:]))
    return _is_prose(paragraph) or not _goes_on(lines, blank)


def _is_prose(paragraph: Sequence[str]) -> bool:
    last = paragraph[-1].strip() if paragraph else ""
    return bool(_SENTENCE.fullmatch(last)) or (len(paragraph) == 1 and bool(_TITLE.fullmatch(last)))


def _goes_on(lines: Sequence[str], blank: int) -> bool:
    """Whether a command comes before any running text."""
    for index in range(blank, len(lines)):
        if _starts(lines[index]):
            return True
        if not lines[index].strip() and _is_prose(_paragraph(lines, index)):
            return False
    return False


def _paragraph(lines: Sequence[str], blank: int) -> list[str]:
    """The next lines that are not blank, up to a command or a blank line."""
    found: list[str] = []
    for line in lines[blank:]:
        if found and (not line.strip() or _starts(line) or line.lstrip().startswith(_FENCE)):
            break
        if line.strip():
            found.append(line)
        if _starts(line):
            break
    return found


def _sure(lines: Sequence[str], start: int, end: int) -> int:
    """How far the transcript can be read for sure; `start` where not at all."""
    commands = [index for index in range(start, end) if _starts(lines[index])]
    for first, after in zip(commands, [*commands[1:], end], strict=True):
        output = lines[first + 1 : after]
        if (_doubtful_file if _CAT.match(lines[first]) else _doubtful)(output):
            return first if after == end else start
    last = commands[-1]
    unclear = end < len(lines) and not lines[end].strip() and _unclear(lines, end)
    return last if unclear and not _CAT.match(lines[last]) else end


def _doubtful(output: Sequence[str]) -> bool:
    """Whether running text may stand in what seems to be printed."""
    printed = "\n".join(output).rstrip().split("\n")
    last = printed[-1].strip()
    blank = any(not line.strip() for line in printed[1:])
    return blank or bool(_HEADING.fullmatch(last)) or (len(printed) > 1 and bool(_SENTENCE.fullmatch(last)))


def _doubtful_file(shown: Sequence[str]) -> bool:
    """Whether a sentence that stands alone at the end, between blank lines, may not be of the file."""
    last = [*shown, ""][-2:] if shown and not shown[-1].strip() else []
    alone = len(shown) > 2 and not shown[-3].strip()
    heading = bool(shown) and bool(_HEADING.fullmatch(shown[-1].strip()))
    return heading or (bool(last) and alone and bool(_SENTENCE.fullmatch(shown[-2].strip())))


def _unclear(lines: Sequence[str], blank: int) -> bool:
    """Whether what follows the blank line may still be printed."""
    paragraph = _paragraph(lines, blank)
    return bool(paragraph) and not _is_prose(paragraph)
