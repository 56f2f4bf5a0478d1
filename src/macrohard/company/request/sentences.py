"""Sentences: a request cut into what it says, without its code blocks, headings and courtesies."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from macrohard.truth.examples import (
    announces_file,
    announces_output,
    find_examples,
    find_files,
    without_transcripts,
)

_NUMBERED = r"(?:\d{1,2}[.)]|\(\d{1,2}\))[ \t]+"
_BULLET = rf"(?:[-*•][ \t]+|{_NUMBERED})"
_MARK = re.compile(rf"[ \t]*(?:{_BULLET}|#{{1,6}}[ \t]+|>[ \t]+|\|)?(?:\[[ xX]\][ \t]+)?")
_NEW = re.compile(
    r"[ \t]*(?:[-*•][ \t]|>[ \t]|\||(?:usage|errors?|exit (?:codes?|status(?:es)?)|inputs?|outputs?|options?|notes?)\s?:)",
    re.IGNORECASE,
)
_FENCE = re.compile(r"(?ms)^[ \t]*```.*?(?:^[ \t]*```[^\n]*$|\Z)")
_SESSION = re.compile(r"(?m)^>>> [^\n]*(?:\n[ \t]*\S[^\n]*)*")
_INDENTED = re.compile(r"(?m)(?:^(?:    |\t)[^\n]*(?:\n|\Z)|(?<=\n)[ \t]*\n(?=(?:    |\t)[ \t]*\S))+")
_HEADING = re.compile(r"(?m)^[ \t]*#{1,6}[ \t][^\n]*$|^[ \t]*[-=*_|: \t]{3,}$")
_PROTECTED = re.compile(
    r"`[^`\n]*`|\"[^\"\n]*\"|(?<!\w)'[^'\n]*'(?!\w)|“[^”\n]*”|\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\[\]\n]*\]"
)
_ABBREVIATION = re.compile(r"(?i)\b(?:e\.g|i\.e|etc|vs|cf|approx|incl|resp)\.\Z")
_END = re.compile(r"(?:(?<=[.;!?])|(?<=[.!?][\"'`)”]))\s+(?=[A-Z`'\"a-z(\[“*])")
_SET_OFF = re.compile(r"^[`'\"]|```|\n(?:    |\t)")
_DOLLAR = re.compile(r"(?m)^[ \t]*\$ ")
_SHOWN = re.compile(
    r"\b(?:prints?|outputs?|shows?|displays?|gives?|looks?|files?|contains?|examples?|sessions?|transcripts?|input|lines?)\b",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"for|with|given|in|on|use|using|an?|the|this|these|that|those|is|are|as|of|and|such|like|some|here|following|e\.g|it"
    r"|has|have|more|further|there|be|its|(?:example|session|usage|file|input|output|line|command|rule|requirement|feature"
    r"|option|detail|note|function)s?|text|behaviou?r|[\w.-]+\.\w+"
)
"""The words of a heading, and the name of a file."""
_HEADS = re.compile(r"(?m)^[^\n|]*\|[^\n]*\n(?=[ \t]*\|?[ \t]*:?-+:?[ \t]*\|[-:| \t]*$)")
"""The heads of a table."""
_COURTESY = re.compile(
    r"hi|hello|hey|dear|please|thanks?|you|very|much|many|so|cheers|all|there|team|everyone|regards|best|in|advance|a|lot"
)


def split_statements(request: str) -> tuple[str, ...]:
    """Sentences, bullets and clauses between semicolons, verbatim, without code blocks, without headings such as
    'Example:' and without courtesies."""
    found = (sentence for text in _prose(request) for item in _items(text) for sentence in _sentences(item))
    return tuple(sentence for sentence in found if _says_something(sentence))


def protected(text: str) -> str:
    """The text with the spaces and marks inside quotation marks and brackets blanked, so that it is not cut there."""
    return _PROTECTED.sub(lambda match: match.group()[0] + re.sub(r"[\s,:;]", "_", match.group()[1:]), text)


def _prose(request: str) -> Iterator[str]:
    """What stands between code blocks; an indented block of bullets is prose too."""
    files = {text.strip("\n") for text in find_files(request).values()}
    for part in (_SESSION.sub("\n", part) for part in _FENCE.split(_without_examples(request))):
        text, end = "", 0
        for block in _INDENTED.finditer(part):
            text += part[end : block.start()]
            end = block.end()
            if _goes_on(block.group(), text):
                text += block.group()
            elif _is_list(block.group(), text, files):
                text += f"\n\n{textwrap.dedent(block.group())}\n\n"
            else:
                text += "\n\n"
        yield text + part[end:]


def _without_examples(request: str) -> str:
    """Without transcripts, and without the paragraphs of which an example is made; what stands in quotes is part of a sentence."""
    text = without_transcripts(request)
    for example in find_examples(request):
        if "\n\n" in example.quotation and not _SET_OFF.search(example.quotation):
            text = text.replace(example.quotation, "\n\n")
    return text


def _goes_on(block: str, before: str) -> bool:
    """True for the further lines of a bullet."""
    last = before.rstrip("\n").split("\n")[-1]
    together = not before.endswith("\n\n") and not last.rstrip().endswith(":")
    return together and bool(re.match(rf"[ \t]*{_BULLET}", last)) and not _DOLLAR.search(block)


def _is_list(block: str, before: str, files: set[str]) -> bool:
    lines = [line for line in textwrap.dedent(block).split("\n") if line.strip()]
    if not lines or textwrap.dedent(block).strip("\n") in files or _DOLLAR.search(block):
        return False
    last = before.rstrip().split("\n")[-1]
    shown = last.endswith(":") and _SHOWN.search(last)
    return not shown and all(re.match(_BULLET, line) or line.startswith((" ", "\t")) for line in lines)


def _items(text: str) -> Iterator[str]:
    """Paragraphs, bullets and lines that begin with a command, each on one line."""
    for paragraph in re.split(r"\n[ \t]*\n", _HEADING.sub("\n\n", _HEADS.sub("\n", text))):
        first, item = "", ""
        for line in paragraph.split("\n"):
            if item and _begins(line, first, item):
                yield item.strip(" |")
                item = ""
            first, line = (first, line) if item else (line.lstrip(), _MARK.sub("", line, count=1))
            item = " ".join(f"{item} {line}".split())
        yield item.strip(" |")


def _begins(line: str, first: str, item: str) -> bool:
    """True when a line is no continuation of the item, which began with the line `first`."""
    if _NEW.match(line) or item.endswith(":"):
        return True
    if re.match(rf"[ \t]*{_NUMBERED}", line):  # '2.' may also be the end of a sentence
        return bool(re.match(_NUMBERED, first)) or item.endswith((".", ":", ";"))
    return line.lstrip().startswith("`") and first.startswith("`")


def _sentences(item: str) -> Iterator[str]:
    masked, start = protected(item), 0
    for match in _END.finditer(masked):
        if _ABBREVIATION.search(masked[max(start, match.start() - 9) : match.start()]) or (
            masked[match.start() - 1] in "\"'`)”" and not masked[match.end()].isupper()
        ):
            continue
        yield item[start : match.start()].strip()
        start = match.end()
    yield item[start:].strip()


def _says_something(sentence: str) -> bool:
    words = [word.strip(".,;:!?()'\"*_").lower() for word in sentence.split()]
    words = [word for word in words if word]
    if len(words) < 2 or all(_COURTESY.fullmatch(word) for word in words):
        return False
    if announces_output(sentence) or announces_file(sentence):
        return False
    return not sentence.endswith(":") or not all(_ANNOUNCES.fullmatch(word) for word in words)
