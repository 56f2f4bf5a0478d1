"""Reading Python that somebody else wrote, without ever running it and without a word on the terminal."""

from __future__ import annotations

import ast
import warnings

_UNREADABLE = (SyntaxError, ValueError, TypeError, RecursionError, MemoryError)
"""All that Python's parser raises for text: TypeError for `{[]: 1}`, the last two for what is nested too deep."""

_DEEPEST = 200


class Unreadable(ValueError):
    """Raised for text that is not what it should be, whatever Python itself raises."""


def parse(text: str) -> ast.Module:
    """The tree of a module; raises Unreadable."""
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(text)
    except _UNREADABLE as error:
        raise Unreadable(str(error)) from error
    if _is_deeper(tree, _DEEPEST):
        raise Unreadable("it is nested too deep")
    return tree


def require_runnable(text: str) -> None:
    """Raise Unreadable for what Python reads and cannot compile, such as a `return` outside of a function. Nothing is run."""
    parse(text)
    try:
        with warnings.catch_warnings(action="ignore"):
            compile(text, "reply", "exec", dont_inherit=True)
    except _UNREADABLE as error:
        raise Unreadable(str(error)) from error


def expression(text: str) -> ast.expr:
    """The tree of one expression; raises Unreadable for anything else."""
    body = parse(text).body
    if len(body) != 1 or not isinstance(body[0], ast.Expr):
        raise Unreadable("it is not one expression")
    return body[0].value


def _is_deeper(tree: ast.AST, most: int) -> bool:
    """How deep Python itself can read depends on who calls it; a fixed limit is the same everywhere."""
    level = [tree]
    for _ in range(most):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return False
    return True


def unparse(node: ast.AST) -> str:
    """The text of a tree; raises Unreadable where it is nested too deep to be written."""
    try:
        return ast.unparse(node)
    except _UNREADABLE as error:
        raise Unreadable(str(error)) from error


def literal(source: str | ast.expr) -> object:
    """The value of a literal; raises Unreadable for anything else."""
    try:
        with warnings.catch_warnings(action="ignore"):
            return ast.literal_eval(source)
    except _UNREADABLE as error:
        raise Unreadable(str(error)) from error


def written(value: object) -> str:
    """The literal of a value, sets in one order, so that it is the same in every process; what is no literal as `repr` shows it."""
    if isinstance(value, (set, frozenset)) and value:
        return f"{{{', '.join(sorted(map(written, value)))}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(written, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{written(key)}: {written(item)}' for key, item in value.items())}}}"
    return repr(value)


def is_literal(node: ast.expr) -> bool:
    """Whether it has a value without anything being run."""
    try:
        literal(node)
    except Unreadable:
        return False
    return True


def names_in(node: ast.AST) -> set[str]:
    """The names of variables that a tree reads or binds, wherever they stand in it."""
    return {item.id for item in ast.walk(node) if isinstance(item, ast.Name)}


def is_elided(tree: ast.expr) -> bool:
    """Whether it holds `...`, by which people leave out what follows."""
    return any(isinstance(node, ast.Constant) and node.value is ... for node in ast.walk(tree))


def is_encodable(text: str) -> bool:
    """Whether it can be written to a file: half of a pair of surrogates cannot."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)
