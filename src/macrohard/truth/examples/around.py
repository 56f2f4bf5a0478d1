"""The words around a command and the block of code that shows what it prints: on what that depends, and whether more is said of it."""

from __future__ import annotations

import re

from macrohard.truth.examples.behind import ARROW
from macrohard.truth.examples.files import Block, blocks, find_files, lines_of, said_between

VERBS = r"(?:prints?|outputs?|shows?|displays?|gives?)"
MODAL = r"(?:(?:should|must|will|shall|would)\s+)?"
_OTHERWISE = re.compile(
    r"\b(?:standard\s+input|stdin|if|when|unless|otherwise|after|before|once|with|given|suppose|assum\w+|currently|now|bugs?|version|old"
    r"|wrong\w*|then|while|until|without|at\s+the\s+moment|for\s+(?:me|us)|roughly|about|like|please|again|afterwards|never|not|no\s+longer|instead|errors?|fail\w*|today)\b|n't\b",
    re.IGNORECASE,
)
"""In the same sentence before the command: what it prints may depend on more than the command."""
_THEN = re.compile(r"\s*(?:and\s+)?then,?\s*", re.IGNORECASE)
"""Below a file it speaks of nothing but that file."""
_LEADS = re.compile(r"\s*(?:(?:and|then|so|for\s+example|e\.g\.),?\s*)*", re.IGNORECASE)
"""All that may stand before a command where no colon announces the block below it."""
_SPEAKS = re.compile(
    r"[\W_]*(?:(?:and|it|this|that|which|then)\s+)*(?:(?:the|an?|expected|sample|example|its)\s+)*"
    rf"(?:{MODAL}{VERBS}|(?:returns?|writes?|yields?|produces?|fails?|exits?|results?|errors?|stdout|stderr|standard)\b|{ARROW})",
    re.IGNORECASE,
)
"""How a line begins that is about the command above it."""
_GOES_ON = re.compile(
    r"[a-z(,;]|(?:It|This|That|Exit\w*|With|Status|Code|In\s+(?:this|that)\s+case|Followed|Or|Depending|Only|Otherwise|But|And|Then|Nothing|Here"
    r"|Where|Plus|Also|Note|Again|Expected|Should|Instead|The\s+(?:exit|number|order|exact|rest|output|status|program|tool|command|error|text|message|above)"
    r"|All\s+errors)\b|\[?\.\.\."
)
"""Behind a block: more may be said of this command, or of what it prints."""
_ANOTHER = re.compile(
    rf"(?:and|while|whereas)\s+(?:then\s+)?(?P<command>([`'\"])(?P<name>[A-Za-z][\w./-]*)\s[^`'\"\n]*\2)\s*(?:(?:should|must|will)\s+)?{VERBS}\b"
)
"""Behind a block: the next command, with what it prints."""
_ENDED = re.compile(r"[.!?:]\s|\n\s*\n|\n\s*(?:[-*+]|\d+[.)])\s")
_QUOTED = re.compile(r"`[^`\n]*`|\"[^\"\n]*\"|'[^'\n]*'")
_FENCE = "```"
_LONGEST = 400


def depends(text: str, at: int) -> bool:
    """Whether the sentence before the command here says when it is so."""
    said = _QUOTED.sub(" ", _sentence(text, at))
    return bool(_OTHERWISE.search(said)) and not (_THEN.fullmatch(said) and _is_below_its_file(text, at))


def begins_sentence(text: str, at: int) -> bool:
    """Whether the command before this place begins its sentence, or another command with its output stands before it."""
    return bool(_LEADS.fullmatch(_QUOTED.sub("", _sentence(text, at))))


def _sentence(text: str, at: int) -> str:
    """What stands before this place in its sentence."""
    before = text[max(0, at - _LONGEST) : at]
    return before[max((match.end() for match in _ENDED.finditer(before)), default=0) :]


def _is_below_its_file(text: str, at: int) -> bool:
    """Whether the line here is the first below a block that shows a file, which the command before this place names."""
    line = text.count("\n", 0, at)
    block = next((block for block in reversed(blocks(text)) if block.end <= line), None)
    names = [name for name, shown in find_files(text).items() if block and shown == f"{block.text.rstrip()}\n"]
    command = text[text.rfind("\n", 0, at) + 1 : at].strip("`'\"").split()
    return block is not None and not said_between(text, block.end, line) and any(name in command for name in names)


def goes_on(line: str, text: str) -> bool:
    """Whether a line below what is printed may say more of it: it does not where it runs the same program with other words."""
    another = _ANOTHER.match(line)
    other = another is not None and text.count(another["command"]) == 1
    again = another is not None and len(re.findall(rf"[`'\"]{re.escape(another['name'])}\s", text)) > 1
    return bool(_GOES_ON.match(line)) and not (other and again)


def is_spoken_of(text: str, block: Block) -> bool:
    """Whether the line below a block says more of the last command in it."""
    following = line_behind(block, text)
    return bool(_SPEAKS.match(following)) and not following.startswith(_FENCE)


def line_behind(block: Block, text: str) -> str:
    """The next line behind a block that is not blank."""
    return next((line.strip() for line in lines_of(text)[block.end :] if line.strip()), "")
