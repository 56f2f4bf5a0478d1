"""Equations in a sentence: "2 × 3 + 4 = 10", computed whole, products before sums, or not read at all."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from macrohard.answers.grounding.quantities import Number
from macrohard.answers.grounding.reckoning import WRITTEN_OUT, Form, Reckoning, formula, named, reckoned, told

_SIGNS = {
    sign: shown
    for signs, shown in (
        ("+ plus", "+"),
        ("- − – minus moins", "−"),
        ("* x × times fois", "×"),
        ("/ ÷ divided_by divisé_par", "÷"),
    )
    for sign in signs.split()
}
_SIGN = r"(?:[-+−–*x×/÷]|plus|minus|times|divided\sby|moins|fois|divisé\spar)"
_IS = r"(?:=|equals|is|makes|égale?|font|fait)"
_BEFORE = re.compile(
    rf"(?:[-+−–*×/÷^√!=≠<>%)\]²³]|\x00(?:\s?(?!(?:and|or|but|so|et|ou)\b)[^\W\d_]{{1,3}})?|\b(?:{_SIGN}|of|de|des|twice|double|half))\s?$",
    re.IGNORECASE,
)
"""Where it is the end of a longer one, or a part of the number: "x + 2 + 3", "1 1/2", "the square of 3 plus 4"."""
_BEHIND = re.compile(
    rf"\s?(?:{_SIGN}\s?(?:[\x00(√\d]|[^\W\d_]\b)|[\^√!=≠<>²³\x00])|[^\W\d_]\b|\(",
    re.IGNORECASE,
)
"""Where its right side goes on."""
_OTHERWISE_COUNTED = re.compile(
    r"\b(?:mod|modulo|binary|binaire|octal|hex\w*|base|clock|o['’]clock|horloge)\b", re.IGNORECASE
)
_EQUATION = re.compile(rf"\x00(?:\s?{_SIGN}\s?\x00)+\s?{_IS}\s?\x00", re.IGNORECASE)
_PORTION = re.compile(rf"\x00\s(?:of|de)\s\x00(?:\s[^\W\d]{{2,20}})?\s{_IS}\s\x00", re.IGNORECASE)
_JOINED = re.compile(rf"\x00\s?({_SIGN})\s?(?=\x00)", re.IGNORECASE)
_MOST, _LARGEST = 12, 1e15
"""Numbers of an equation, and the value of one, at most: all is computed exactly."""
_EACH = {
    "+": Fraction.__add__,
    "−": Fraction.__sub__,
    "×": Fraction.__mul__,
    "÷": Fraction.__truediv__,
}


def equations(masked: str, numbers: list[Number]) -> Iterator[Reckoning]:
    """'12 + 30 = 42', also in words; '25 % of 120 is 30'."""
    if _OTHERWISE_COUNTED.search(masked):
        return
    for match in filter(_is_whole, _EQUATION.finditer(masked)):
        *operands, result = named(match, numbers)
        if len(operands) > _MOST or not all(map(_is_of_daily_size, (*operands, result))):
            continue
        units = {number.unit for number in (*operands, result)} - {""}
        signs = [sign.lower() for sign in _JOINED.findall(match.group())]
        if "%" not in units and len(units) < 2 and not _is_spoken_both_ways(signs):
            yield from _computed(operands, result, [_SIGNS["_".join(sign.split())] for sign in signs])
    for match in filter(_is_whole, _PORTION.finditer(masked)):
        share, whole, part = named(match, numbers)
        if share.unit == "%" and "%" not in (part.unit, whole.unit):
            shown = f"{told(share)} % × {told(whole)}"
            yield reckoned(Form((share, whole), part, lambda one, two: one * two / 100, shown))


def _is_of_daily_size(number: Number) -> bool:
    return number.step >= 1 / _LARGEST and abs(number.value) <= _LARGEST


def _is_whole(match: re.Match[str]) -> bool:
    """Whether it neither is the end of another computation nor goes on."""
    return not _BEFORE.search(match.string[: match.start()]) and not _BEHIND.match(match.string, match.end())


def _is_spoken_both_ways(signs: Sequence[str]) -> bool:
    """Whether words tell sums and products, which nobody hears as they are written: "two plus three times four"."""
    return (
        any(sign.isalpha() and sign != "x" for sign in signs)
        and len({_SIGNS["_".join(sign.split())] in "×÷" for sign in signs}) > 1
    )


def _computed(operands: Sequence[Number], result: Number, signs: Sequence[str]) -> Iterator[Reckoning]:
    """What a chain comes to; nothing where it cannot be computed, or where only the whole part of its result is stated."""
    steps = list(zip(signs, operands[1:], strict=True))
    shown = " ".join([told(operands[0]), *(f"{sign} {told(number)}" for sign, number in steps)])
    if any(sign == "÷" and not number.value for sign, number in steps):
        return
    if any(number.step > WRITTEN_OUT for number in (*operands, result)):
        yield reckoned(Form(tuple(operands), result, lambda *values: float(_value(values, signs)), shown))
        return
    exact = _value([number.value for number in operands], signs)
    is_near, is_exact = _rounds_to(exact, result), Fraction(str(result.value)) == exact
    if is_exact or not is_near or result.step < WRITTEN_OUT:
        yield Reckoning(result, tuple(operands), formula(shown, float(exact), result), is_near)


def _value(values: Sequence[float], signs: Sequence[str]) -> Fraction:
    """Products and quotients first, each from left to right."""
    exact = [Fraction(str(value)) for value in values]
    terms, between = [exact[0]], list[str]()
    for sign, value in zip(signs, exact[1:], strict=True):
        if sign in "×÷":
            terms[-1] = _EACH[sign](terms[-1], value)
        else:
            terms.append(value)
            between.append(sign)
    total = terms[0]
    for sign, term in zip(between, terms[1:], strict=True):
        total = _EACH[sign](total, term)
    return total


def _rounds_to(exact: Fraction, stated: Number) -> bool:
    """Whether it is what is stated once it is rounded to as many decimals, halves away from zero or to the even digit."""
    step = Fraction(str(stated.step))
    places, whole = exact / step, Fraction(str(stated.value)) / step
    away = math.floor(abs(places) + Fraction(1, 2)) * (1 if places >= 0 else -1)
    return whole in (round(places), away)
