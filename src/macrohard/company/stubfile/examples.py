"""Examples in the docstring of a function, in the forms in which people write them."""

from __future__ import annotations

import ast
from itertools import chain

from macrohard.truth.examples import CallExample, Signature, find_calls, find_pairs, find_sessions
from macrohard.truth.syntax import parse


def docstring_examples(node: ast.FunctionDef) -> tuple[CallExample, ...]:
    """Lines of a Python session, calls in running text, inputs with their outputs; those of this function, each call once.

    Where two forms tell of the same call, the first counts.
    """
    docstring = ast.get_docstring(node) or ""
    prose = "\n".join(line for line in docstring.split("\n") if not line.lstrip().startswith(">>>"))
    found: dict[str, CallExample] = {}
    for example in chain(find_sessions(docstring), find_calls(prose), find_pairs(prose, _signature(node))):
        if example.function == node.name:
            found.setdefault(ast.dump(parse(example.expression)), example)
    return tuple(found.values())


def _signature(node: ast.FunctionDef) -> Signature:
    names = [argument.arg for argument in [*node.args.posonlyargs, *node.args.args]]
    return Signature(node.name, names, len(names) - len(node.args.defaults))
