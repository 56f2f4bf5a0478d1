"""What arithmetic in a sentence is made of: its numbers behind one sign, and what follows from which of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from macrohard.answers.grounding.quantities import Number
from macrohard.answers.grounding.words import Words

NUMBER = "\x00"
"""Stands for each number while the forms are looked for."""
WRITTEN_OUT = 1.0
"""The step of a whole number that is written in full."""
_BELOW, _ABOVE = 1 - 1e-6, 1 + 1e-6
"""Just less than one in the last place, and no less than a half: floats are not exact."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A number of a sentence that follows from others in it."""

    result: Number
    operands: tuple[Number, ...]
    formula: str
    """Such as '(120 − 80) ÷ 80 = 50 %'."""
    is_right: bool


@dataclass(frozen=True, slots=True)
class Form:
    """What is computed: from which numbers, how, and how it is shown."""

    operands: tuple[Number, ...]
    result: Number
    compute: Callable[..., float]
    shown: str
    turn: int = 0
    """1 where the sentence says that it grew, -1 where it shrank."""


def masked(claim: Words) -> str:
    """The sentence with one sign for each number, and with that sign nowhere else."""
    text, at = "", 0
    for number in claim.numbers:
        text += _unsigned(claim.text[at : number.start]) + NUMBER
        at = number.end
    return text + _unsigned(claim.text[at:])


def _unsigned(text: str) -> str:
    return text.replace(NUMBER, "\N{REPLACEMENT CHARACTER}")


def named(match: re.Match[str], numbers: list[Number]) -> list[Number]:
    """The numbers within a match."""
    first = match.string.count(NUMBER, 0, match.start())
    return numbers[first : first + match.group().count(NUMBER)]


def reckoned(form: Form) -> Reckoning:
    """A form computed again, with numbers that may be rounded."""
    exact, (low, high) = form.compute(*(number.value for number in form.operands)), _range(form)
    stated = form.result.value
    if form.turn:  # what is told is how much, and a word tells in which direction
        stated, (low, high) = abs(stated), sorted((form.turn * low, form.turn * high))
    slack = _slack(form.result)
    is_right = low - slack <= stated <= high + slack
    return Reckoning(form.result, form.operands, formula(form.shown, exact, form.result), is_right)


def _slack(result: Number) -> float:
    """How far a result that is written so may lie from the exact one: a share is also cut off, all else is rounded."""
    if result.unit == "%":
        return result.step * _BELOW
    return 0.0 if result.step == WRITTEN_OUT else result.step / 2 * _ABOVE


def formula(shown: str, exact: float, result: Number) -> str:
    """What is computed and what it comes to, in the unit of the number that is stated."""
    return f"{shown} = {_short(exact)}{f' {result.unit}' if result.unit else ''}"


def _range(form: Form) -> tuple[float, float]:
    """The least and the greatest result that numbers which round to the operands can give."""
    spans = [(number.value - _doubt(number), number.value + _doubt(number)) for number in form.operands]
    found = [form.compute(*ends) for ends in product(*spans)]
    return min(found), max(found)


def _doubt(number: Number) -> float:
    """How far the true value may lie from the one that is written."""
    return 0.0 if number.step == WRITTEN_OUT else number.step / 2


def told(number: Number) -> str:
    """A number as a formula shows it."""
    return _short(number.value)


def _short(value: float) -> str:
    """To four digits after the point, without zeros at the end, thousands parted."""
    return f"{round(value, 4):,.4f}".rstrip("0").rstrip(".")
