"""Forms: how a request writes down the way in which a command is called, as in `todo list [TAG]`."""

from __future__ import annotations

import re

_WORD = r"(?:[A-Z][\w-]*|<[\w -]+>)"
_OPTIONAL = rf"(?P<words>(?:[ \t]+{_WORD})*)[ \t]+\[<?(?P<name>[A-Za-z][\w-]*)>?\](?!\s*(?:\.\.|…)|[ \t]+\[?[A-Z<])"


def optional_argument(request: str, program: str, command: str) -> tuple[int, str] | None:
    """How many arguments a command needs, and the name of the one behind them that stands in square brackets; None where no
    form of the command ends in such a one."""
    called = r"[ \t]+".join(re.escape(word) for word in (program, command) if word)
    found = re.search(rf"(?<![\w-]){called}{_OPTIONAL}", request)
    return (len(re.findall(_WORD, found["words"])), found["name"].lower()) if found else None
