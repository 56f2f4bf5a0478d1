"""47-quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bench.references import Command, Kept, Refused, Session


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    """Passages between marks, with the number of their line."""
    least = 0
    if "--min" in words:
        given = words[words.index("--min") + 1]
        if not re.fullmatch("[0-9]+", given) or int(given) < 1:
            raise Refused(given)
        least = int(given)
    found: list[str] = []
    for number, line in enumerate(stdin.split("\n"), 1):
        if line.count('"') % 2:
            raise Refused(line)
        found += [f"{number}: {passage}" for passage in line.split('"')[1::2] if len(passage.split()) >= least]
    return str(len(found)) if "--count" in words else "\n".join(found)


_MAYOR = 'The mayor said "we had no choice" and left.\nNobody asked.\n"Rubbish," said Lee. "They had plenty of time."\n'
_LONG = (
    'Notes, 4 May\n\n"Yes"\n"No," he said, "not now, not ever," and "never again".\n\n'
    "It's 'odd', isn't it?\n"
    'A "well-known fact" (she says: "1: the town is broke")\n'
    "\n\nEnd.\n"
    'Last: "Goodbye"\n'
)
_NONE = "No quotes here.\nJust 'single' ones.\n"
_OPEN = '"Fine," he said.\nThen "he stopped.\n'
REFERENCE = Command(
    run,
    [
        Session([""], _MAYOR),
        Session(["--min 4"], _MAYOR),
        Session(["--count"], _MAYOR),
        Session(["--min 4 --count"], _MAYOR),
        Session(["--count --min 4"], _MAYOR),
        Session(["--min 1"], _MAYOR),
        Session(["--min 5"], _MAYOR),
        Session(["--min 6"], _MAYOR),
        Session(["--min 6 --count"], _MAYOR),
        Session(["--min 100"], _MAYOR),
        Session([""], _LONG),
        Session(["--count"], _LONG),
        Session(["--min 2"], _LONG),
        Session(["--min 3"], _LONG),
        Session(["--min 4"], _LONG),
        Session(["--min 5"], _LONG),
        Session(["--min 2 --count"], _LONG),
        Session(["--min 1 --count"], _LONG),
        Session([""], _NONE),
        Session(["--count"], _NONE),
        Session(["--min 2"], _NONE),
        Session([""], ""),
        Session(["--count"], ""),
        Session([""], '"Only this"\n'),
        Session([""], '"One" "two" "three"\n'),
        Session(["--count"], '"a"\n' * 12),
        Session([""], "x\n" * 9 + 'then "ten"\n'),
        Session([""], _OPEN),
        Session(["--count"], _OPEN),
        Session(["--min 3"], _OPEN),
        Session([""], 'He said "one\ntwo" and left.\n'),
        Session([""], '"a" and "b" and "c\n'),
        Session([""], 'A 5" nail\n'),
        Session(["--min 0"], _MAYOR),
        Session(["--min -1"], _MAYOR),
        Session(["--min four"], _MAYOR),
        Session(["--min 2.5"], _MAYOR),
        Session(["--min 0 --count"], _MAYOR),
    ],
)
