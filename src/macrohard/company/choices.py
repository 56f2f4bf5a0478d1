"""Choices: what was decided where the request is silent, said as sentences so that nobody has to find out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from macrohard.company.brief import STATUS, Brief, CommandBrief, FunctionBrief
from macrohard.company.order import Kind
from macrohard.company.statements import error_statements


def choices_of(brief: Brief, shown: Sequence[str] = ()) -> tuple[str, ...]:
    """One sentence for each thing that the brief says and the request does not; `shown` are further examples of the
    user, which count as said."""
    said = "\n".join((brief.request, *shown))
    return (*_name(brief, said), *(_library(brief, said) if brief.kind is Kind.LIBRARY else _cli(brief, said)))


def _name(brief: Brief, said: str) -> Iterator[str]:
    if not _tells(said, brief.name) and not _tells(said, brief.package):
        yield f"The request gives no name: it is called `{brief.name}`."


def _cli(brief: Brief, said: str) -> Iterator[str]:
    if not error_statements(brief):
        yield (
            "The request says nothing of errors: input that makes no sense ends with one sentence on standard error and "
            f"exit status {brief.error_status}."
        )
    elif not STATUS.search(said):
        yield f"The request names no exit status for errors: it is {brief.error_status}."
    if brief.state_file and (silent := [item.name for item in brief.state_fields if not _tells(said, item.name)]):
        yield f"Each record in {brief.state_file} has keys that the request does not name: {_listed(silent)}."
    for command in brief.commands:
        yield from _options(command, said)


def _options(command: CommandBrief, said: str) -> Iterator[str]:
    invented = [item.name for item in command.arguments if item.is_option and item.name not in said]
    if invented:
        where = f"`{command.name}` has options" if command.name else "There are options"
        yield f"{where} that the request does not name: {_listed(invented)}."


def _library(brief: Brief, said: str) -> Iterator[str]:
    for function in brief.functions:
        if not _typed(function, said):
            yield (
                f"The request does not give all types of `{function.name}`: they are "
                f"`({function.parameters}) -> {function.returns}`."
            )


def _typed(function: FunctionBrief, said: str) -> bool:
    """True when the request shows the parameters with the types, and the result."""
    signature = re.escape(f"{function.name}({function.parameters}) -> {function.returns}").replace(r"\ ", r"\s*")
    return re.search(signature, said) is not None


def _tells(said: str, word: str) -> bool:
    """True when the word, or its plural, stands in a text."""
    return re.search(rf"(?<![\w-]){re.escape(word)}s?(?![\w-])", said, re.IGNORECASE) is not None


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
