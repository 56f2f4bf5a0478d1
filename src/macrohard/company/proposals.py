"""What a model proposes as a brief, read: names that Python takes, one line a text, and a file only where it is kept.

Everything in it was written by a model.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from macrohard.company.brief import (
    Argument,
    ArgumentType,
    Brief,
    CommandBrief,
    FunctionBrief,
    StateField,
)
from macrohard.company.engineers.stubs import function_name, parameter_name
from macrohard.company.naming import (
    argument_name,
    command_name,
    option_name,
    program_name,
    signature,
    state_file_name,
)
from macrohard.company.order import Kind
from macrohard.company.prompts.analyst import WORKED_NAMES
from macrohard.company.request.keeping import wants_memory
from macrohard.company.request.sentences import split_statements
from macrohard.company.request.words import tells

T = TypeVar("T")
_WRITTEN = re.compile(r"(?<![\w-])--?[A-Za-z][\w-]*")
_FORM = re.compile(r"(?<=\w)(?:\s+(?:[A-Z][A-Z0-9_-]*|<[^<>]*>|\[[^\[\]]*\]))+\s*\Z")
"""What is given to a command: a reply may write it behind its name."""
_LONGEST_LINE = 300


def read_brief(text: str, kind: Kind, request: str, given: Sequence[str] = ()) -> Brief | None:
    """The brief in a reply; None when it cannot be read. `given` are further examples of the user, which say names too."""
    try:
        data = json.loads(text)
        return _command_brief(data, request, given) if kind is Kind.CLI else _library_brief(data, request)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _command_brief(data: dict[str, Any], request: str, given: Sequence[str]) -> Brief:
    said = "\n".join((request, *given))
    commands = _unique((_command(item, said) for item in data["commands"]), function_name)
    # Seen of the embedded model, where a program reads standard input: `size` of the worked example, beside its own commands.
    commands = tuple(item for item in commands if not (item.reads_stdin and _is_copied(item.name, said))) or commands
    if not commands or (len(commands) > 1 and not all(command.name for command in commands)):
        raise ValueError("a program has one command without a name, or several with names")
    name = program_name(data["program"])
    kept = _kept(data["state_file"].strip(), name if len(commands) > 1 else "", request)
    return Brief(
        kind=Kind.CLI,
        name=name,
        summary=one_line(data["summary"]),
        request=request,
        commands=commands,
        state_file=kept,
        state_fields=tuple(
            StateField(name=one_line(field["name"]).lower(), type=ArgumentType(field["type"]))
            for field in (data["record_fields"] if kept else [])
        ),
        statements=split_statements(request),
    )


def _kept(proposed: str, program: str, request: str) -> str | None:
    """The file in the current folder in which the records are kept; one called like the program where the request wants them kept
    and names none. Without a program there is none: what a single command writes to a file is its result."""
    file = proposed.replace("\\", "/").rpartition("/")[2]
    if file and proposed in request:
        return state_file_name(file)
    return f"{program}.json" if program and wants_memory(request) else None


def _is_copied(name: str, said: str) -> bool:
    """Whether a name stands in the worked example of the prompt, and nobody says it."""
    return name in WORKED_NAMES and not tells(said, name.lstrip("-"))


def _command(data: dict[str, Any], said: str) -> CommandBrief:
    arguments = [Argument(name=argument_name(item["name"]), type=item["type"]) for item in data["arguments"]]
    options = [
        Argument(name=name, type=item["type"])
        for item in data["options"]
        if (name := option_name(_option(item["name"]))) and not _is_copied(name, said)
    ]
    return CommandBrief(
        name=command_name(_FORM.sub("", data["name"])),
        purpose=one_line(data["purpose"]),
        arguments=_unique([*arguments, *options], parameter_name),
        reads_stdin=data["reads_stdin"],
    )


def _option(text: str) -> str:
    """`--lines` of '-n, --lines N': the longest of the names that stand there."""
    return max(_WRITTEN.findall(text), key=len, default=text)


def _unique(items: Iterable[T], key: Callable[[T], str]) -> tuple[T, ...]:
    """The first of all items whose Python names are equal."""
    found: dict[str, T] = {}
    for item in items:
        found.setdefault(key(item), item)
    return tuple(found.values())


def _library_brief(data: dict[str, Any], request: str) -> Brief:
    functions = _unique(map(_function, data["functions"]), lambda function: function.name)
    if not functions:
        raise ValueError("a library has functions")
    return Brief(
        kind=Kind.LIBRARY,
        name=program_name(data["package"]),
        summary=one_line(data["summary"]),
        request=request,
        functions=functions,
        statements=split_statements(request),
    )


def _function(data: dict[str, Any]) -> FunctionBrief:
    name, returns = data["name"].strip(), data["returns"].strip()
    parameters = ", ".join(f"{item['name'].strip()}: {item['type'].strip()}" for item in data["parameters"])
    signature(name, parameters, returns)
    return FunctionBrief(name=name, parameters=parameters, returns=returns, purpose=one_line(data["purpose"]))


def one_line(text: str) -> str:
    """Text that a model wrote, on one line and without control characters, safe in a docstring or a table."""
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    line = re.sub(r"\s+", " ", line).replace('"""', "'''").replace("\\", "/").strip()[:_LONGEST_LINE].rstrip()
    return f"{line[:-1]}'" if line.endswith('"') else line  # a docstring may end in it
