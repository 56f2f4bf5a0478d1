"""Choices: what was decided where the request is silent, said as sentences so that nobody has to find out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from macrohard.company.brief import Brief, CommandBrief, FunctionBrief
from macrohard.company.order import Kind
from macrohard.company.request.keeping import is_json_by_name, names_file
from macrohard.company.request.statements import error_statements
from macrohard.company.request.statuses import told_statuses
from macrohard.company.request.words import tells
from macrohard.truth.standalone import visible


def choices_of(brief: Brief, shown: Sequence[str] = ()) -> tuple[str, ...]:
    """One sentence for each thing that the brief says and the request does not; `shown` are further examples of the
    user, which count as said."""
    said = "\n".join((brief.request, *shown))
    named = told_statuses(brief.request, shown)
    found = _library(brief, said) if brief.kind is Kind.LIBRARY else _cli(brief, said, named)
    return (*_name(brief, said), *found)


def _name(brief: Brief, said: str) -> Iterator[str]:
    word = re.escape(brief.name)
    if not re.search(rf"(?:\b(?:called|named)\s+|[`'\"$]\s*){word}(?![\w-])", said, re.IGNORECASE):
        yield f"The request gives no name: it is called `{brief.name}`."
    if brief.package != brief.name.replace("-", "_"):
        yield f"Its package is called `{brief.package}`, since `{brief.name}` would hide a module."


def _cli(brief: Brief, said: str, named: Sequence[int]) -> Iterator[str]:
    if len(named) > 1:
        listed = ", ".join(map(str, named))
        yield f"The request names several exit statuses for errors ({listed}): every error ends with {brief.error_status}."
    elif brief.error_status not in named:
        if error_statements(brief) or named or "stderr" in said:
            yield f"The request names no exit status for errors: it is {brief.error_status}."
        else:
            yield (
                "The request says nothing of errors: an error ends with a message on standard error and exit status "
                f"{brief.error_status}."
            )
    if brief.state_file and not names_file(said, brief.state_file):
        yield f"The request names no such file in the current folder: the records are kept in {brief.state_file} there."
    if brief.state_file and not is_json_by_name(brief.state_file):
        yield f"Whatever its name says, {brief.state_file} holds the records as JSON."
    if brief.state_file and (silent := [item.name for item in brief.state_fields if not tells(said, item.name)]):
        yield f"Each record in {brief.state_file} has keys that the request does not name: {_listed(silent)}."
    if invented := [item.name for item in brief.commands if item.name and not tells(said, item.name)]:
        yield f"The request does not name these commands: {_listed(invented)}."
    for command in brief.commands:
        yield from _options(command, said)


def _options(command: CommandBrief, said: str) -> Iterator[str]:
    options = [item.name for item in command.arguments if item.is_option]
    invented = [name for name in options if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", said)]
    if invented:
        where = f"`{command.name}` has options" if command.name else "There are options"
        yield f"{where} that the request does not name: {_listed(invented)}."


def _library(brief: Brief, said: str) -> Iterator[str]:
    for function in brief.functions:
        if not _spelled_out(function, said):
            yield (
                f"The request does not spell out the signature of `{function.name}`: it is "
                f"{_code(f'({function.parameters}) -> {function.returns}')}."
            )


def _spelled_out(function: FunctionBrief, said: str) -> bool:
    """True when the request shows the parameters with the types, and the type of the result, however they are spaced."""
    tokens = re.findall(r"\w+|[^\w\s]", f"{function.name}({function.parameters})->{function.returns}")
    pattern = r"\s*".join(map(re.escape, tokens))
    return re.search(rf"(?<!\w){pattern}(?!\w|\[|\.\w|\s*\|)", said) is not None


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(_code, names))


def _code(text: str) -> str:
    """Quoted as code; what a model made cannot end its own quotation."""
    return "`{}`".format(visible(text, len(text)).replace("`", "'"))
