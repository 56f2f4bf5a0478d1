"""A program as files: the frame of its kind around the chosen functions."""

from __future__ import annotations

from collections.abc import Sequence

from macrohard.company.brief import Brief
from macrohard.company.engineers.stubs import function_name
from macrohard.company.frames import cli, library
from macrohard.company.frames.merging import merge
from macrohard.company.order import Kind
from macrohard.truth.check import PYTHON, Record


class Program(Record):
    """The source files of a program, and the words that start it."""

    files: dict[str, str]
    """Path below `src` -> text."""
    start: tuple[str, ...]
    """For `{program}` in a check; empty for a library."""


def frame(brief: Brief, sources: Sequence[str]) -> Program:
    """The program made of these functions, each the source of one function with its imports and helpers."""
    names = [function_name(command) for command in brief.commands] or [item.name for item in brief.functions]
    if brief.kind is Kind.CLI:
        return Program(files=cli.files(brief, merge(sources, names)), start=(PYTHON, "-m", brief.package))
    return Program(files=library.files(brief, merge(sources, names)), start=())
