"""01-roman."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bench.references import Command, Kept, Refused, Session

_PAIRS = [
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
]  # fmt: skip
_NUMERAL = re.compile("M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    """Letters that are no numeral and numbers below one have no counterpart."""
    command, text = words
    if command == "to-roman":
        if not re.fullmatch(r"\d+", text) or int(text) < 1:
            raise Refused(text)
        return _letters(int(text))
    if not text or not _NUMERAL.fullmatch(text):
        raise Refused(text)
    return str(next(number for number in range(1, 4000) if _letters(number) == text))


def _letters(number: int) -> str:
    found = ""
    for value, letters in _PAIRS:
        found += letters * (number // value)
        number %= value
    return found


_NUMBERS = (1, 2, 3, 4, 5, 6, 8, 9, 10, 14, 19, 40, 44, 49, 50, 90, 99, 100, 388, 400, 444, 500, 900, 944, 1000, 1994,
            2024, 3999)  # fmt: skip
REFERENCE = Command(
    run,
    [
        *(Session([f"to-roman {number}"]) for number in _NUMBERS),
        *(Session([f"to-int {_letters(number)}"]) for number in _NUMBERS),
        *(Session([f"to-int {text}"]) for text in ("ABC", "Hello", "XQ", "?", "''", "12")),
        *(Session([f"to-roman {text}"]) for text in ("0", "-3", "x", "1.5", "''")),
    ],
)
