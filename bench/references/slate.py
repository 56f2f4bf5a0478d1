"""42-slate."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bench.references import Command, Kept, Refused, Session


def _pounds(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02}"


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    """What each person owes is kept in pence."""
    owed = {str(item["name"]): int(str(item["pence"])) for item in kept}
    if words[0] == "list":
        lines = [f"{name} {_pounds(owed[name])}" for name in sorted(owed)]
        return "\n".join([*lines, f"Total {_pounds(sum(owed.values()))}"])
    name, amount = words[1], words[2]
    if not re.fullmatch(r"[0-9]+(\.[0-9]{2})?", amount):
        raise Refused(amount)
    whole, _, rest = amount.partition(".")
    pence = int(whole) * 100 + int(rest or "0")
    if pence == 0:
        raise Refused(amount)
    if words[0] == "pay":
        if name not in owed or pence > owed[name]:
            raise Refused(name)
        owed[name] -= pence
    else:
        owed[name] = owed.get(name, 0) + pence
    kept[:] = [{"name": who, "pence": sum_} for who, sum_ in owed.items() if sum_]
    return f"{name} owes {_pounds(owed[name])}" if owed[name] else f"{name} is clear"


_TWO = ["buy Hall 3.50", "buy Adams 4"]
_THREE = [*_TWO, "buy 'Mrs Cole' 12.05"]
REFERENCE = Command(
    run,
    [
        Session(["buy Hall 3.50"]),
        Session(_TWO),
        Session([*_TWO, "pay Hall 1.25"]),
        Session([*_TWO, "pay Hall 1.25", "list"]),
        Session(["list"]),
        Session([*_TWO, "list"]),
        Session([*_THREE, "list"]),
        Session(["buy Hall 0.10", "buy Hall 0.20"]),
        Session(["buy Hall 0.10", "buy Hall 0.20", "pay Hall 0.30"]),
        Session(["buy Hall 0.10", "buy Hall 0.20", "pay Hall 0.30", "list"]),
        Session(["buy Hall 19.99", "buy Hall 0.01"]),
        Session(["buy Hall 0.05"]),
        Session(["buy Hall 1000"]),
        Session(["buy Hall 7.00"]),
        Session([*_THREE, "buy Hall 2", "list"]),
        Session([*_TWO, "pay Hall 3.50"]),
        Session([*_TWO, "pay Hall 3.50", "list"]),
        Session([*_TWO, "pay Adams 4.00", "pay Hall 3.50", "list"]),
        Session([*_TWO, "pay Hall 3.50", "buy Hall 1", "list"]),
        Session([*_TWO, "pay Hall 3.49"]),
        Session([*_TWO, "pay Hall 3.51"]),
        Session([*_TWO, "pay Hall 3.51", "list"]),
        Session([*_TWO, "pay Baker 1"]),
        Session(["pay Hall 1"]),
        Session([*_TWO, "pay Hall 3.50", "pay Hall 1"]),
        Session(["buy Hall 0"]),
        Session(["buy Hall 0.00"]),
        Session(["buy Hall -3"]),
        Session(["buy Hall 2.5"]),
        Session(["buy Hall 2.505"]),
        Session(["buy Hall five"]),
        Session(["buy Hall 2,50"]),
        Session([*_TWO, "pay Hall 0"]),
        Session([*_TWO, "pay Hall 1.5"]),
        Session([*_TWO, "buy Hall 2.5", "list"]),
        Session(["buy Hall abc", "list"]),
        Session(["buy 'Mrs Cole' 12.05", "pay 'Mrs Cole' 12.05"]),
        Session(["buy 'Mrs Cole' 12.05", "pay 'Mrs Cole' 2.06"]),
    ],
)
