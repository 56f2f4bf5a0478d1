"""What the docstring of a command's function promises, and whether a function keeps to it."""

from __future__ import annotations

import ast
from functools import lru_cache

from macrohard.truth.syntax import Unreadable, parse

__all__ = ["PROMISE", "breaks_promise"]

PROMISE = "Returns the text to print; it never prints, and it never exits."
_BREAKING = {"print", "exit", "quit", "sys.exit", "os._exit", "sys.stdout.write"}


@lru_cache(maxsize=4096)
def breaks_promise(source: str) -> bool:
    """Whether a function prints or exits, though its docstring says that it never does."""
    if PROMISE not in source:
        return False
    try:
        tree = parse(source)
    except Unreadable:
        return False
    return any(isinstance(node, ast.Call) and ast.unparse(node.func) in _BREAKING for node in ast.walk(tree))
