"""Putting functions from different candidates into one module."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Sequence


def merge(sources: Sequence[str]) -> str:
    """One module from several: imports first and once, then every definition once.

    A helper that two sources define differently is renamed in the later one, so that none changes the other.
    """
    imports: list[str] = []
    bodies: list[str] = []
    taken: dict[str, str] = {}
    for source in sources:
        source = _without_clashes(source, taken)
        for node in ast.parse(source).body:
            text = ast.get_source_segment(source, node) or ""
            if isinstance(node, ast.Import | ast.ImportFrom):
                imports += [line for line in [ast.unparse(node)] if line not in imports]
                continue
            name = defined_name(node)
            if name is not None and taken.get(name) == text:
                continue
            if name is not None:
                taken[name] = text
            bodies.append(_with_decorators(source, node, text))
    future = [line for line in imports if line.startswith("from __future__")]
    plain = sorted(line for line in imports if line not in future)
    return "\n\n\n".join(part for part in ["\n".join(plain), *bodies] if part) + "\n"


def defined_name(node: ast.stmt) -> str | None:
    """The one name that a top-level statement defines; None when it defines none or several."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return node.name
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    return None


def _with_decorators(source: str, node: ast.stmt, text: str) -> str:
    """`get_source_segment` leaves decorators out."""
    decorators = getattr(node, "decorator_list", [])
    lines = [f"@{ast.get_source_segment(source, item)}" for item in decorators]
    return "\n".join([*lines, text])


def _without_clashes(source: str, taken: dict[str, str]) -> str:
    for node in ast.parse(source).body:
        name = defined_name(node)
        if name is None or name not in taken or taken[name] == (ast.get_source_segment(source, node) or ""):
            continue
        number = 2
        while f"{name}_{number}" in taken or hasattr(builtins, f"{name}_{number}"):
            number += 1
        source = re.sub(rf"(?<![\w.'\"]){re.escape(name)}(?![\w'\"])", f"{name}_{number}", source)
    return source
