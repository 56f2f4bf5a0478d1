"""What a command prints, shown in a block of code below words such as "prints:" or "Output:"."""

from __future__ import annotations

import re

from macrohard.truth.examples.behind import ARROW
from macrohard.truth.examples.files import Block, blocks, find_files, lines_of, said_between
from macrohard.truth.examples.prompts import is_prompted

_VERBS = r"(?:prints?|outputs?|shows?|displays?|gives?)"
_STDOUT = r"to\s+(?:stdout|(?:the\s+)?standard\s+output)"
_WHAT = rf"(?:\s+(?:exactly|just|only|this|these|the|following|lines?|table|report|output|text|JSON|{_STDOUT}))*"
MODAL = r"(?:(?:should|must|will|shall|would)\s+)?"
_SAID = re.compile(
    rf"\s*(?:,?\s*it\s+)?{MODAL}(?:(?:just|simply|always)\s+)?{_VERBS}{_WHAT}[ \t]*(?P<colon>:?)[ \t]*(?=\n)"
)
_ANNOUNCES = re.compile(
    r"[\W_]*(?:(?:and|then|which|it|this|that|the|program|tool|command|expected|sample|example|you)\s+)*"
    rf"(?:{MODAL}{_VERBS}|{MODAL}see|stdout|standard\s+output|expected)(?:\s+(?:(?:should|will|must)\s+be|is))?{_WHAT}[\W_]*",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"[\W_]*(?:(?:and|it|this|that|which|then)\s+)*(?:(?:the|an?|expected|sample|example|its)\s+)*"
    rf"(?:{MODAL}{_VERBS}|(?:returns?|writes?|yields?|produces?|fails?|exits?|results?|errors?|stdout|stderr|standard)\b|{ARROW})",
    re.IGNORECASE,
)
"""How a line begins that is about the command above it."""
_SPEAKS_OF_OUTPUT = re.compile(
    r"\b(?:print(?:s|ed)?|outputs?|shown?|displays?|stdout|stderr|standard\s+(?:output|error)|errors?|fails?)\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:standard\s+input|stdin|if|when|unless|otherwise|after|before|once|with|given|suppose|assum\w+|currently|now|bugs?|version|old"
    r"|wrong\w*|then|while|until|without|at\s+the\s+moment|for\s+(?:me|us)|roughly|about|like|please|again|afterwards|never|not|no\s+longer|instead|errors?|fail\w*|today)\b|n't\b",
    re.IGNORECASE,
)
"""In the same sentence before the command: what it prints may depend on more than the command."""
_THEN = re.compile(r"\s*(?:and\s+)?then,?\s*", re.IGNORECASE)
"""Below a file it speaks of nothing but that file."""
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
_GOES_ON = re.compile(
    r"[a-z(,;]|(?:It|This|That|Exit\w*|With|Status|Code|In\s+(?:this|that)\s+case|Followed|Or|Depending|Only|Otherwise|But|And|Then|Nothing|Here"
    r"|Where|Plus|Also|Note|Again|Expected|Should|Instead|The\s+(?:exit|number|order|exact|rest|output|status|program|tool|command|error|text|message|above)"
    r"|All\s+errors)\b|\[?\.\.\."
)
"""Behind a block: more may be said of this command, or of what it prints."""
_ANOTHER = re.compile(
    r"(?:and|while|whereas)\s+(?:then\s+)?([`'\"])(?P<name>[A-Za-z][\w./-]*)\s[^`'\"\n]*\1\s*(?:(?:should|must|will)\s+)?(?:prints?|outputs?|shows?|displays?|gives?)\b"
)
"""Behind a block: the next command, with what it prints."""
_LEADS = re.compile(r"\s*(?:(?:and|then|so|for\s+example|e\.g\.),?\s*)*", re.IGNORECASE)
"""All that may stand before a command where no colon announces the block below it."""
_DESCRIBES = re.compile(r"(?m)^\s*(?:[-*+]|\d+[.)])\s|\b(?:the|an?|of|random)\b")
"""Lines of a list, and words that say what is shown; without a colon before it a block may as well describe."""
_ENDED = re.compile(r"[.!?:]\s|\n\s*\n|\n\s*(?:[-*+]|\d+[.)])\s")
_QUOTED = re.compile(r"`[^`\n]*`|\"[^\"\n]*\"|'[^'\n]*'")
_LISTED = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
_FILE = re.compile(r"[\w./-]*[A-Za-z_][\w-]*\.[A-Za-z]\w{0,4}")
_GENERIC = frozenset(
    {"file", "filename", "item", "key", "message", "name", "number", "path", "string", "text", "title", "value", "word"}
)
_FENCE = "```"
_LONGEST = 400


