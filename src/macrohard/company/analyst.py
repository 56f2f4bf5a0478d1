"""The analyst: turns a request into a brief. The model proposes several; the examples decide which one fits."""

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
from macrohard.company.fitting import fit, misfits
from macrohard.company.naming import (
    argument_name,
    command_name,
    option_name,
    program_name,
    signature,
    state_file_name,
)
from macrohard.company.order import Kind
from macrohard.company.prompts import analyst as prompts
from macrohard.company.request.keeping import wants_memory
from macrohard.company.request.sentences import split_statements
from macrohard.company.request.statuses import error_status
from macrohard.errors import UserError
from macrohard.models import Message, Model, Question, Sampling
from macrohard.truth.examples import CallExample, CommandExample, Example, parse_given

T = TypeVar("T")
_WRITTEN = re.compile(r"(?<![\w-])--?[A-Za-z][\w-]*")
_FORM = re.compile(r"(?<=\w)(?:\s+(?:[A-Z][A-Z0-9_-]*|<[^<>]*>|\[[^\[\]]*\]))+\s*\Z")
"""What is given to a command: a reply may write it behind its name."""
_ON_A_COMMAND_LINE = re.compile(
    r"\bcommand[- ]line\b|\bCLI\b|\bstandard\s+(?:input|output|error)\b|\bstdin\b|\bexit(?:s)?\s+(?:with\s+)?(?:status|code)|(?<!\w)--[a-z]",
    re.IGNORECASE,
)
_ORDERED = re.compile(r"\b(?:library|package|module|function)s?\b", re.IGNORECASE)
_NOT_ORDERED = re.compile(
    r"\b(?:standard\s+library|(?:no|any|other|external|third[- ]party|additional)\s+(?:\w+\s+)?(?:librar(?:y|ies)|packages?|modules?))\b",
    re.IGNORECASE,
)
_LONGEST_LINE = 300
_ROUNDS = (Sampling(count=1, temperature=0.0, max_tokens=1200), Sampling(count=4, temperature=0.7, max_tokens=1200))
"""One greedy brief; only when the examples do not fit it, four more."""


def write_brief(
    request: str, kind: Kind | None, examples: Sequence[Example], given: Sequence[str], model: Model, seed: int
) -> Brief:
    """The proposed brief that breaks the fewest examples, mended where the examples show how.

    `examples` were found in the request, `given` are those of `--example`, which do not name the program. Raises UserError when the model proposes nothing that can be read as a brief.
    """
    kind = kind or guess_kind(request, [*examples, *_parsed(given, "program")])
    status = error_status(request, given)
    best: Brief | None = None
    fewest = 0
    for sampling in _ROUNDS:
        for text in _propose(request, kind, model, sampling, seed):
            brief = read_brief(text, kind, request)
            if brief is None:
                continue
            named = fit(brief.model_copy(update={"error_status": status}), examples)
            shown = [*examples, *_parsed(given, named.name)]
            brief = fit(named, shown)
            if best is None or misfits(brief, shown) < fewest:
                best, fewest = brief, misfits(brief, shown)
        if best is not None and not fewest:
            return best
    if best is None:
        raise UserError("No brief came of this request: say in one or two plain sentences what the program does.")
    return best


def _parsed(given: Sequence[str], program: str) -> list[Example]:
    return [parse_given(text, program) for text in given]


def guess_kind(request: str, examples: Sequence[Example]) -> Kind:
    """A library when its examples are calls, or when the request says library or package and shows no command.

    A request that speaks of the command line may still tell a rule as a call, 'where F(0) = 0', and any may say what is to be used:
    'the standard library', 'no packages'.
    """
    if any(isinstance(example, CommandExample) for example in examples):
        return Kind.CLI
    ordered = _ORDERED.search(_NOT_ORDERED.sub("", request)) is not None
    calls = any(isinstance(example, CallExample) for example in examples)
    if _ON_A_COMMAND_LINE.search(request):
        return Kind.LIBRARY if ordered and calls else Kind.CLI
    return Kind.LIBRARY if ordered or calls else Kind.CLI


def _propose(request: str, kind: Kind, model: Model, sampling: Sampling, seed: int) -> list[str]:
    messages = tuple(Message(role, text) for role, text in prompts.messages(kind, request))
    sampling = Sampling(sampling.count, sampling.temperature, 0.95, sampling.max_tokens, seed)
    question = Question(messages, sampling, prompts.SCHEMAS[kind], purpose="analyst: brief")
    (answer,) = model.answer([question])
    return [reply.text for reply in answer.replies]


def read_brief(text: str, kind: Kind, request: str) -> Brief | None:
    """The brief in a reply; None when it cannot be read."""
    try:
        data = json.loads(text)
        return _command_brief(data, request) if kind is Kind.CLI else _library_brief(data, request)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _command_brief(data: dict[str, Any], request: str) -> Brief:
    commands = _unique(map(_command, data["commands"]), function_name)
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


def _command(data: dict[str, Any]) -> CommandBrief:
    arguments = [Argument(name=argument_name(item["name"]), type=item["type"]) for item in data["arguments"]]
    options = [
        Argument(name=name, type=item["type"])
        for item in data["options"]
        if (name := option_name(_option(item["name"])))
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
