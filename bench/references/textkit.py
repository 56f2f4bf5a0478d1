"""09-textkit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bench.references import Command, Kept, Session


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    """Lines as people count them; a word ends where letters and digits end."""
    if words[0] == "upper":
        return stdin.upper()
    if words[0] == "count":
        return str(len(re.findall(rf"\b{re.escape(words[1])}\b", stdin, re.IGNORECASE)))
    lines = stdin.splitlines()
    if words[0] == "reverse":
        return "\n".join(reversed(lines))
    return "\n".join(sorted(set(lines) if "--unique" in words else lines))


_TEXTS = (
    "abc\n",
    "one\ntwo\nthree\n",
    "b\na\nb\n",
    "z\ny\nx\nz\n",
    "",
    "single\n",
    "a\na\na\n",
    "delta\nalpha\ncharlie\nbravo\n",
)
_PROSE = "The cat saw the dog. Other cats saw THE end; the\nend.\n"
REFERENCE = Command(
    run,
    [
        *(Session([name], text) for name in ("upper", "reverse", "sort", "sort --unique") for text in _TEXTS),
        *(Session([f"count {word}"], _PROSE) for word in ("the", "The", "THE", "cat", "dog", "end", "zebra", "saw")),
        Session(["count the"], ""),
        Session(["upper"], "MiXed 123 text.\nline two\n"),
    ],
)
