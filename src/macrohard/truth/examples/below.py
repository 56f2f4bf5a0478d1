"""What a command prints, shown in a block of code below words such as "prints:" or "Output:"."""

from __future__ import annotations

import re

from macrohard.truth.examples.files import Block, blocks

_VERBS = r"(?:prints?|outputs?|shows?|displays?|gives?|returns?|writes?|yields?|produces?|results?\s+in)"
_STDOUT = r"to\s+(?:stdout|(?:the\s+)?standard\s+output)"
_WHAT = rf"(?:\s+(?:exactly|just|only|this|these|the|following|lines?|table|report|output|text|result|list|{_STDOUT}))*"
_SAID = re.compile(
    rf"\s*(?:,?\s*it\s+)?(?:(?:should|must|will|shall|would)\s+)?(?:(?:just|simply|always)\s+)?{_VERBS}{_WHAT}[ \t]*:?[ \t]*(?=\n)"
)
_ANNOUNCES = re.compile(
    r"[\W_]*(?:(?:and|then|which|it|this|that|the|program|tool|command|expected|sample|example)\s+)*"
    rf"(?:(?:should|must|will|would)\s+)?(?:{_VERBS}|stdout|standard\s+output|results?)(?:\s+(?:is|be|looks\s+like))?{_WHAT}[\W_]*",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"\b(?:prints?|printed|outputs?|shows?|displays?|stdout|stderr|standard\s+(?:output|error)|errors?|fails?)\b",
    re.IGNORECASE,
)
_ELIDED = re.compile(r"(?m)^[ \t]*(?:\.\.\.|…)[ \t]*$|<[A-Za-z][\w -]*>(?![^\n]*</)")
"""Lines that are left out, and words that stand for others: `total: <sum>`."""
_GOES_ON = re.compile(
    r"[a-z(,;]|(?:It|This|That|The\s+(?:program|tool|command))\b(?![^.\n]*\b(?:if|when|on|for|unless|otherwise|where)\b)"
    r"[^.\n]*\b(?:exit\w*|status|stderr|standard\s+error)\b"
)
"""Behind a block: more is said of how this command ends."""
_FENCE = "```"


def printed_below(text: str, at: int) -> tuple[int, str] | None:
    """Where the block ends that shows what the words here announce, and its lines; None where it cannot be read whole."""
    said = _SAID.match(text, at)
    block = _block_below(text, text.count("\n", 0, said.end())) if said else None
    if block is None or not is_output(block, text):
        return None
    lines = text.split("\n")[: block.end]
    return len("\n".join(lines).rstrip("\n")), block.text.rstrip("\n")


def is_output(block: Block, text: str) -> bool:
    """Whether this block can be all that a command prints, and nothing behind it says how the command ends."""
    following = next((line for line in text.split("\n")[block.end :] if line.strip()), "")
    shown = block.text.strip()
    return (
        bool(shown) and "$ " not in ("\n" + shown)[:3] and not _ELIDED.search(shown) and not _GOES_ON.match(following)
    )


def announced(text: str, first: Block, then: Block) -> bool | None:
    """Whether all that stands between two blocks says that the second shows what is printed; None where it says something
    else of output or errors."""
    between = [line for line in text.split("\n")[first.end : then.first] if line.strip() and _FENCE not in line]
    if len(between) == 1 and _ANNOUNCES.fullmatch(between[0].strip()):
        return True
    return None if between and _SPEAKS.search(between[0]) else False


def _block_below(text: str, line: int) -> Block | None:
    """The block that begins right below this line."""
    block = next((block for block in blocks(text) if block.first > line), None)
    between = text.split("\n")[line + 1 : block.first] if block else []
    return block if all(not item.strip() or item.lstrip().startswith(_FENCE) for item in between) else None
