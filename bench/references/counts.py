"""04-wc."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.references import Command, Kept, Session


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    """Words between white space, lines as people count them."""
    return str(len(stdin.split()) if words[0] == "words" else len(stdin.splitlines()))


_TEXTS = ("one two\nthree\n", "", "a\n", "a b c d\n", "\n\n\n", "  spaced   out  \n", "tab\tand\nline\n", "a\n\nb\n",
          "x " * 50 + "\n", "one\n" * 40)  # fmt: skip
REFERENCE = Command(run, [Session([command], text) for command in ("words", "lines") for text in _TEXTS])
