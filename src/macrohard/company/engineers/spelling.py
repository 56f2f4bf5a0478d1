"""Spelling: the function that a reply means, where it writes it otherwise than as `def` with the name that was asked for."""

from __future__ import annotations

import ast

from macrohard.company.engineers.stubs import Stub
from macrohard.company.frames.merging import every_name
from macrohard.company.frames.renaming import Definition, rename
from macrohard.truth.syntax import Unreadable, parse

_SHORTEST = 3
"""Letters of a name that counts as part of another."""


def find_target(tree: ast.Module, stub: Stub) -> ast.FunctionDef:
    """The function of the stub, made one in the tree where it was written as a lambda, under another spelling of its name, or as nothing
    but its body. Raises Unreadable where there is none."""
    for node in reversed(tree.body):
        if isinstance(node, ast.FunctionDef) and node.name == stub.name:
            return node
    return _as_lambda(tree, stub) or _as_body(tree, stub) or _respelled(tree, stub)


def _as_lambda(tree: ast.Module, stub: Stub) -> ast.FunctionDef | None:
    for index, node in enumerate(tree.body):
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Lambda)
            and [stub.name] == [*map(_name, node.targets)]
        ):
            made = _empty(stub)
            made.args, made.body, made.returns = node.value.args, [ast.Return(node.value.body)], None
            tree.body[index] = ast.fix_missing_locations(made)
            return made
    return None


def _as_body(tree: ast.Module, stub: Stub) -> ast.FunctionDef | None:
    """Statements with a `return` among them that stand in no function."""
    if not any(isinstance(node, ast.Return) for node in tree.body) or any(
        isinstance(node, Definition) for node in tree.body
    ):
        return None
    made = _empty(stub)
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    made.body = [node for node in tree.body if node not in imports]
    tree.body = [*imports, made]
    return made


def _respelled(tree: ast.Module, stub: Stub) -> ast.FunctionDef:
    """The one function with a name that is nearly that of the stub: `is_prime` for `isprime`."""
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and _is_alike(node.name, stub.name)]
    if len(found) != 1 or stub.name in every_name(tree):
        raise Unreadable(f"it holds no function {stub.name}")
    rename(tree, found[0].name, stub.name)
    return found[0]


def _is_alike(one: str, other: str) -> bool:
    short, long = sorted((name.replace("_", "").lower() for name in (one, other)), key=len)
    return len(short) >= _SHORTEST and short in long


def _empty(stub: Stub) -> ast.FunctionDef:
    """The signature and nothing else, under which the body comes."""
    made = parse(f"{stub.signature} pass").body[0]
    assert isinstance(made, ast.FunctionDef)  # a signature is ours, or that of a file that was read
    return made


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""
