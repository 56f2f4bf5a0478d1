"""Parameters: a reply often names them otherwise than its stub, whose signature is the one that people call."""

from __future__ import annotations

import ast
import copy
from collections.abc import Collection, Iterator


def take_over(target: ast.FunctionDef, wanted: ast.FunctionDef, known: Collection[str]) -> ast.FunctionDef | None:
    """Give the function the parameters and annotations of its stub, where it can be called with as many.

    Names in another order are left to what they name. Other names are renamed in its body; where that could change what the body
    means, the function is returned under a new name, none of the `known` ones, and the target calls it.
    Left as it is where it takes more or fewer.
    """
    own, names, inner = _names(target.args), _names(wanted.args), None
    if not _is_plain(wanted.args) and (own != names or ast.dump(_bare(target.args)) != ast.dump(_bare(wanted.args))):
        return None
    if not _can_be_given(target.args, len(names)) and not (set(own) < set(names) and _is_plain(target.args)):
        return None
    if not (_is_plain(target.args) and set(own) <= set(names)):
        renamed = {old: new for old, new in zip(own, names, strict=False) if old != new}
        if _is_plain(target.args) and len(own) == len(names) and _can_be_renamed(target, renamed):
            _rename(target, renamed)
        else:
            inner = _set_apart(target, names, known)
    target.args, target.returns = wanted.args, wanted.returns
    return inner


def _can_be_given(arguments: ast.arguments, count: int) -> bool:
    """Whether it can be called with so many values by their places, and nothing else."""
    places = len(arguments.posonlyargs) + len(arguments.args)
    told = all(value is not None for value in arguments.kw_defaults)
    return told and places - len(arguments.defaults) <= count and (count <= places or arguments.vararg is not None)


def _bare(arguments: ast.arguments) -> ast.arguments:
    """The arguments without their annotations and defaults."""
    found = copy.deepcopy(arguments)
    for item in ast.walk(found):
        if isinstance(item, ast.arg):
            item.annotation = None
    found.defaults, found.kw_defaults = [], [None for _ in found.kw_defaults]
    return found


def _names(arguments: ast.arguments) -> list[str]:
    return [item.arg for item in (*arguments.posonlyargs, *arguments.args)]


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


def _set_apart(target: ast.FunctionDef, names: list[str], known: Collection[str]) -> ast.FunctionDef:
    """The function as it is under another name, by which it still finds itself; the target calls it."""
    inner = copy.deepcopy(target)
    inner.name = next(name for number in range(2, len(known) + 3) if (name := f"{target.name}_{number}") not in known)
    for node in ast.walk(inner):
        if isinstance(node, ast.Name) and node.id == target.name:
            node.id = inner.name
    given: list[ast.expr] = [ast.Name(name, ast.Load()) for name in names]
    target.body = [ast.Return(ast.Call(ast.Name(inner.name, ast.Load()), given, []))]
    target.decorator_list = []
    ast.fix_missing_locations(target)
    return inner
