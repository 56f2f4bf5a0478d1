"""Reading a command line of an example: words, and what is piped into it. Nothing is ever given to a shell."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

_PYTHON = re.compile(r"python[0-9.]*")
_HIDDEN = {operator: chr(0xF0000 + number) for number, operator in enumerate("();<>|&")}
_HIDE = str.maketrans(_HIDDEN)
_SHOW = str.maketrans({letter: operator for operator, letter in _HIDDEN.items()})
_OPERATOR = re.compile(r"[();<>|&]+")
_REPLACED = re.compile(r"(?<!\\)(?:`|\$[\w({?!@*#$'\"-])")
"""Outside single quotes a shell puts something else in its place."""
_PART = re.compile(
    r"(?s)(?P<quoted>'[^']*'|\\.)|(?P<double>\"(?:\\.|[^\"\\])*\")|(?P<comment>(?:(?<=\s)|^)\#(?=\s|$).*)"
    rf"|(?P<replaced>{_REPLACED.pattern})|."
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"t": b"\t", b"\\": b"\\", b"r": b"\r"}


@dataclass(frozen=True, slots=True)
class CommandLine:
    """Words of the program under test, the program's name first, and its standard input."""

    words: tuple[str, ...]
    stdin: str = ""


def read_command(text: str, files: Mapping[str, str] | None = None) -> CommandLine | None:
    """Read `PROGRAM ARGS`, `printf TEXT | PROGRAM ARGS`, `echo TEXT | …`, `cat FILE | …` or `PROGRAM ARGS < FILE`.

    None when it is anything else: what cannot be read with certainty is no example.
    """
    tokens = _tokens(text)
    if not tokens or any(_OPERATOR.fullmatch(token) and token not in {"|", "<"} for token in tokens):
        return None
    if "|" in tokens:
        bar = tokens.index("|")
        stdin = _produced(_meant_as(tokens[:bar]), files or {})
        words = tokens[bar + 1 :]
        plain = bool(words) and not {"|", "<"} & set(words)
        return CommandLine(_program(_meant_as(words)), stdin) if stdin is not None and plain else None
    words = _meant_as(tokens)
    if "<" in tokens:
        arrow = tokens.index("<")
        stdin = (files or {}).get(words[arrow + 1]) if len(tokens) == arrow + 2 else None
        return CommandLine(_program(words[:arrow]), stdin) if stdin is not None and arrow else None
    return CommandLine(_program(words))


def comment_of(text: str) -> str | None:
    """The words of the comment at the end of a command line; None where there is none."""
    return next((part["comment"][1:].strip() for part in _PART.finditer(text) if part["comment"]), None)


def _program(words: list[str]) -> tuple[str, ...]:
    """The words with the program's own name first: 'roman' for `./roman`, `python3 roman.py`, `python3 -m roman`."""
    if len(words) > 1 and _PYTHON.fullmatch(words[0]):
        words = words[2 if words[1] == "-m" and len(words) > 2 else 1 :]
    return (words[0].removeprefix("./").removesuffix(".py") or words[0], *words[1:])


def _tokens(text: str) -> list[str]:
    """Words and operators, without a comment at the end; none where a shell would put something in a word's place.

    An operator in quotes is a letter like others, and hidden as another one so that it is not taken for more.
    """
    if any(letter in _HIDDEN.values() for letter in text):
        return []
    try:
        lexer = shlex.shlex(_PART.sub(_hidden, text), posix=True, punctuation_chars="".join(_HIDDEN))
        lexer.whitespace_split = True
        lexer.commenters = ""
        return list(lexer)
    except ValueError:
        return []


def _hidden(part: re.Match[str]) -> str:
    """The same part of a command line with its quoted operators hidden; raises ValueError for what a shell replaces."""
    if part["replaced"] or (part["double"] and _REPLACED.search(part["double"])):
        raise ValueError("only a shell knows what it stands for")
    return (
        "" if part["comment"] else part.group().translate(_HIDE) if part["quoted"] or part["double"] else part.group()
    )


def _meant_as(words: list[str]) -> list[str]:
    return [word.translate(_SHOW) for word in words]


def _produced(tokens: list[str], files: Mapping[str, str]) -> str | None:
    """What `printf`, `echo` or `cat` writes; None for any other program."""
    match tokens:
        case ["printf", text] | ["printf", "--", text] if "%" not in text:
            return _unescape(text)
        case ["printf", "%s\\n", *words] if words:
            return "".join(f"{word}\n" for word in words)
        case ["echo", "-n", *words]:
            return " ".join(words)
        case ["echo", "-e", *words]:
            return _unescape(" ".join(words) + "\n")
        case ["echo", *words]:
            return " ".join(words) + "\n"
        case ["cat", name]:
            return files.get(name)
    return None


def _unescape(text: str) -> str | None:
    """The text with its escapes read, a number being a byte; None for what is no text then."""
    try:
        return _ESCAPE.sub(_meant, text.encode()).decode()
    except UnicodeError:
        return None


def _meant(escape: re.Match[bytes]) -> bytes:
    number = escape[1].isdigit() and escape[1] < b"8"
    return bytes([int(escape[1], 8) % 256]) if number else _ESCAPES.get(escape[1], escape[0])
