"""Examples in the docstring of a function, in the forms in which people write them."""

from __future__ import annotations

import ast
import doctest
from collections.abc import Iterator
from itertools import chain

from macrohard.truth.examples import CallExample, Signature, find_calls, find_pairs
from macrohard.truth.syntax import parse


def docstring_examples(node: ast.FunctionDef) -> tuple[CallExample, ...]:
    """Lines of a Python session, calls in running text, inputs with their outputs; those of this function, each call once.

    Where two forms tell of the same call, the first counts.
    """
    docstring = ast.get_docstring(node) or ""
    prose = "\n".join(line for line in docstring.split("\n") if not line.lstrip().startswith(">>>"))
    found: dict[str, CallExample] = {}
    for example in chain(_sessions(docstring), find_calls(prose), find_pairs(prose, _signature(node))):
        if example.function == node.name:
            found.setdefault(ast.dump(parse(example.expression)), example)
    return tuple(found.values())


def _sessions(docstring: str) -> Iterator[CallExample]:
    """Lines that begin with `>>>`, with what is shown below them."""
    try:
        sessions = doctest.DocTestParser().get_examples(docstring)
    except ValueError:
        return
    for session in sessions:
        for call in find_calls(f"{session.source.strip()}{_shown(session)}"):
            quotation = f">>> {session.source.strip()}\n{session.want.strip()}"
            yield call.model_copy(update={"quotation": quotation})


def _shown(session: doctest.Example) -> str:
    """What is shown below a line; nothing below one that says itself what it is equal to."""
    if session.exc_msg:
        return f" raises {session.exc_msg.split(':')[0].strip()}"
    return (
        f" == {session.want.strip()}" if session.want.strip() not in {"", "True"} or "==" not in session.source else ""
    )


def _signature(node: ast.FunctionDef) -> Signature:
    names = [argument.arg for argument in [*node.args.posonlyargs, *node.args.args]]
    return Signature(node.name, names, len(names) - len(node.args.defaults))
