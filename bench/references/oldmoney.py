"""24-oldmoney."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bench.references import Command, Kept, Refused, Session

AMOUNT = re.compile(r"([0-9]+)-([0-9]+)-([0-9]+)")


def pence(amount: str) -> int:
    """An amount in pence."""
    parts = AMOUNT.fullmatch(amount)
    if parts is None:
        raise Refused(f"not an amount: {amount}")
    pounds, shillings, rest = (int(part) for part in parts.groups())
    if shillings > 19 or rest > 11:
        raise Refused(f"not an amount: {amount}")
    return (pounds * 20 + shillings) * 12 + rest


def written(total: int) -> str:
    """Pence as pounds-shillings-pence."""
    shillings, rest = divmod(total, 12)
    return f"{shillings // 20}-{shillings % 20}-{rest}"


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    """One call of `oldmoney`."""
    match list(words):
        case ["sum", _, *_]:
            return written(sum(pence(amount) for amount in words[1:]))
        case ["pence", amount]:
            return str(pence(amount))
        case ["split", amount, people]:
            if not re.fullmatch("[0-9]+", people) or int(people) < 1:
                raise Refused(f"not a number of people: {people}")
            share, over = divmod(pence(amount), int(people))
            return f"{written(share)} each, {over} over"
        case _:
            raise Refused("usage: oldmoney sum AMOUNT... | pence AMOUNT | split AMOUNT PEOPLE")


REFERENCE = Command(
    run,
    [
        Session([line])
        for line in (
            "sum 1-2-3",
            "sum 0-0-0",
            "sum 0-0-11 0-0-1",
            "sum 0-19-11 0-0-1",
            "sum 0-10-0 0-10-0",
            "sum 0-19-11 0-19-11 0-19-11",
            "sum 1-0-0 2-0-0 3-0-0 4-0-0",
            "sum 99-19-11 0-0-1",
            "sum 1000-5-5 250-14-6",
            "sum 0-0-6 0-0-6 0-0-6",
            "pence 0-0-0",
            "pence 0-0-7",
            "pence 0-1-0",
            "pence 1-0-0",
            "pence 3-17-10",
            "pence 0-19-11",
            "pence 100-0-1",
            "split 1-0-0 1",
            "split 1-0-0 2",
            "split 0-0-5 2",
            "split 0-0-3 5",
            "split 10-0-0 3",
            "split 7-13-4 11",
            "split 0-0-0 4",
            "split 1-0-0 240",
            "split 1-0-0 241",
            "pence 0-0-12",
            "pence 2-25-0",
            "pence 1-2",
            "pence 1-2-3-4",
            "pence 5",
            "pence 1/2/3",
            "pence 1-x-3",
            "pence 1-2.5-3",
            "pence 1--3",
            "sum 1-0-0 0-20-0",
            "sum 1-0-12 1-0-0",
            "split 1-0-0 0",
            "split 1-0-0 2.5",
            "split 1-0-0 two",
        )
    ],
)
