"""Imports of a reply: those that it uses, by name, and those of the standard library that it forgot."""

from __future__ import annotations

import ast
import builtins
import importlib
import re
import symtable
import sys
from collections.abc import Iterator, Sequence
from functools import cache

from macrohard.company.engineers.stubs import Stub
from macrohard.company.frames.merging import meanings, single
from macrohard.company.frames.renaming import bound_by
from macrohard.truth.syntax import Unreadable, names_in, parse, unparse

_MODULES = (
    "typing", "collections", "functools", "itertools", "math", "heapq", "bisect", "datetime", "decimal", "fractions", "operator",
    "string", "statistics", "re", "json", "csv", "random", "copy", "io", "textwrap", "calendar", "time", "cmath",
)  # fmt: skip
"""What programs of this size use. Of two that offer a name the first is meant."""
_ONLY_WHOLE = frozenset(
    {"re", "json", "csv", "random", "copy", "io", "textwrap", "calendar", "time", "cmath", "operator", "string"}
)
"""Names of these are too common to tell where they come from: `search`, `copy`, `time`."""
_DATES = frozenset({"datetime", "date", "time", "timedelta", "timezone"})


def settle_imports(lines: Sequence[ast.stmt], kept: Sequence[ast.stmt], stub: Stub) -> list[ast.stmt]:
    """The imports that the kept statements need, one name each. Raises Unreadable for what is not in the standard library.

    A name that a star brings in is imported by itself, and one that is bound nowhere is looked up. An import of the function's own
    name gets another one, in the function too.
    """
    used = set[str]().union(*map(names_in, kept))
    found = [item for node in lines for item in _by_name(node, used) if bound_by(item.names[0]) in used]
    given = meanings(parse(stub.imports)).keys()
    for item in found:
        _require_known(item, stub)
        if bound_by(item.names[0]) == stub.name:
            _set_apart(item, kept, stub.name)
    named = {bound_by(item.names[0]) for item in found} | given
    missing = sorted(_unbound(kept) - named)
    return [*found, *(line for name in missing if not _stands_in(name, stub) for line in _looked_up(name, kept))]


def hoist_stars(tree: ast.Module) -> None:
    """`from math import *` inside a function, which Python refuses, is moved to the top."""
    stars: list[ast.stmt] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            found = [item for item in node.body if isinstance(item, ast.ImportFrom) and item.names[0].name == "*"]
            stars += found
            node.body = [item for item in node.body if item not in found] or [ast.Pass()]
    tree.body = [*stars, *tree.body]


def _by_name(node: ast.stmt, used: set[str]) -> Iterator[ast.Import | ast.ImportFrom]:
    """One import statement for each name; of a star for each name that is used."""
    if isinstance(node, ast.Import):
        yield from (single(node, alias) for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module != "__future__" and not node.level:
        for alias in node.names:
            names = sorted(used & _exports(str(node.module))) if alias.name == "*" else ()
            yield from (single(node, ast.alias(name)) for name in names)
            if alias.name != "*":
                yield single(node, alias)


@cache
def _exports(module: str) -> frozenset[str]:
    """What a star brings in; of no other modules than those above, since importing runs them."""
    if module not in _MODULES:
        return frozenset()
    loaded = importlib.import_module(module)
    return frozenset(getattr(loaded, "__all__", [name for name in dir(loaded) if not name.startswith("_")]))


def _require_known(item: ast.Import | ast.ImportFrom, stub: Stub) -> None:
    module = item.names[0].name if isinstance(item, ast.Import) else str(item.module)
    root = module.partition(".")[0]
    if root not in sys.stdlib_module_names and not re.search(rf"\b{re.escape(root)}\b", stub.imports):
        raise Unreadable(f"{root} is not there where programs run")


def _set_apart(item: ast.Import | ast.ImportFrom, kept: Sequence[ast.stmt], name: str) -> None:
    """`from statistics import mean` above `def mean`: what the body calls is what was imported."""
    item.names[0].asname = other = f"{name}_2"
    for node in (inner for statement in kept for inner in ast.walk(statement)):
        if isinstance(node, ast.Name) and node.id == name:
            node.id = other


def _unbound(kept: Sequence[ast.stmt]) -> set[str]:
    """The names that nothing in the statements binds. Raises Unreadable for what Python cannot run."""
    text = "\n".join(map(unparse, kept))
    try:
        top = symtable.symtable(text, "reply", "exec")
    except (SyntaxError, ValueError, RecursionError) as error:
        raise Unreadable(str(error)) from error
    bound = {
        item.get_name() for item in top.get_symbols() if item.is_assigned() or item.is_namespace() or item.is_imported()
    }
    return set(_taken(top)) - bound - set(dir(builtins))


def _taken(table: symtable.SymbolTable) -> Iterator[str]:
    """What a scope and those in it take from the top of the module."""
    top = table.get_type() == "module"
    yield from (item.get_name() for item in table.get_symbols() if item.is_referenced() and (top or item.is_global()))
    for child in table.get_children():
        yield from _taken(child)


def _stands_in(name: str, stub: Stub) -> bool:
    """Whether the file of the user has the name already."""
    return (
        re.search(rf"(?m)\b(?:def|class|as|import)\s+{re.escape(name)}\b|^{re.escape(name)}\b", stub.context)
        is not None
    )


def _looked_up(name: str, kept: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The import that a reply forgot; none where nobody can say which."""
    members = {
        node.attr
        for statement in kept
        for node in ast.walk(statement)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
    }
    if name in _MODULES and members and (name != "datetime" or members & _DATES):
        yield ast.Import([ast.alias(name)])
        return
    module = next((item for item in _MODULES if item not in _ONLY_WHOLE and name in _exports(item)), None)
    if module:
        yield ast.ImportFrom(module, [ast.alias(name)], 0)
