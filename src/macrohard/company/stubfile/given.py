"""Examples that the user gave beside a stub file."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from macrohard.company.engineers.stubs import Stub
from macrohard.company.stubfile.reading import StubFile
from macrohard.errors import UserError
from macrohard.truth.examples import CallExample, find_calls
from macrohard.truth.syntax import parse


def with_examples(file: StubFile, texts: Iterable[str], name: str) -> StubFile:
    """The stub file with these examples, 'f(2) => 5', as if they stood in its docstrings; its text stays as it is.

    Raises UserError for one that is no call with its result, or calls a function that the file does not have.
    """
    found = [_read(text) for text in texts]
    functions = {node.name for node in parse(file.text).body if isinstance(node, ast.FunctionDef)}
    for example in found:
        if example.function not in functions:
            raise UserError(f"{name} has no function {example.function}, which {example.quotation!r} calls.")
    stubs = tuple(_shown(stub, [item for item in found if item.function == stub.name]) for stub in file.stubs)
    return file.model_copy(update={"stubs": stubs, "examples": (*file.examples, *found)})


def _read(text: str) -> CallExample:
    call, _, result = text.partition("=>")
    for said in (f"{call.strip()} => {result.strip()}", f"{call.strip()} {result.strip()}"):  # a result, or 'raises …'
        for example in find_calls(said):
            if example.expression == call.strip() and example.quotation == said:
                return example.model_copy(update={"quotation": text})
    raise UserError(f"The example {text!r} is no call with its result: write it as 'f(2) => 5'.")


def _shown(stub: Stub, examples: Sequence[CallExample]) -> Stub:
    """Engineers and tester read them where the other examples stand."""
    told = [
        f"{item.expression} raises {item.raises}" if item.raises else f">>> {item.expression}\n{item.result}"
        for item in examples
    ]
    return stub.model_copy(update={"docstring": "\n\n".join([stub.docstring, "\n".join(told)])}) if told else stub
