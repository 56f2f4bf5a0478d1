"""Terminal transcripts: `$ command` lines with what they print, in a block of their own or flush with the running text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from macrohard.truth.examples.catting import CAT, shown_by_cat
from macrohard.truth.examples.comments import said_in_comment
from macrohard.truth.examples.files import find_files, unknown_files
from macrohard.truth.examples.messages import message_in
from macrohard.truth.examples.pasted import find_pasted
from macrohard.truth.examples.programs import TOOLS, program_of
from macrohard.truth.examples.shapes import CommandExample, Line
from macrohard.truth.examples.shell import comment_of, read_command

_STATUS = "echo $?"
_STATUS_SHOWN = re.compile(r"[ \t]*[0-9]{1,3}[ \t]*")
_ERROR = re.compile(r"error:\s*(?=\S)", re.IGNORECASE)
_REFUSES = re.compile(r"(?:unknown|invalid|no\s+such|cannot|can't|missing|not\s+found)(?![\w-])|usage:", re.IGNORECASE)
"""How a message begins that may be one of an error."""
_ENDS_BADLY = re.compile(
    r"\b(?:non-?\s?zero|errors?|fail(?:s|ures?)?|stderr)\b|\$ echo \$\?\s+[1-9]"
    r"|\b(?:exit\w*|status(?:es)?|codes?)\b[^.]{0,60}?\b(?:[1-9]\d{0,2}|one|two|three|four|five)\b",
    re.IGNORECASE,
)
"""Where a request speaks of errors."""
_ELLIPSIS = re.compile(r"(?m)^[ \t]*(?:\.\.\.|…)[ \t]*$")
_CONTINUES = re.compile(r"\b(?:then|now|again|afterwards?|after\s+that|later|next|still|finally)\b", re.IGNORECASE)
_ANEW = re.compile(r"\b(?:empty|fresh|new)\b", re.IGNORECASE)


def find_transcripts(request: str) -> tuple[CommandExample, ...]:
    """One example for each transcript that can be read whole; its commands share one folder, as they do there.

    None that runs another program, but for `cat` of a file. One that says 'then' runs what the one before it ran first.
    One ends before a command of which it cannot be told what it prints, or whether that is an error.
    """
    program, files, hidden = program_of(request), find_files(request), unknown_files(request)
    errors = bool(_ENDS_BADLY.search(request))
    found: list[CommandExample] = []
    last: CommandExample | None = None
    first = True
    for pasted in find_pasted(request, program):
        text = _told(pasted.text, errors=errors)
        whole = pasted.whole and text == pasted.text
        parts = _parts(text)
        shown = shown_by_cat(parts, files)
        example = _read(pasted.quotation_of(text), parts, shown, program) if shown is not None else None
        files = {**files, **(shown or {})}
        if example is None and whole and all(CAT.fullmatch(command) for command, _ in parts):
            continue
        last = _placed(example, pasted.before, last, first=first) if example else None
        first = False
        if last and not hidden & _mentioned(last):
            found.append(last)
        last = last if whole else None
    return tuple(found)


def _told(text: str, *, errors: bool) -> str:
    """The transcript up to the first command of whose outcome nothing can be claimed."""
    parts = _parts(text)
    for index, (command, output) in enumerate(parts):
        beside = index + 1 < len(parts) and _is_remark(output)
        if beside or _is_doubtful(command, output, _status(parts[index + 1 : index + 2]), errors=errors):
            return "\n$ ".join(("\n" + text).split("\n$ ")[: index + 1])[1:]
    return text


def _is_doubtful(command: str, output: str, status: int | None, *, errors: bool) -> bool:
    """Whether lines are left out, one line may be the message of an error whose exit status is not shown, or a comment that cannot
    be read stands where an output would."""
    name, _, rest = output.partition(": ")
    said = rest if name in command.split() else output
    message = "\n" not in output or "error:" in output.lower()
    refuses = status is None and message and _REFUSES.match(said)
    unread = _is_told_beside(command, output, status) and not said_in_comment(command)
    return bool(unread or (_ELLIPSIS.search(output) and not status) or (errors and refuses))


def _is_told_beside(command: str, output: str, status: int | None) -> bool:
    """Whether a comment stands where an output would."""
    return not output and status is None and comment_of(command) is not None


def _is_remark(output: str) -> bool:
    """Whether the last line above a command may be about it: '# multiply', '---', or 'It multiplies too:' below a blank line."""
    before, _, last = output.rpartition("\n")
    heading = last.endswith(":") and not before.rpartition("\n")[2].strip() and bool(before)
    return last.startswith("# ") or (len(last) > 2 and not last.strip("-=")) or heading


def _placed(example: CommandExample, before: str, last: CommandExample | None, *, first: bool) -> CommandExample:
    """The example with what was done before it, as the line above it tells."""
    if first or _ANEW.search(before):
        return example
    if last is None or last.detached or not _CONTINUES.search(before):
        return example.model_copy(update={"detached": True})
    done = tuple(line.model_copy(update={"stdout": None, "prepares": True}) for line in last.lines)
    return example.model_copy(update={"lines": (*done, *example.lines), "files": {**last.files, **example.files}})


def _parts(text: str) -> list[tuple[str, str]]:
    """Each command with its output."""
    return [_parted(part) for part in ("\n" + text).split("\n$ ")[1:]]


def _parted(part: str) -> tuple[str, str]:
    command, _, output = part.partition("\n")
    return command.strip(), output.rstrip("\n")


def _read(
    quotation: str, parts: Sequence[tuple[str, str]], files: dict[str, str], program: str | None
) -> CommandExample | None:
    """The commands of a transcript; None when one of them cannot be read, since the others may depend on it."""
    lines = _lines(parts, files)
    names = {line.words[0] for line in lines}
    if not quotation or len(names) != 1 or (names != {program} if program else names & TOOLS):
        return None
    return CommandExample(lines=lines, files=files, quotation=quotation)


def _lines(parts: Sequence[tuple[str, str]], files: Mapping[str, str]) -> tuple[Line, ...]:
    """Empty when one of them cannot be read."""
    lines: list[Line] = []
    for index, (command, output) in enumerate(parts):
        if CAT.fullmatch(command) or (command == _STATUS and lines and _STATUS_SHOWN.fullmatch(output)):
            continue
        read = read_command(command, files)
        line = _told_by(command, output, read.words[0], _status(parts[index + 1 : index + 2])) if read else None
        if read is None or line is None:
            return ()
        lines.append(line.model_copy(update={"words": read.words, "stdin": read.stdin}))
    return tuple(lines)


def _status(following: Sequence[tuple[str, str]]) -> int | None:
    """The exit status that is shown after a command."""
    told = [shown for command, shown in following if command == _STATUS and _STATUS_SHOWN.fullmatch(shown)]
    return int(told[0]) if told else None


def _told_by(command: str, output: str, program: str, status: int | None) -> Line | None:
    """What a command showed; where it printed nothing, what the comment behind it says."""
    if not _is_told_beside(command, output, status):
        return _line(output, program, status)
    said = said_in_comment(command)
    return said.line(()) if said else None


def _line(output: str, program: str, status: int | None) -> Line | None:
    """What a command showed; None where it cannot be told whether that is an error."""
    said = output.removeprefix(f"{program}: ")
    error = _ERROR.match(said)
    if status:
        is_error = said.lower().startswith("error")
        return Line(words=(), exit_status=status, error=is_error, message=message_in(said) if is_error else ())
    if status is None and error:
        plain = "\n" not in said and not said[error.end() :].strip().isdigit()
        shown = message_in(said)
        return Line(words=(), exit_status=2, error=True, message=shown, assumed=True) if plain else None
    return Line(words=(), stdout=output)


def _mentioned(example: CommandExample) -> set[str]:
    """The words of commands that end well; a file that is not there is an error."""
    words = {word for line in example.lines if not line.exit_status for word in line.words}
    return words - set(example.files)
