"""Keeping: whether a request wants a program to remember things, and in which file."""

from __future__ import annotations

import re

_FILE = r"(?:in|to)\s+(?:an?|its|one)\s+(?:\w+\s+)?file"
_KEEPS = re.compile(
    r"\b(?:between|across)\s+(?:the\s+|its\s+)?(?:runs|calls|sessions|invocations|uses|starts)\b|\bremembers?\b"
    rf"|\b(?:stores?|saves?|persists?|stored|saved)\b[^.\n]{{0,60}}\b{_FILE}\b",
    re.IGNORECASE,
)
_OTHER_FORMS = re.compile(r"\.(?:csv|tsv|txt|md|xml|ya?ml|toml|ini|db|sqlite3?|html?)\Z", re.IGNORECASE)
"""Endings of files that promise another form than JSON."""


def wants_memory(request: str) -> bool:
    """True for 'It remembers the tasks between runs' and 'saves them to a file'."""
    return _KEEPS.search(request) is not None


def names_file(text: str, file: str) -> bool:
    """Whether the text names this very file in the current folder, and not `mytasks.json` or `data/tasks.json`."""
    return re.search(rf"(?<![\w/.~\\-])(?:\./)?{re.escape(file)}(?![\w-]|\.\w)", text) is not None


def is_json_by_name(file: str) -> bool:
    """False where the ending of the name says that something else than JSON stands in the file."""
    return _OTHER_FORMS.search(file) is None
