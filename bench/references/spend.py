"""08-expenses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from bench.references import Command, Kept, Refused, Session


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    """Money with two decimals."""
    if words[0] == "add":
        try:
            amount = Decimal(words[1])
        except InvalidOperation as error:
            raise Refused(words[1]) from error
        if not amount.is_finite() or amount < 0:
            raise Refused(words[1])
        kept.append({"amount": amount, "category": words[2]})
        return f"Recorded {amount:.2f} for {words[2]}"
    sums: dict[str, Decimal] = {}
    for item in kept:
        sums[str(item["category"])] = sums.get(str(item["category"]), Decimal(0)) + Decimal(str(item["amount"]))
    if words[0] == "total":
        return f"{sum(sums.values(), Decimal(0)):.2f}"
    return "\n".join(f"{name}: {value:.2f}" for name, value in sorted(sums.items()))


_SOME = ["add 12.50 food", "add 3 travel", "add 7.25 food"]
_OTHER = ["add 1 zoo", "add 2 art", "add 4 milk", "add 8 art"]
REFERENCE = Command(
    run,
    [
        Session(["total"]),
        Session(["by-category"]),
        Session(["add 12.50 food"]),
        Session(["add 3 travel"]),
        Session(["add 0.1 x", "add 0.2 x", "total"]),
        Session([*_SOME, "total"]),
        Session([*_SOME, "by-category"]),
        Session([*_OTHER, "total"]),
        Session([*_OTHER, "by-category"]),
        Session([*_OTHER, *_SOME, "by-category"]),
        Session(["add -1 food"]),
        Session(["add -0.01 food"]),
        Session([*_SOME, "add -5 food", "total"]),
        Session(["add x food"]),
        Session(["add 99.99 rent", "add 0.01 rent", "by-category"]),
    ],
)
