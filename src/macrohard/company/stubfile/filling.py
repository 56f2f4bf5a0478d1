"""Filling a stub file in: the text stays as the user wrote it, only empty bodies are replaced."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Mapping

from macrohard.company.frames.merging import defined_name


def fill(text: str, sources: Mapping[str, str]) -> str:
    """The file with the bodies of these functions (name -> source with imports and helpers) put in.

    Imports that the file lacks come after its own, helpers stand before the function that uses them.
    """
    tree = ast.parse(text)
    lines = text.split("\n")
    present = {ast.unparse(node) for node in tree.body}
    taken = {name for node in tree.body if (name := defined_name(node))}
    imports: list[str] = []
    for node in reversed(tree.body):
        if isinstance(node, ast.FunctionDef) and node.name in sources:
            parts = ast.parse(sources[node.name]).body
            new = [ast.unparse(part) for part in parts if isinstance(part, ast.Import | ast.ImportFrom)]
            imports += [line for line in new if line not in present and line not in imports]
            helpers = [part for part in parts if (name := defined_name(part)) and name not in taken]
            taken |= {name for part in helpers if (name := defined_name(part))}
            _replace(lines, node, next(part for part in parts if defined_name(part) == node.name), helpers)
    at = _after_imports(tree)
    return "\n".join([*lines[:at], *sorted(imports), *lines[at:]])


def _replace(lines: list[str], node: ast.FunctionDef, filled: ast.stmt, helpers: list[ast.stmt]) -> None:
    """Put the body of `filled` after the docstring of `node`, and the helpers above it."""
    assert isinstance(filled, ast.FunctionDef)  # chosen by its name among the definitions of a candidate
    body = filled.body[1:] if ast.get_docstring(filled, clean=False) is not None else filled.body
    code = textwrap.indent("\n".join(ast.unparse(statement) for statement in body), "    ").split("\n")
    documented = node.body[0]
    lines[documented.end_lineno : node.end_lineno] = code
    above = min([node.lineno, *(item.lineno for item in node.decorator_list)]) - 1
    lines[above:above] = [line for part in helpers for line in [*ast.unparse(part).split("\n"), "", ""]]


def _after_imports(tree: ast.Module) -> int:
    """The line after the last import, or after the docstring of the file, or the first."""
    heads: list[ast.stmt] = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    if not heads and tree.body and ast.get_docstring(tree, clean=False) is not None:
        heads = tree.body[:1]
    return (heads[-1].end_lineno or 0) if heads else 0