def printed_below(text: str, at: int) -> tuple[int, str] | None:
    """Where the block ends that shows what the words here announce, behind a command, and its lines; None where it cannot be
    read whole."""
    said = _SAID.match(text, at)
    if said is None or _depends(text, at) or not (said["colon"] or _begins_sentence(text, at)):
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
    if goes_on(_following(block, text), text) or not is_output(shown) or _is_followed_by_another(block, text):
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


def goes_on(line: str, text: str = "") -> bool:
    """Whether a line below what is printed may say more of it, and does not run again what is run in the text."""
    another = _ANOTHER.match(line)
    quoted = another and line[another.start(1) : line.index(another[1], another.end(1)) + 1]
    again = (
        another
        and quoted
        and text.count(quoted) == 1
        and len(re.findall(rf"[`'\"]{re.escape(another['name'])}\s", text)) > 1
    )
    return bool(_GOES_ON.match(line) and not again)


def is_spoken_of(text: str, block: Block) -> bool:
    """Whether the line below a block says more of the last command in it."""
    following = _following(block, text)
    return bool(_SPEAKS.match(following)) and not following.startswith(_FENCE)


def is_vague(words: tuple[str, ...], text: str) -> bool:
    """Whether one of these words looks like the name of a file that the request does not show, or stands for a value."""
    files = find_files(text)
    return any(word in _GENERIC or (_FILE.fullmatch(word) and word not in files) for word in words[1:])


def _depends(text: str, at: int) -> bool:
    """Whether the sentence before the command here says when it is so."""
    before = text[max(0, at - _LONGEST) : at]
    begun = max((match.end() for match in _ENDED.finditer(before)), default=0)
    said = _QUOTED.sub(" ", before[begun:])
    return bool(_OTHERWISE.search(said)) and not (_THEN.fullmatch(said) and _is_below_its_file(text, at))


def _begins_sentence(text: str, at: int) -> bool:
    """Whether the command before this place begins its sentence, or another command with its output stands before it."""
    before = text[max(0, at - _LONGEST) : at]
    begun = max((match.end() for match in _ENDED.finditer(before)), default=0)
    return bool(_LEADS.fullmatch(_QUOTED.sub("", before[begun:])))


def _is_below_its_file(text: str, at: int) -> bool:
    """Whether the line here is the first below a block that shows a file, which the command before this place names."""
    line = text.count("\n", 0, at)
    block = next((block for block in reversed(blocks(text)) if block.end <= line), None)
    names = [name for name, shown in find_files(text).items() if block and shown == f"{block.text.rstrip()}\n"]
    command = text[text.rfind("\n", 0, at) + 1 : at].strip("`'\"").split()
    return block is not None and not said_between(text, block.end, line) and any(name in command for name in names)


def _block_below(text: str, line: int) -> Block | None:
    """The block that begins right below this line, a blank one between them unless it is fenced."""
    block = next((block for block in blocks(text) if block.first > line), None)
    parted = block is not None and block.first > line + 1
    return block if block and parted and not said_between(text, line + 1, block.first) else None


def _following(block: Block, text: str) -> str:
    """The next line behind a block that is not blank."""
    return next((line.strip() for line in lines_of(text)[block.end :] if line.strip()), "")


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
