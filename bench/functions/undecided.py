"""Tasks that nobody could get right from their text: the hidden tests want words of which the task says nothing.

Such a task measures whether the author's wording is guessed, not whether the function is right. The rule looks at the task
alone: not at what a model makes of it, and not at whether that passes.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

_WORD = re.compile(r"[^\W\d_]{2,}")


def wants_untold_words(stub: str, asserts: Sequence[str]) -> bool:
    """Whether an assert expects a word that stands neither in the stub nor can be spelled with letters of its input.

    An assert that does not compare tells nothing.
    """
    told = set(_words(stub))
    return any(
        word not in told and not set(word) <= set(given)
        for given, expected in map(_sides, asserts)
        for word in _words(expected)
    )


def _sides(text: str) -> tuple[str, str]:
    """The strings that go into the call of an assert, and those that it expects."""
    test = next((node.test for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Assert)), None)
    if not isinstance(test, ast.Compare):
        return "", ""
    given = " ".join(_strings(test.left)).casefold()
    return given, " ".join(string for side in test.comparators for string in _strings(side))


def _strings(node: ast.AST) -> Iterator[str]:
    return (part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
