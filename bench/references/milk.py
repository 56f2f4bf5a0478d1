"""33-milk."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bench.references import Command, Kept, Refused, Session

PRICES = {"milk": 95, "cream": 140, "eggs": 210, "bread": 185}


def _orders(text: str) -> list[tuple[str, str, int]]:
    orders: list[tuple[str, str, int]] = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        house, colon, wants = line.partition(":")
        if not colon:
            raise Refused(f"no colon: {line}")
        for want in wants.split(","):
            parts = want.split()
            if len(parts) != 2 or not re.fullmatch(r"0*[1-9][0-9]*", parts[0]) or parts[1] not in PRICES:
                raise Refused(f"cannot read: {want}")
            orders.append((house.strip(), parts[1], int(parts[0])))
    return orders


def _money(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02d}"


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    if len(words) != 2 or words[0] not in ("bills", "load"):
        raise Refused("bills FILE or load FILE")
    if words[1] not in files:
        raise Refused(f"no such file: {words[1]}")
    orders = _orders(files[words[1]])
    if words[0] == "load":
        need = {product: sum(n for _, what, n in orders if what == product) for product in PRICES}
        return "\n".join(f"{product} {n}" for product, n in need.items() if n)
    bills: dict[str, int] = {}
    for house, what, n in orders:
        bills[house] = bills.get(house, 0) + n * PRICES[what]
    bills = {house: bill - 100 if bill >= 1000 else bill for house, bill in bills.items()}
    lines = [f"{house}: {_money(bill)}" for house, bill in bills.items()]
    return "\n".join([*lines, f"total: {_money(sum(bills.values()))}"])


WEEK = {
    "week.txt": """# first week of May
7 Mill Lane: 2 milk, 1 eggs
The Old Forge: 4 bread, 2 milk, 1 cream
7 Mill Lane: 1 milk
"""
}
ONE = {"one.txt": "3 High Street: 1 milk\n"}
TEN = {"ten.txt": "Rose Cottage: 3 eggs, 2 bread\n"}  # 10.00
UNDER = {"under.txt": "Rose Cottage: 9 milk, 1 cream\n"}  # 9.95
SPLIT = {"split.txt": "The Inn: 3 eggs\nRose Cottage: 2 cream\nThe Inn: 2 bread\n"}
TWICE = {"twice.txt": "The Inn: 40 milk, 12 bread\nSchool: 60 milk\n"}
BACK = {"back.txt": "1 Elm Road: 1 bread, 1 eggs, 1 cream, 1 milk\n"}
GAPS = {"gaps.txt": "# May: all paid\n\n2 Elm Road: 3 cream\n\n# 4 Elm Road: 2 milk\n6 Elm Road: 1 bread, 1 bread\n"}
ORDER = {"order.txt": "Zoar: 1 milk\nAbel: 1 milk\nMoss: 1 cream\nAbel: 1 bread\n"}
SAME = {"same.txt": "A1: 1 milk, 2 milk, 1 milk\n"}


def _bad(text: str) -> dict[str, str]:
    return {"bad.txt": text}


REFERENCE = Command(
    run,
    [
        Session(["bills week.txt"], files=WEEK),
        Session(["load week.txt"], files=WEEK),
        Session(["bills one.txt"], files=ONE),
        Session(["load one.txt"], files=ONE),
        Session(["bills ten.txt"], files=TEN),
        Session(["load ten.txt"], files=TEN),
        Session(["bills under.txt"], files=UNDER),
        Session(["bills split.txt"], files=SPLIT),
        Session(["load split.txt"], files=SPLIT),
        Session(["bills twice.txt"], files=TWICE),
        Session(["load twice.txt"], files=TWICE),
        Session(["bills back.txt"], files=BACK),
        Session(["load back.txt"], files=BACK),
        Session(["bills gaps.txt"], files=GAPS),
        Session(["load gaps.txt"], files=GAPS),
        Session(["bills order.txt"], files=ORDER),
        Session(["load order.txt"], files=ORDER),
        Session(["bills same.txt"], files=SAME),
        Session(["bills one.txt"], files={**ONE, **TEN}),
        # errors
        Session(["bills june.txt"]),
        Session(["load june.txt"], files=ONE),
        Session(["bills bad.txt"], files=_bad("1 Elm Road: 2 butter\n")),
        Session(["load bad.txt"], files=_bad("1 Elm Road: 2 milk\n2 Elm Road: 1 cheese\n")),
        Session(["bills bad.txt"], files=_bad("1 Elm Road: 0 milk\n")),
        Session(["bills bad.txt"], files=_bad("1 Elm Road: 1.5 milk\n")),
        Session(["load bad.txt"], files=_bad("1 Elm Road: -1 milk\n")),
        Session(["bills bad.txt"], files=_bad("1 Elm Road: two milk\n")),
        Session(["bills bad.txt"], files=_bad("1 Elm Road 2 milk\n")),
        Session(["load bad.txt"], files=_bad("1 Elm Road: 2 milk\nholiday next week\n")),
    ],
)
