"""22-raffle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bench.references import Command, Kept, Refused, Session


def shown(numbers: Iterable[int]) -> str:
    """The numbers ascending, neighbours joined; `none` where there are none."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs) or "none"


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    """One call of `raffle`."""
    counts = Counter(int(line) for line in stdin.splitlines())
    match list(words):
        case ["have"]:
            return shown(counts)
        case ["missing"]:
            if not counts:
                return shown([])
            return shown(set(range(min(counts), max(counts))) - set(counts))
        case ["double"]:
            return shown(number for number, times in counts.items() if times > 1)
        case _:
            raise Refused("usage: raffle have | missing | double")


REFERENCE = Command(
    run,
    [
        Session(["have"], "5\n"),
        Session(["have"], "5\n6\n"),
        Session(["have"], "6\n5\n"),
        Session(["have"], "1\n2\n3\n4\n"),
        Session(["have"], "1\n3\n5\n"),
        Session(["have"], "12\n10\n3\n11\n1\n2\n20\n"),
        Session(["have"], "9\n10\n11\n"),
        Session(["have"], "100\n9\n20\n"),
        Session(["have"], "4\n4\n4\n"),
        Session(["have"], "4\n5\n4\n5\n8\n"),
        Session(["have"], "007\n8\n"),
        Session(["have"], "010\n10\n0010\n"),
        Session(["have"], "099\n100\n101\n"),
        Session(["have"], ""),
        Session(["missing"], "7\n10\n"),
        Session(["missing"], "10\n7\n"),
        Session(["missing"], "1\n3\n"),
        Session(["missing"], "1\n3\n5\n9\n"),
        Session(["missing"], "4\n5\n6\n"),
        Session(["missing"], "4\n"),
        Session(["missing"], "4\n4\n"),
        Session(["missing"], "20\n8\n8\n14\n"),
        Session(["missing"], "001\n003\n010\n"),
        Session(["missing"], "98\n101\n"),
        Session(["missing"], ""),
        Session(["double"], "3\n5\n3\n"),
        Session(["double"], "3\n3\n3\n"),
        Session(["double"], "5\n4\n4\n5\n"),
        Session(["double"], "8\n2\n8\n2\n3\n3\n"),
        Session(["double"], "10\n9\n9\n10\n1\n1\n"),
        Session(["double"], "1\n2\n3\n"),
        Session(["double"], "7\n007\n"),
        Session(["double"], "7\n70\n"),
        Session(["double"], "100\n20\n100\n20\n"),
        Session(["double"], ""),
    ],
)
