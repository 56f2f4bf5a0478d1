"""11-inventory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from bench.references import Command, Kept, Refused, Session


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    """Items are found by name; what is refused changes nothing."""
    try:
        return _done(words, kept)
    except (InvalidOperation, ValueError) as error:
        raise Refused(str(error)) from error


def _done(words: Sequence[str], kept: Kept) -> str:
    by_name = sorted(kept, key=lambda item: str(item["name"]))
    if words[0] == "value":
        return f"{sum((Decimal(str(i['quantity'])) * Decimal(str(i['price'])) for i in kept), Decimal(0)):.2f}"
    if words[0] == "list":
        return "\n".join(f"{item['name']} {item['quantity']} {item['price']:.2f}" for item in by_name)
    if words[0] == "low":
        return "\n".join(str(item["name"]) for item in by_name if int(str(item["quantity"])) < int(words[1]))
    item = next((item for item in kept if item["name"] == words[1]), None)
    if words[0] == "add":
        if item is not None:
            raise Refused(words[1])
        kept.append({"name": words[1], "quantity": int(words[2]), "price": Decimal(words[3])})
        return f"Added {words[1]}"
    if item is None:
        raise Refused(words[1])
    quantity = int(str(item["quantity"])) + int(words[2]) * (1 if words[0] == "receive" else -1)
    if quantity < 0:
        raise Refused(words[2])
    item["quantity"] = quantity
    return str(quantity)


_TWO = ["add pear 5 0.80", "add apple 10 0.50"]
REFERENCE = Command(
    run,
    [
        Session(["list"]),
        Session(["value"]),
        Session(["add pear 5 0.80"]),
        Session([*_TWO, "list"]),
        Session([*_TWO, "value"]),
        Session([*_TWO, "low 7"]),
        Session([*_TWO, "low 5"]),
        Session([*_TWO, "low 11"]),
        Session([*_TWO, "sell apple 4"]),
        Session([*_TWO, "sell apple 4", "list"]),
        Session([*_TWO, "sell apple 10", "list"]),
        Session([*_TWO, "sell apple 11"]),
        Session([*_TWO, "sell apple 11", "list"]),
        Session([*_TWO, "receive pear 1"]),
        Session([*_TWO, "receive pear 7", "value"]),
        Session([*_TWO, "receive kiwi 1"]),
        Session([*_TWO, "sell kiwi 1"]),
        Session([*_TWO, "add pear 1 1.00"]),
        Session([*_TWO, "add pear 1 1.00", "list"]),
        Session([*_TWO, "add fig 3 2", "sell fig 1", "receive apple 5", "list"]),
        Session([*_TWO, "add fig 3 2", "low 6"]),
    ],
)
