"""What each property looks at in the results of a function.

Imported by the host, which tries it on the examples of people, and sent into the sandbox as text, where it calls candidates: standard
library only.
"""

from __future__ import annotations

import collections
import copy
import sys
from collections.abc import Callable, Sequence
from typing import Any

HOLDS = "it holds"
Call = Callable[..., Any]
Given = Sequence[Any]


def items(value: Any) -> collections.Counter[str]:
    """How often each stands in it, however deep; of a text its characters."""
    return collections.Counter(value) if isinstance(value, str) else collections.Counter(map(repr, flat(value)))


def flat(value: Any) -> list[Any]:
    """All that stands in it, however deep."""
    if isinstance(value, dict):
        value = [item for pair in value.items() for item in pair]
    if isinstance(value, (list, tuple, set, frozenset)):
        return [inner for item in value for inner in flat(item)]
    return [value]


def kind(value: Any) -> str:
    """What a result is, roughly: a list, a text, a number, or the name of its type."""
    if isinstance(value, (list, tuple)):
        return "list"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return "number"
    return type(value).__name__


def among(given: Given, result: Any) -> Any:
    """The only argument that the result can be made of, since both hold many or are texts; None where there is no such one."""
    found = [value for value in given if isinstance(value, (list, tuple, str))]
    fits = (
        len(found) == 1
        and isinstance(result, (list, tuple, str))
        and isinstance(found[0], str) == isinstance(result, str)
    )
    return found[0] if fits else None


def has_items(given: Given, result: Any, call: Call) -> bool | None:
    """Those of its argument and no others, each as often, in whatever list inside it."""
    source = among(given, result)
    return None if source is None else items(source) == items(result)


def is_part(given: Given, result: Any, call: Call) -> bool | None:
    """Nothing that its argument has not, nor more often."""
    source = among(given, result)
    return None if source is None else not items(result) - items(source)


def is_ascending(given: Given, result: Any, call: Call) -> bool | None:
    """Of lists of numbers."""
    return list(result) == sorted(result) if are_numbers(result) else None


def is_descending(given: Given, result: Any, call: Call) -> bool | None:
    """Of lists of numbers."""
    return list(result) == sorted(result, reverse=True) if are_numbers(result) else None


def are_numbers(value: Any) -> bool:
    """Whether it is a list of numbers."""
    return isinstance(value, (list, tuple)) and all(type(item) in (int, float) for item in value)


def is_idempotent(given: Given, result: Any, call: Call) -> bool | None:
    """Of texts, and of lists that are part of what it was given, where the result can be given to it again."""
    if not given or type(result) is not type(given[0]) or not isinstance(result, (list, tuple, str)):
        return None
    if not isinstance(result, str) and items(result) - items(given[0]):
        return None
    return bool(call(result, *given[1:]) == result)


def is_count(given: Given, result: Any, call: Call) -> bool | None:
    """Of numbers."""
    return result >= 0 and result == int(result) if type(result) in (int, float) else None


def is_unlike(given: Given, result: Any, call: Call) -> bool | None:
    """Of lists."""
    return len(set(map(repr, result))) == len(result) if isinstance(result, (list, tuple)) else None


def is_place(given: Given, result: Any, call: Call) -> bool | None:
    """From -1 to the length of what it was given: some count from one."""
    lengths = [len(value) for value in given if isinstance(value, (list, tuple, str))]
    return -1 <= result <= max(lengths) if type(result) is int and lengths else None


def is_growing(given: Given, result: Any, call: Call) -> bool | None:
    """With each of its arguments, where all are positive numbers."""
    if type(result) not in (int, float) or not all(type(value) in (int, float) and value > 0 for value in given):
        return None
    more = [call(*given[:place], value + 1, *given[place + 1 :]) for place, value in enumerate(given)]
    return all(other >= result - 1e-9 * max(1.0, abs(result)) for other in more)


def is_symmetric(given: Given, result: Any, call: Call) -> bool | None:
    """In two arguments of one type; of lists the items, in whatever order."""
    if len(given) != 2 or type(given[0]) is not type(given[1]):
        return None
    other = call(*reversed(given))
    if isinstance(result, float):
        return bool(abs(other - result) <= 1e-9 * max(1.0, abs(result)))
    return items(other) == items(result) if isinstance(result, (list, tuple)) else bool(other == result)


def tell(
    function: Call, holds: Callable[[Given, Any, Call], bool | None], inputs: Sequence[Given], kinds: Sequence[str]
) -> None:
    """Print whether it holds for all inputs that show it, of which there must be one; end with one for which it does not.

    It does not for a result of a kind that no result was told to have; None tells that there is none, and shows nothing.
    """

    def call(*given: Any) -> Any:
        made = function(*copy.deepcopy(given))
        return list(made) if hasattr(made, "__next__") else made

    shown = taken = 0
    for given in inputs:
        try:
            came = call(*given)
            held = (None if came is None else False) if kind(came) not in kinds else holds(given, came, call)
        except Exception:  # noqa: BLE001, S112 - an input that the function need not take shows nothing
            continue
        taken, shown = taken + 1, shown + (held is not None)
        if held is False:
            sys.exit(f"for {', '.join(map(repr, given))} it gives {came!r}")
    if not shown:
        print("no result shows it")
    else:
        print(HOLDS if shown * 2 >= taken else f"{shown} of {taken} results show it")
