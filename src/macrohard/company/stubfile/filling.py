"""Filling a stub file in: the text stays as the user wrote it, only empty bodies are replaced."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from macrohard.company.frames.merging import defined_name, meanings, separated
from macrohard.truth.syntax import parse


def fill(text: str, sources: Mapping[str, str]) -> str:
    """The file with the bodies of these functions (name -> source with imports and helpers) put in.

    Imports that the file lacks come after its own, helpers stand before the function that uses them. The text of
    a body is taken from its source as it stands there.
    """
    tree = parse(text)
    lines = text.split("\n")
    taken, present = meanings(tree), set(_import_lines(tree))
    imports: list[str] = []
    found: list[tuple[ast.FunctionDef, str, list[ast.stmt]]] = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name in sources:
            body, new, helpers = _parts(sources[node.name], taken, node.name)
            imports += [line for line in new if line not in present and line not in imports]
            found.append((node, body, helpers))
    for node, body, helpers in reversed(found):  # from the end, so that the numbers of the lines above still count
        _replace(lines, node, body, helpers)
    at = _after_imports(tree)
    return "\n".join([*lines[:at], *sorted(imports), *lines[at:]])


def _parts(source: str, taken: dict[str, str], name: str) -> tuple[str, list[str], list[ast.stmt]]:
    """The source, its import lines and its helpers, renamed where their names are taken."""
    tree = parse(source)
    before = ast.dump(tree)
    imports, definitions = separated(tree, taken, name)
    text = source if ast.dump(tree) == before else ast.unparse(tree)
    return text, imports, [part for part in definitions if defined_name(part) != name]


def _import_lines(tree: ast.Module) -> list[str]:
    only = ast.Module([node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)], [])
    return separated(only, {}, "")[0]


def _body(source: str, name: str, indent: str) -> list[str]:
    """The lines of a function's body without its docstring; what continues a string keeps its place."""
    node = next(part for part in ast.parse(source).body if defined_name(part) == name)
    assert isinstance(node, ast.FunctionDef)  # chosen by its name among the definitions of a candidate
    statements = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    if not statements:
        return [indent + "pass"]
    lines = source.split("\n")[statements[0].lineno - 1 : node.end_lineno]
    margin = " " * statements[0].col_offset
    return [indent + line.removeprefix(margin) if line.startswith(margin) else line for line in lines]


def _replace(lines: list[str], node: ast.FunctionDef, source: str, helpers: list[ast.stmt]) -> None:
    """Put the body of the source after the docstring of `node`, indented like it, and the helpers above."""
    documented = node.body[0]
    first, last = documented.lineno - 1, (documented.end_lineno or 1) - 1
    lead = _cut(lines[first], documented.col_offset)[0]
    rest = _cut(lines[last], documented.end_col_offset or 0)[1]
    indent = lead if not lead.strip() else lines[node.lineno - 1][: node.col_offset] + "    "
    kept = [*lines[first:last], lines[last].removesuffix(rest) + ("" if rest.lstrip().startswith(";") else rest)]
    if lead.strip():  # the docstring stands in the line of the signature
        kept = [lead.rstrip(), indent + kept[0][len(lead) :], *kept[1:]]
    lines[first : node.end_lineno] = [*kept, *_body(source, node.name, indent)]
    above = min([node.lineno, *(item.lineno for item in node.decorator_list)]) - 1
    lines[above:above] = [line for part in helpers for line in [*ast.unparse(part).split("\n"), "", ""]]


def _cut(line: str, offset: int) -> tuple[str, str]:
    """Python counts columns in bytes of UTF-8."""
    data = line.encode()
    return data[:offset].decode(), data[offset:].decode()


def _after_imports(tree: ast.Module) -> int:
    """The line after the docstring and the imports at the head of the file."""
    last = 0
    for index, node in enumerate(tree.body):
        documentation = index == 0 and ast.get_docstring(tree, clean=False) is not None
        if not documentation and not isinstance(node, ast.Import | ast.ImportFrom):
            break
        last = node.end_lineno or 0
    return last
