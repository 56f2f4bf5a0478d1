"""What a command prints, shown in a block of code below words such as "prints:" or "Output:"."""

from __future__ import annotations

import re

from macrohard.truth.examples.around import MODAL, VERBS, begins_sentence, depends, goes_on, line_behind
from macrohard.truth.examples.files import Block, blocks, find_files, lines_of, said_between
from macrohard.truth.examples.prompts import is_prompted

_STDOUT = r"to\s+(?:stdout|(?:the\s+)?standard\s+output)"
_WHAT = rf"(?:\s+(?:exactly|just|only|this|these|the|following|lines?|table|report|output|text|JSON|{_STDOUT}))*"
_SAID = re.compile(
    rf"\s*(?:,?\s*it\s+)?{MODAL}(?:(?:just|simply|always)\s+)?{VERBS}{_WHAT}[ \t]*(?P<colon>:?)[ \t]*(?=\n)"
)
_ANNOUNCES = re.compile(
    r"[\W_]*(?:(?:and|then|which|it|this|that|the|program|tool|command|expected|sample|example|you)\s+)*"
    rf"(?:{MODAL}{VERBS}|{MODAL}see|stdout|standard\s+output|expected)(?:\s+(?:(?:should|will|must)\s+be|is))?{_WHAT}[\W_]*",
    re.IGNORECASE,
)
_SPEAKS_OF_OUTPUT = re.compile(
    r"\b(?:print(?:s|ed)?|outputs?|shown?|displays?|stdout|stderr|standard\s+(?:output|error)|errors?|fails?)\b",
    re.IGNORECASE,
)
_ELIDED = re.compile(
    r"\.\.\.|…|\betc\b|\band\s+so\s+on\b|<[A-Za-z][\w -]*>(?![^\n]*</)|\{[a-z_ ]+\}|YYYY|Traceback|\bx{4,}|\S\s+(?:<-|#\s)|^[~≈]",
    re.IGNORECASE,
)
"""What is left out, words that stand for others (`total: <sum>`), and notes."""
_MESSAGE = re.compile(
    r"\b(?:errors?|fail\w*|cannot|can't|could\s+not|couldn't|invalid|unknown|not|no\s+such|missing|usage|must|too|unexpected|empty|doesn't|bad"
    r"|illegal|division|out\s+of|refus\w+|den(?:y|ied)|already|exit\w*|expected|required?|unsupported|malformed)\b",
    re.IGNORECASE,
)
_DESCRIBES = re.compile(r"(?m)^\s*(?:[-*+]|\d+[.)])\s|\b(?:the|an?|of|random)\b")
"""Lines of a list, and words that say what is shown; without a colon before it a block may as well describe."""
_LISTED = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
_FILE = re.compile(r"[\w./-]*[A-Za-z_][\w-]*\.[A-Za-z]\w{0,4}")
_GENERIC = frozenset(
    {"file", "filename", "item", "key", "message", "name", "number", "path", "string", "text", "title", "value", "word"}
)
_FENCE = "```"


def printed_below(text: str, at: int) -> tuple[int, str] | None:
    """Where the block ends that shows what the words here announce, behind a command, and its lines; None where it cannot be
    read whole."""
    said = _SAID.match(text, at)
    if said is None or depends(text, at) or not (said["colon"] or begins_sentence(text, at)):
        return None
    line = text.count("\n", 0, said.end())
    block = _block_below(text, line)
    if block and not said["colon"] and (_DESCRIBES.search(block.text) or not re.search(r"\d", block.text)):
        return None
    if block is None or _LISTED.match(lines_of(text)[line]) and not _is_fenced(block, text):
        return None
    shown = output_of(block, text)
    return None if shown is None else (len("\n".join(lines_of(text)[: block.end]).rstrip("\n")), shown)


def output_of(block: Block, text: str) -> str | None:
    """What a command prints that prints this block, as it stands there; None where it may be more, less, or an error."""
    shown = _shown(block, text)
    if goes_on(line_behind(block, text), text) or not is_output(shown) or _is_followed_by_another(block, text):
        return None
    return shown


def announced(text: str, first: Block, then: Block) -> bool | None:
    """Whether all that stands between two blocks says that the second shows what is printed; None where it may."""
    between = said_between(text, first.end, then.first)
    if len(between) == 1 and announces_output(between[0]):
        return True
    return None if not between or _SPEAKS_OF_OUTPUT.search(between[0]) else False


def announces_output(line: str) -> bool:
    """Whether a line says nothing but that what is printed follows: 'This should print the following:'."""
    return bool(_ANNOUNCES.fullmatch(line.strip()))


def is_output(shown: str) -> bool:
    """Whether these lines can be all that a command prints: nothing is left out, and they are no transcript and no message."""
    message = "\n" not in shown.strip() and _MESSAGE.search(shown)
    return bool(shown.strip()) and not (is_prompted(shown.lstrip()) or _ELIDED.search(shown) or message)


def is_vague(words: tuple[str, ...], text: str) -> bool:
    """Whether one of these words looks like the name of a file that the request does not show, or stands for a value."""
    files = find_files(text)
    return any(word in _GENERIC or (_FILE.fullmatch(word) and word not in files) for word in words[1:])


def _block_below(text: str, line: int) -> Block | None:
    """The block that begins right below this line, a blank one between them unless it is fenced."""
    block = next((block for block in blocks(text) if block.first > line), None)
    parted = block is not None and block.first > line + 1
    return block if block and parted and not said_between(text, line + 1, block.first) else None


def _is_followed_by_another(block: Block, text: str) -> bool:
    """Whether a second block follows at once."""
    then = next((other for other in blocks(text) if other.first >= block.end), None)
    return then is not None and not said_between(text, block.end, then.first)


def _is_fenced(block: Block, text: str) -> bool:
    return block.first > 0 and lines_of(text)[block.first - 1].lstrip().startswith(_FENCE)


def _shown(block: Block, text: str) -> str:
    """Its lines without the indentation of its fence, or without four blanks or a tab; empty where they stand deeper."""
    lines = lines_of(text)[block.first : block.first + block.text.rstrip("\n").count("\n") + 1]
    if _is_fenced(block, text):
        fence = lines_of(text)[block.first - 1]
        width = len(fence) - len(fence.lstrip())
        return "\n".join(line[width:] if not line[:width].strip() else line for line in lines)
    plain = [line.removeprefix("\t") if line.startswith("\t") else line[4:] for line in lines]
    return "\n".join(plain) if any(line[:1].strip() for line in plain) else ""
