"""32-stitches."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bench.references import Command, Kept, Refused, Session

NAMED = {"k2tog": (2, 1), "kfb": (1, 2), "yo": (0, 1)}


def _item(text: str) -> tuple[int, int]:
    if text in NAMED:
        return NAMED[text]
    if re.fullmatch(r"[kp][1-9][0-9]*", text):
        return int(text[1:]), int(text[1:])
    raise Refused(f"unknown item: {text}")


def _items(text: str) -> tuple[int, int]:
    pairs = [_item(item) for item in text.split(", ")]
    return sum(takes for takes, _ in pairs), sum(puts for _, puts in pairs)


def _row(row: str) -> tuple[int, int]:
    takes = puts = 0
    while True:
        found = re.match(r"\[([^\[\]]*)\] x([1-9][0-9]*)(?:, |$)|([^\[\],]+)(?:, |$)", row)
        if found is None:
            raise Refused(f"cannot read: {row}")
        inside, times, single = found.groups()
        more = _items(inside) if single is None else _item(single)
        count = int(times or 1)
        takes, puts = takes + count * more[0], puts + count * more[1]
        comma = found[0].endswith(", ")
        row = row[found.end() :]
        if not comma:
            return takes, puts


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    if words:
        raise Refused("no arguments")
    lines: list[str] = []
    before: int | None = None
    for number, row in enumerate(stdin.splitlines(), 1):
        takes, puts = _row(row)
        mark = "" if before is None or before == takes else " MISMATCH"
        lines.append(f"row {number}: takes {takes}, puts {puts}{mark}")
        before = puts
    return "\n".join(lines)


REFERENCE = Command(
    run,
    [
        # the examples
        Session([""], "k10\nk2, yo, k2tog, p6\n[k4, kfb] x2\n"),
        Session([""], "p8\nk1, [yo, k2] x3, k2tog\n"),
        # one row
        Session([""], "k1\n"),
        Session([""], "p12\n"),
        Session([""], "k100, p25\n"),
        Session([""], "yo\n"),
        Session([""], "kfb\n"),
        Session([""], "k2tog\n"),
        Session([""], "k2tog, k2tog, k2\n"),
        Session([""], "k3, yo, k3, yo, k3\n"),
        Session([""], "[k2, p2] x5\n"),
        Session([""], "[k2tog] x4\n"),
        Session([""], "[k1, yo] x1, p1\n"),
        Session([""], "[k1, p1] x3, kfb, [k2tog, yo] x2\n"),
        Session([""], "k3, [kfb] x12, k3\n"),
        # several rows
        Session([""], "k4\np4\nk4\n"),
        Session([""], "k4\nk3, kfb\np5\n"),
        Session([""], "k4\nk3, kfb\np4\n"),
        Session([""], "k6\nk5\nk4\n"),
        Session([""], "k6\nk5\nk5\n"),
        Session([""], "k2tog, k4\np5\n"),
        Session([""], "[k2, yo] x4\np12\n[k1, k2tog] x4\np8\n"),
        # errors
        Session([""], "k3, sl1\n"),
        Session([""], "k0\n"),
        Session([""], "k\n"),
        Session([""], "k3tog\n"),
        Session([""], "q5\n"),
        Session([""], "k5\np5\nk3, ssk\n"),
        Session([""], "[k2, m1] x2\n"),
        Session([""], "[k2, yo] x0\n"),
        Session([""], "[k2, yo\n"),
        Session([""], "k2.5\n"),
        Session([""], "k-3\n"),
    ],
)
