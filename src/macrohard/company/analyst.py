"""The analyst: turns a request into a brief. The model proposes several; the examples decide which one fits."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from macrohard.company.brief import (
    Argument,
    ArgumentType,
    Brief,
    CommandBrief,
    FunctionBrief,
    StateField,
    error_status_in,
)
from macrohard.company.examples import CallExample, CommandExample, Example, parse_given
from macrohard.company.fitting import fit, misfits
from macrohard.company.order import Kind
from macrohard.company.prompts import analyst as prompts
from macrohard.company.statements import split_statements
from macrohard.errors import UserError
from macrohard.models import Message, Model, Question, Sampling

_ROUNDS = (Sampling(count=1, temperature=0.0, max_tokens=1200), Sampling(count=4, temperature=0.7, max_tokens=1200))
"""One greedy brief; only when the examples do not fit it, four more."""


def write_brief(
    request: str, kind: Kind | None, examples: Sequence[Example], given: Sequence[str], model: Model, seed: int
) -> Brief:
    """The proposed brief that breaks the fewest examples, mended where the examples show how.

    `examples` were found in the request, `given` are those of `--example`, which do not name the program. Raises UserError when the model proposes nothing that can be read as a brief.
    """
    kind = kind or guess_kind(request, [*examples, *_parsed(given, "program")])
    best: Brief | None = None
    fewest = 0
    for sampling in _ROUNDS:
        for text in _propose(request, kind, model, sampling, seed):
            brief = read_brief(text, kind, request)
            if brief is None:
                continue
            named = fit(brief, examples)
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
    """A library when its examples are calls, or when the request says library or package and shows no command."""
    if any(isinstance(example, CommandExample) for example in examples):
        return Kind.CLI
    if any(isinstance(example, CallExample) for example in examples):
        return Kind.LIBRARY
    return Kind.LIBRARY if re.search(r"\b(library|package|module|function)s?\b", request, re.IGNORECASE) else Kind.CLI


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
    except (ValueError, ValidationError, KeyError, TypeError, AttributeError):
        return None


def _command_brief(data: dict[str, Any], request: str) -> Brief:
    commands = tuple(
        CommandBrief(
            name=command["name"].strip(),
            purpose=one_line(command["purpose"]),
            arguments=tuple(_argument(item) for item in (*command["arguments"], *command["options"])),
            reads_stdin=command["reads_stdin"],
        )
        for command in data["commands"]
    )
    state_file = data["state_file"].strip()
    kept = bool(state_file) and state_file in request
    return Brief(
        kind=Kind.CLI,
        name=program_name(data["program"]),
        summary=one_line(data["summary"]),
        request=request,
        error_status=error_status_in(request),
        commands=commands,
        state_file=state_file if kept else None,
        state_fields=tuple(
            StateField(name=field["name"].strip().lower(), type=ArgumentType(field["type"]))
            for field in (data["record_fields"] if kept else [])
        ),
        statements=split_statements(request),
    )


def _argument(item: dict[str, Any]) -> Argument:
    name = item["name"].strip()
    return Argument(name=name if name.startswith("-") else name.lower(), type=ArgumentType(item["type"]))


def _library_brief(data: dict[str, Any], request: str) -> Brief:
    return Brief(
        kind=Kind.LIBRARY,
        name=program_name(data["package"]),
        summary=one_line(data["summary"]),
        request=request,
        functions=tuple(
            FunctionBrief(
                name=function["name"].strip(),
                parameters=", ".join(f"{item['name']}: {item['type']}" for item in function["parameters"]),
                returns=function["returns"],
                purpose=one_line(function["purpose"]),
            )
            for function in data["functions"]
        ),
        statements=split_statements(request),
    )


def program_name(text: str) -> str:
    """A name that is safe as a folder, a command and, with hyphens turned to underscores, a package."""
    name = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:40].strip("-")
    return name if name and name[0].isalpha() else f"program-{name}".strip("-")


def one_line(text: str) -> str:
    """Text that a model wrote, on one line and without control characters, safe in a docstring or a table."""
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    return re.sub(r"\s+", " ", line).replace('"""', "'''").replace("\\", "/").strip()
