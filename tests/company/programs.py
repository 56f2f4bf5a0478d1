"""Small programs that are often built: Roman numerals and back, and a word said louder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .scripted import Replies, argument, cases, cli_brief, code, command, confirmed

ROMAN_REQUEST = (
    "A command-line tool that converts Roman numerals to numbers and back. 'roman to-int XIV' prints 14, "
    "'roman to-roman 14' prints XIV; invalid input prints an error and exits with status 2."
)
TO_INT = """
import re

NUMERAL = re.compile("M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}

def to_int(numeral: str) -> str:
    if not numeral or not NUMERAL.fullmatch(numeral):
        raise ValueError(f"not a numeral: {numeral}")
    values = [VALUES[letter] for letter in numeral]
    return str(sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0])))
"""
TO_ROMAN = """
PAIRS = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
         (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]

def to_roman(number: int) -> str:
    if not 0 < number < 4000:
        raise ValueError("out of range")
    text = ""
    for value, letters in PAIRS:
        times, number = divmod(number, value)
        text += letters * times
    return text
"""
ROMAN: Replies = {
    "analyst: brief": [
        cli_brief("roman", command("to-int", "numeral"), command("to-roman", argument("number", "integer")))
    ],
    "tester: to-int": [cases({"command": "roman to-int IX", "prints": "9"})],
    "tester: to-roman": [cases({"command": "roman to-roman 4", "prints": "IV"})],
    "tester: error *": [cases({"command": "roman to-int ABC"})],
    "engineer: to_int": [code(TO_INT)],
    "engineer: to_roman": [code(TO_ROMAN)],
}

SHOUT_REQUEST = "A command-line tool called shout. 'shout up tea' prints TEA."


def shout_script(methods: Sequence[str] = ("upper",), delay: float = 0.0) -> dict[str, Any]:
    """A script for `scripted:PATH`: the candidates call these methods of str, and each call is logged beside it."""
    candidates = [code(f"def up(word: str) -> str:\n    return word.{method}()") for method in methods]
    replies: Replies = {
        "analyst: brief": [cli_brief("shout", command("up", "word"))],
        "tester: up": [cases({"command": "shout up sea", "prints": "SEA"}, {"command": "shout up a", "prints": "A"})],
        "engineer: *": [candidates],
    }
    return {"format": "macrohard/script/v1", "delay": delay, "log": "calls", "replies": confirmed(replies)}
