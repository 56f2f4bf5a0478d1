"""Parameters: a reply often names them otherwise than its stub, whose signature is the one that people call."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator


def take_over(target: ast.FunctionDef, wanted: ast.FunctionDef) -> None:
    """Give the function the parameters and annotations of its stub, where it can be called with as many.

    Other names are renamed in its body; where that could change what the body means, the function goes into the one that is called.
    Left as it is where it takes more or fewer.
    """
    own, names = _names(target.args), _names(wanted.args)
    if own != names:
        if not (_is_plain(target.args) and _is_plain(wanted.args)):
            return
        renamed = {old: new for old, new in zip(own, names, strict=False) if old != new}
        if len(own) == len(names) and _can_be_renamed(target, renamed):
            _rename(target, renamed)
        elif len(own) - len(target.args.defaults) <= len(names) <= len(own):
            _wrap(target, names)
        else:
            return
    target.args, target.returns = wanted.args, wanted.returns


def _names(arguments: ast.arguments) -> list[str]:
    return [item.arg for item in arguments.args]


def _is_plain(arguments: ast.arguments) -> bool:
    """Whether there are none but those that can be given by their places or by their names."""
    return not (arguments.vararg or arguments.kwonlyargs or arguments.kwarg or arguments.posonlyargs)


def _can_be_renamed(target: ast.FunctionDef, renamed: dict[str, str]) -> bool:
    """Whether each name means the same thing throughout the body, and no new one means anything yet.

    What is assigned in a class is called by its name from outside, where it is no `Name`.
    """
    nodes = _inside(target)
    if any(isinstance(node, ast.ClassDef) for node in nodes):
        return False
    found = {name for node in nodes for name in _bound(node)}
    used = {node.id for node in nodes if isinstance(node, ast.Name)}
    return not found & set(renamed) and not (found | used) & set(renamed.values())


def _inside(target: ast.FunctionDef) -> list[ast.AST]:
    return [node for statement in target.body for node in ast.walk(statement)]


def _bound(node: ast.AST) -> Iterator[str]:
    """Names that a node has otherwise than as a `Name`, such as the parameters of a function inside, or a keyword of a call."""
    if isinstance(node, ast.arg | ast.keyword):
        yield node.arg or ""
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield node.name
    elif isinstance(node, ast.Global | ast.Nonlocal):
        yield from node.names
    elif isinstance(node, ast.alias):
        yield (node.asname or node.name).partition(".")[0]
    elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar):
        yield node.name or ""
    elif isinstance(node, ast.MatchMapping):
        yield node.rest or ""


def _rename(target: ast.FunctionDef, renamed: dict[str, str]) -> None:
    for node in _inside(target):
        if isinstance(node, ast.Name):
            node.id = renamed.get(node.id, node.id)


def _wrap(target: ast.FunctionDef, names: list[str]) -> None:
    """The function as it is inside one of the same name, so that it still finds itself."""
    inner = copy.deepcopy(target)
    given: list[ast.expr] = [ast.Name(name, ast.Load()) for name in names]
    target.body = [inner, ast.Return(ast.Call(ast.Name(target.name, ast.Load()), given, []))]
    target.decorator_list = []
    ast.fix_missing_locations(target)
