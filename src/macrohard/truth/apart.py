"""Equality of results: Python takes True for 1, whoever reads a claim does not.

Used by the host, and sent into the sandbox as text: standard library only.
"""

from __future__ import annotations


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
