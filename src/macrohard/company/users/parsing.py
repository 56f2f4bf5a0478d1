"""What the argument parser of a delivered program makes of a command line: a word for each argument, or a refusal.

A parser like that of the frame (`frames/cli.py`) is made here and given the words: what it refuses reaches no function, so that
such an error shows nothing of what a function refuses.
"""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from posixpath import normpath
from typing import NoReturn

from macrohard.company.brief import Argument, ArgumentType, Brief, CommandBrief
from macrohard.truth import PROGRAM, Check

Word = tuple[Argument, str]
_LIKE_A_NUMBER = re.compile(r"-\.?\d")


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error of the argument parser."""

    type: ArgumentType | None
    """What a word was to be; None where there are too few or too many words, or an unknown command or option."""
    names: tuple[str, ...]
    """The argument that is wrong; where there is no such, all of the command but files."""


class _Unfit(Exception):
    """A word that is not of the type of its argument; argparse lets this one through."""

    def __init__(self, item: Argument) -> None:
        super().__init__(item.name)
        self.item = item


class _Misused(Exception):
    """Any other refusal."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Print nothing and end nothing."""
        raise _Misused(message)


def parse(brief: Brief, check: Check) -> list[Word] | Refusal:
    """The words of the last command of a check, without flags; none for a call in Python."""
    last = check.steps[-1]
    if last.argv[0] != PROGRAM:
        return []
    try:
        options = _parser(brief, _readable(brief, check)).parse_args(last.argv[1:])
    except _Unfit as unfit:
        return Refusal(unfit.item.type, (unfit.item.name,))
    except (_Misused, argparse.ArgumentError):  # the second for a brief of which no parser can be made
        called = [item for item in brief.commands if item.name in ("", *last.argv[1:2])]
        named = (item for command in called for item in command.arguments if item.type is not ArgumentType.FILE)
        return Refusal(None, tuple(item.name for item in named))
    return list(_words(options))


def _readable(brief: Brief, check: Check) -> set[str]:
    """The files that are there before the last command, as far as the check tells."""
    before = check.steps[:-1]
    written = [name for step in before for name in step.expect.files]
    kept = [brief.state_file] if before and brief.state_file else []
    return {normpath(name) for name in (*check.files, *written, *kept)}


def _parser(brief: Brief, readable: Collection[str]) -> _Parser:
    parser = _Parser(add_help=False)
    if not brief.has_commands:
        for command in brief.commands[:1]:
            _add_arguments(parser, command, readable)
        return parser
    parsers = parser.add_subparsers(required=True)
    for command in brief.commands:
        _add_arguments(parsers.add_parser(command.name, add_help=False), command, readable)
    return parser


def _add_arguments(parser: _Parser, command: CommandBrief, readable: Collection[str]) -> None:
    for index, item in enumerate(command.arguments):
        names = (item.name,) if item.is_option else ()
        if item.type is ArgumentType.FLAG and item.is_option:
            parser.add_argument(*names, dest=f"value{index}", action="store_true")
        else:
            many = "+" if item.repeated else "?" if item.optional and not item.is_option else None
            parser.add_argument(*names, dest=f"value{index}", type=_fitting(item, readable), nargs=many)
    if any(item.type is not ArgumentType.FLAG for item in command.arguments):
        parser._negative_number_matcher = _LIKE_A_NUMBER


def _fitting(item: Argument, readable: Collection[str]) -> Callable[[str], Word]:
    def read(text: str) -> Word:
        if not _fits(item.type, text, readable):
            raise _Unfit(item)
        return item, text

    return read


def _fits(kind: ArgumentType, text: str, readable: Collection[str]) -> bool:
    """Whether a word is what the frame takes for this type."""
    if kind is ArgumentType.FILE:
        return normpath(text) in readable
    try:
        return kind not in _NUMBERS or _NUMBERS[kind](text)
    except ValueError:
        return False


def _is_number(text: str) -> bool:
    return math.isfinite(float(text))


_NUMBERS: dict[ArgumentType, Callable[[str], bool]] = {
    ArgumentType.INTEGER: lambda text: isinstance(int(text), int),
    ArgumentType.NUMBER: _is_number,
}


def _words(options: argparse.Namespace) -> Iterator[Word]:
    for value in vars(options).values():
        if isinstance(value, list):
            yield from value
        elif isinstance(value, tuple):
            yield value
