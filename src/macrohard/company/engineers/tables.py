"""Tables: what stands at the top of a module beside its functions, such as constants and the loop that turns a table around."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

from macrohard.company.frames.renaming import Definition, rename
from macrohard.truth.syntax import names_in

_CHANGES = frozenset({"add", "append", "extend", "insert", "reverse", "setdefault", "sort", "update"})
"""Methods that build a table up."""
_NEVER = frozenset({"breakpoint", "exec", "eval", "exit", "input", "open", "print", "quit"})
"""What talks to the outside has no place beside a function."""


def parted(node: ast.stmt) -> list[ast.stmt]:
    """`LOW, HIGH = 1, 9` and `A = B = 1` as one assignment for each name; anything else as it is."""
    if not isinstance(node, ast.Assign):
        return [node]
    first, *more = node.targets
    if more and all(isinstance(item, ast.Name) for item in node.targets):
        assert isinstance(first, ast.Name)  # as all are
        return [_assigned(first, node.value), *(_assigned(item, ast.Name(first.id, ast.Load())) for item in more)]
    if isinstance(first, ast.Tuple | ast.List) and isinstance(node.value, ast.Tuple | ast.List) and not more:
        names = names_in(node.value)
        alike = len(first.elts) == len(node.value.elts) and all(isinstance(item, ast.Name) for item in first.elts)
        if alike and not names & {item.id for item in first.elts if isinstance(item, ast.Name)}:
            return [_assigned(item, value) for item, value in zip(first.elts, node.value.elts, strict=True)]
    return [node]


def _assigned(target: ast.expr, value: ast.expr) -> ast.stmt:
    return ast.fix_missing_locations(ast.Assign([target], value))


def writes(node: ast.stmt) -> set[str]:
    """The names that a statement defines, or whose tables it changes; none for one that does anything else."""
    if isinstance(node, Definition):
        return {node.name}
    names = names_in(node)
    return set() if names & _NEVER or "__name__" in names else set(_written(node))


def _written(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            yield from _roots(target)
    elif isinstance(node, ast.For | ast.If):
        yield from (name for part in (*node.body, *node.orelse) for name in _written(part))
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        called = node.value.func
        yield from _roots(called.value) if isinstance(called, ast.Attribute) and called.attr in _CHANGES else ()


def _roots(target: ast.expr) -> Iterator[str]:
    """`TABLE` of `TABLE[key].part`, and each name of a tuple."""
    while isinstance(target, ast.Subscript | ast.Attribute | ast.Starred):
        target = target.value
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, ast.Tuple | ast.List):
        yield from (name for item in target.elts for name in _roots(item))


def settle(statements: Sequence[ast.stmt], needed: Collection[str]) -> None:
    """Give the variables of loops names of their own, so that none hides a function of the program that they come into."""
    known = set[str]().union(*map(names_in, statements))
    for node in statements:
        if isinstance(node, ast.For):
            loops = [item for item in ast.walk(node) if isinstance(item, ast.For)]
            names = {name for loop in loops for name in _roots(loop.target)}
            for name in sorted(names - _defined(statements)):
                if f"_{name}" not in known:
                    rename(node, name, f"_{name}")


def _defined(statements: Sequence[ast.stmt]) -> set[str]:
    """What stands there besides its loops."""
    return {name for node in statements if not isinstance(node, ast.For) for name in writes(node)}
