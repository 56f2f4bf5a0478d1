"""Equality of results: Python takes True for 1 and tells 0.1 + 0.2 from 0.3; whoever reads a claim does neither.

Used by the host, and sent into the sandbox as text: standard library only.
"""

from __future__ import annotations

import math

_CLOSE = 1e-9
"""To nine digits two floats are the same: the last ones are what binary arithmetic leaves over."""


def equal(result: object, expected: object) -> bool:
    """Whether a result is what was expected, however deep: no bool is a number and no list a tuple; a whole float is an integer, and
    where a float is expected one within 1e-9 of its size will do, of 0.0 within 1e-9."""
    if isinstance(result, bool) or isinstance(expected, bool):
        return result is expected
    if isinstance(expected, float) and isinstance(result, (int, float)):
        return close(result, expected)
    if isinstance(expected, (list, tuple)):
        kind = list if isinstance(expected, list) else tuple
        return isinstance(result, kind) and len(result) == len(expected) and all(map(equal, result, expected))
    if isinstance(expected, (set, frozenset)):
        return isinstance(result, (set, frozenset)) and len(result) == len(expected) and _have_same(result, expected)
    if isinstance(expected, dict):
        return isinstance(result, dict) and len(result) == len(expected) and _give_same(result, expected)
    return bool(result == expected)


def close(result: float, expected: float) -> bool:
    """Two numbers, to nine digits."""
    return math.isclose(result, expected, rel_tol=_CLOSE, abs_tol=0.0 if expected else _CLOSE)


def _have_same(result: set[object] | frozenset[object], expected: set[object] | frozenset[object]) -> bool:
    """Each of one is in the other; looked for one by one only where they are not the same already."""
    return apart(result) == apart(expected) or (
        all(any(equal(item, other) for other in expected) for item in result)
        and all(any(equal(item, other) for item in result) for other in expected)
    )


def _give_same(result: dict[object, object], expected: dict[object, object]) -> bool:
    found = {apart(key): item for key, item in result.items()}
    return all(apart(key) in found and equal(found[apart(key)], item) for key, item in expected.items())


def apart(value: object) -> object:
    """The value with each bool as a pair, however deep it stands, so that nothing but a bool is equal to it."""
    if isinstance(value, bool):
        return bool, value is True
    if isinstance(value, dict):
        return {apart(key): apart(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return frozenset(map(apart, value))
    if isinstance(value, (list, tuple)):
        return (list if isinstance(value, list) else tuple)(map(apart, value))
    return value


def shown(value: object) -> str:
    """The value as a text that is the same for equal ones: floats to nine digits and a whole one like an integer, sets and
    dictionaries in one order."""
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else f"{value:.9g}"
    if isinstance(value, (set, frozenset)):
        return "{" + ", ".join(sorted(map(shown, value))) + "}"
    if isinstance(value, (list, tuple)):
        return ("[%s]" if isinstance(value, list) else "(%s)") % ", ".join(map(shown, value))
    if isinstance(value, dict):
        return "{" + ", ".join(sorted(f"{shown(key)}: {shown(item)}" for key, item in value.items())) + "}"
    return repr(value)


def compare(result: object, expected: object, told: str) -> None:
    """Print how the expected one was told where the result is equal to it, else the result."""
    print(told if equal(result, expected) else repr(result))
