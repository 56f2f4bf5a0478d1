"""02-slugs."""

from __future__ import annotations

import re

from bench.references import Library


def slugify(text: str) -> str:
    """Every run of other characters is one hyphen."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"[A-Z]", lambda letter: letter.group().lower(), text)).strip("-")


_TITLES = (
    "Hello, World!", "  A  b ", "", "a - b", "a--b", "-x-", "Top 10 Tips", "C++ & C#", "snake_case_name", "a/b\\c",
    "100% sure?!", "tabs\tand\nlines", "...", "already-a-slug", "MiXeD CaSe", "caf\u00e9", "a\u00e9b", "\u4f60\u597d", "x" * 40, "_a_",
)  # fmt: skip
REFERENCE = Library({"slugify": slugify}, [f"slugify({title!r})" for title in _TITLES])
