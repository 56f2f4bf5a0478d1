"""48-bakeplan."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bench.references import Command, Kept, Refused, Session


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    """The start of each step, counted back from the end."""
    clock = re.fullmatch("([01][0-9]|2[0-3]):([0-5][0-9])", words[0])
    if not clock or words[1] not in files:
        raise Refused(" ".join(words))
    steps: list[tuple[int, str]] = []
    for line in files[words[1]].split("\n"):
        if line and not line.startswith("#"):
            minutes, _, what = line.partition(" ")
            if not re.fullmatch("[0-9]+", minutes) or int(minutes) < 1:
                raise Refused(line)
            steps.append((int(minutes), what))
    at = int(clock[1]) * 60 + int(clock[2]) - sum(length for length, _ in steps)
    lines = []
    for length, what in steps:
        mark = " (day before)" if at < 0 else ""
        lines.append(f"{at % 1440 // 60:02}:{at % 60:02} {what}{mark}")
        at += length
    return "\n".join([*lines, f"{words[0]} ready"])


_RYE = {"rye.txt": "# Sunday rye\n20 mix the dough\n240 let it rise\n55 bake\n"}
_LONG = {
    "long.txt": "# overnight\n\n15 feed the starter\n600 wait\n# now the dough\n30 knead 2 times\n\n90 proof\n45 bake\n60 cool\n"
}
_DAY = {"day.txt": "1439 rest\n1 look\n"}
_BUN = {"bun.txt": "30 bake\n"}
_SAME = {"same.txt": "5 fold\n30 rest\n5 fold\n30 rest\n5 fold\n"}
REFERENCE = Command(
    run,
    [
        Session(["18:30 rye.txt"], files=_RYE),
        Session(["05:00 rye.txt"], files=_RYE),
        Session(["05:15 rye.txt"], files=_RYE),
        Session(["05:14 rye.txt"], files=_RYE),
        Session(["00:00 rye.txt"], files=_RYE),
        Session(["23:59 rye.txt"], files=_RYE),
        Session(["00:55 rye.txt"], files=_RYE),
        Session(["00:54 rye.txt"], files=_RYE),
        Session(["12:00 rye.txt"], files=_RYE),
        Session(["09:05 rye.txt"], files=_RYE),
        Session(["17:00 long.txt"], files=_LONG),
        Session(["08:00 long.txt"], files=_LONG),
        Session(["14:00 long.txt"], files=_LONG),
        Session(["13:59 long.txt"], files=_LONG),
        Session(["00:30 long.txt"], files=_LONG),
        Session(["10:00 day.txt"], files=_DAY),
        Session(["00:00 day.txt"], files=_DAY),
        Session(["23:59 day.txt"], files=_DAY),
        Session(["00:30 bun.txt"], files=_BUN),
        Session(["00:29 bun.txt"], files=_BUN),
        Session(["00:00 bun.txt"], files=_BUN),
        Session(["10:00 same.txt"], files=_SAME),
        Session(["00:45 same.txt"], files=_SAME),
        Session(["24:00 rye.txt"], files=_RYE),
        Session(["12:60 rye.txt"], files=_RYE),
        Session(["25:10 rye.txt"], files=_RYE),
        Session(["noon rye.txt"], files=_RYE),
        Session(["18:30 none.txt"]),
        Session(["18:30 wheat.txt"], files=_RYE),
        Session(["18:30 bad.txt"], files={"bad.txt": "20 mix\nten rise\n55 bake\n"}),
        Session(["18:30 bad.txt"], files={"bad.txt": "20 mix\n0 rise\n55 bake\n"}),
        Session(["18:30 bad.txt"], files={"bad.txt": "20 mix\n-5 rise\n55 bake\n"}),
        Session(["18:30 bad.txt"], files={"bad.txt": "20 mix\n2.5 rise\n55 bake\n"}),
        Session(["18:30 bad.txt"], files={"bad.txt": "mix the dough\n"}),
        Session(["18:30 bad.txt"], files={"bad.txt": "20 mix\n240 rise\nbake 55\n"}),
    ],
)
