"""What the docstring of a command's function promises, and whether a function keeps to it."""

from __future__ import annotations

import ast
from functools import lru_cache

from macrohard.truth.syntax import Unreadable, parse

__all__ = ["ENDED", "RAISES", "RETURNS", "STORED", "broken_promises"]

RETURNS = "Returns the text to print; it never prints, and it never exits."
STORED = "It is changed in place: loaded before this call and saved after it. It starts empty."
RAISES = "Raises ValueError with a short message where the text above speaks of an error or of an exit status."
ENDED = "; each line of it ends with a newline."
"""Asked for of a text from standard input, whose last line may have no end."""
_BREAKING = {
    RETURNS: frozenset({"print", "exit", "quit", "sys.exit", "os._exit", "sys.stdout.write"}),
    STORED: frozenset({"open", "io.open", "os.open"}),
}
"""Promise -> calls that break it: what opens a file keeps records of its own beside those that it is given."""


@lru_cache(maxsize=4096)
def broken_promises(source: str) -> tuple[str, ...]:
    """Which of the promises in the docstring of a function it does not keep, as far as its text tells."""
    made = [promise for promise in _BREAKING if promise in source]
    try:
        tree = parse(source) if made else ast.Module([], [])
    except Unreadable:
        return ()
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return tuple(promise for promise in made if called & _BREAKING[promise])
