"""Extracting: the function of a reply, with the imports, helpers and tables that it needs, under the signature of its stub."""

from __future__ import annotations

import ast
import re
import textwrap

from macrohard.company.engineers.imports import hoist_stars, settle_imports
from macrohard.company.engineers.parameters import take_over
from macrohard.company.engineers.spelling import find_target
from macrohard.company.engineers.stubs import Stub
from macrohard.company.engineers.tables import parted, settle, writes
from macrohard.truth.syntax import Unreadable, names_in, parse, require_runnable, unparse

_FENCE = re.compile(r"```(?:python|py)?[^\n`]*\n(.*?)(?:```|\Z)", re.DOTALL | re.IGNORECASE)
_LONGEST_REPLY = 50_000
"""Characters; far more than fit into the tokens that are asked for."""
_TOP = re.compile(r"^(?:def|class|async|@|from|import|for|if|[A-Za-z_]\w*\s*[=([.])", re.MULTILINE)
_MOST_CUT = 3
"""Statements at the end that may be left out because they cannot be read."""


def extract(text: str, stub: Stub) -> str | None:
    """The function of a reply with its imports, helpers and tables; None when there is none that Python can run.

    Other statements that run when the module is imported, and functions that the function does not use, are left out.
    """
    text = text[:_LONGEST_REPLY]
    blocks = [textwrap.dedent(block) for block in _FENCE.findall(text)] or [text]
    for written in dict.fromkeys((blocks[0], "\n".join(blocks))):
        try:
            return _extract(_readable(written), stub)
        except Unreadable:
            continue
    return None


def _readable(text: str) -> ast.Module:
    """The tree of a text, without its last statements where only these cannot be read: replies are cut at their limit."""
    ends = [match.start() for match in _TOP.finditer(text)][1:]
    for end in (len(text), *reversed(ends[-_MOST_CUT:])):
        try:
            return parse(text[:end])
        except Unreadable:
            continue
    raise Unreadable("it cannot be read")


def _extract(tree: ast.Module, stub: Stub) -> str:
    """Raises Unreadable where there is no function, or one that Python cannot run."""
    hoist_stars(tree)
    target = find_target(tree, stub)
    wanted = parse(stub.text).body[-1]
    assert isinstance(wanted, ast.FunctionDef)  # stub.text is ours: a signature and a docstring
    if ast.get_docstring(target) is not None:
        target.body = target.body[1:]
    inner = take_over(target, wanted, names_in(tree).union(*map(writes, tree.body)))
    target.body = [*wanted.body[:1], *target.body]
    statements = [item for node in tree.body for item in ([inner, node] if inner and node is target else parted(node))]
    kept = _needed(target, statements)
    lines = settle_imports([node for node in statements if _is_import(node)], kept, stub)
    source = "\n\n".join(filter(None, [stub.imports, *(unparse(node) for node in (*lines, *kept))]))
    require_runnable(source)  # what cannot be read again is no candidate
    return source


def _needed(target: ast.FunctionDef, statements: list[ast.stmt]) -> list[ast.stmt]:
    """The statements that the function needs, itself included, in their order."""
    others = [node for node in statements if not _is_import(node) and target.name not in writes(node)]
    kept: list[ast.stmt] = [target]
    needed = _globals_of(target)
    while more := [node for node in others if node not in kept and writes(node) & needed]:
        kept += more
        needed = needed.union(*map(_globals_of, more))
    found = [node for node in statements if node in kept]
    settle(found, needed)
    return found


def _globals_of(node: ast.stmt) -> set[str]:
    """The names that a definition takes from outside; a parameter hides a global of its name in the body."""
    if not isinstance(node, ast.FunctionDef):
        return names_in(node)
    hidden = {item.arg for item in ast.walk(node.args) if isinstance(item, ast.arg)}
    body = set().union(*(_globals_of(statement) for statement in node.body))
    around = [node.args, *node.decorator_list, *([node.returns] if node.returns else [])]
    return (body - hidden).union(*map(names_in, around))


def _is_import(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)
