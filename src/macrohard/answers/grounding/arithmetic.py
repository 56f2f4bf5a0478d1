"""Arithmetic in a sentence, computed again: "from 80 to 120, a rise of 50 %" needs no source to be right or wrong.

Only forms that leave no doubt about what is computed from what are read. A number counts as exact when it is written out
in full, else as anything that rounds to it; only a result that no such numbers can give is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from macrohard.answers.grounding.quantities import Number
from macrohard.answers.grounding.words import Words

_NUMBER = "\x00"
"""Stands for each number while the forms are looked for."""
_GAP = r"[^\x00.;:!?]"
_UP = r"(?:ris(?:e|es|en|ing)|rose|increas\w*|gr(?:ew|own?|owth|owing)|gain\w*|jump\w*|climb\w*|up|hausse|augment\w*|croissance|progress\w*|bond\w*|grimp\w*)"
_DOWN = r"(?:fall\w*|fell|drop\w*|declin\w*|decreas\w*|down|loss|shr[aiu]nk\w*|reduc\w*|baiss\w*|recul\w*|chut\w*|diminu\w*|réduction|repli)"
_TURN = rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b"
_FROM_TO = rf"\b(?:from|de)\s\x00{_GAP}{{0,30}}?\s(?:to|à)\s\x00"
_AFTER = r"[^\x00.;:!?,(–—]{0,24}(?:[,(–—]\s?(?:or\s|soit\s|which\sis\s)?(?:(?:an?|une?|en)\s)?(?:[^\W\d]+\s)?)"
"""A unit, then a comma or bracket: what follows is about the change, and not something else in the sentence."""
_CHANGES = (
    re.compile(rf"{_FROM_TO}{_AFTER}{_TURN}(?:\sby|\sof|\sde|\sd['’])?{_GAP}{{0,16}}?\x00", re.IGNORECASE),
    re.compile(rf"{_TURN}(?:\sby|\sof|\sde)?\s\x00{_GAP}{{0,24}}?,?\s{_FROM_TO}", re.IGNORECASE),
)
_SHARE = re.compile(
    r"\x00(?:\s[^\W\d]{2,20})?\s(?:out\sof|of|sur)\s(?:the\s|all\s|les\s)?\x00(?:\s[^\x00.;:!?,(]{1,30}?)?"
    r"\s?(?:\(|,\sor\s|,\si\.e\.,?\s|,\ssoit\s|\sor\s|\ssoit\s)\x00",
    re.IGNORECASE,
)
_EQUATION = re.compile(
    r"\x00\s?(?P<sign>[-+−–*x×/÷]|plus|minus|times|divided\sby|moins|fois|divisé\spar)\s?\x00"
    r"\s?(?:=|equals|is|makes|égale?|font|fait)\s?\x00",
    re.IGNORECASE,
)
_PORTION = re.compile(
    r"\x00\s(?:of|de)\s\x00(?:\s[^\W\d]{2,20})?\s(?:=|equals|is|makes|égale?|font|fait)\s\x00", re.IGNORECASE
)
_SIGNS: dict[str, tuple[str, Callable[[float, float], float]]] = {
    sign: (shown, compute)
    for signs, shown, compute in (
        ("+ plus", "+", lambda one, two: one + two),
        ("- − – minus moins", "−", lambda one, two: one - two),
        ("* x × times fois", "×", lambda one, two: one * two),
        ("/ ÷ divided_by divisé_par", "÷", lambda one, two: one / two),
    )
    for sign in signs.split()
}
_LOOSE = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|some|over|under|more than|less than|at least|up to|environ|près de|presque|"
    r"plus de|moins de|au moins|quelque)\W*$",
    re.IGNORECASE,
)
_WRITTEN_OUT = 1.0


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A number of a sentence that follows from others in it."""

    result: Number
    operands: tuple[Number, ...]
    formula: str
    """Such as '(120 − 80) ÷ 80 = 50 %'."""
    is_right: bool


@dataclass(frozen=True, slots=True)
class _Form:
    """What is computed: from which numbers, how, and how it is shown."""

    operands: tuple[Number, ...]
    result: Number
    compute: Callable[..., float]
    shown: str
    turn: int = 0
    """1 where the sentence says that it grew, -1 where it shrank."""


@lru_cache(maxsize=64)
def reckonings(claim: Words) -> tuple[Reckoning, ...]:
    """All numbers of a sentence that follow from others in it; those that are only 'about' so much are left out. Every source
    that a sentence is held against asks for them."""
    masked, found = _masked(claim)
    forms = [*_changes(masked, found), *_shares(masked, found), *_equations(masked, found)]
    return tuple(_reckoned(form) for form in forms if not _LOOSE.search(claim.text[: form.result.start]))


def _masked(claim: Words) -> tuple[str, list[Number]]:
    """The sentence with one sign for each number, and the numbers."""
    masked, at = "", 0
    for number in claim.numbers:
        masked += claim.text[at : number.start] + _NUMBER
        at = number.end
    return masked + claim.text[at:], claim.numbers


def _named(match: re.Match[str], numbers: list[Number]) -> list[Number]:
    """The numbers within a match."""
    first = match.string.count(_NUMBER, 0, match.start())
    return numbers[first : first + match.group().count(_NUMBER)]


def _changes(masked: str, numbers: list[Number]) -> Iterator[_Form]:
    """'from 80 to 120, a rise of 50 %', and the change in the same unit: 'from 80 to 120, a rise of 40'."""
    for last, pattern in enumerate(_CHANGES):
        for match in pattern.finditer(masked):
            first, second, third = _named(match, numbers)
            before, after, change = (first, second, third) if last == 0 else (second, third, first)
            turn = 1 if match.group("up") else -1
            if change.unit == "%" and before.unit != "%" and before.value > 0:
                yield _Form(
                    (before, after), change, _relative, f"({_told(after)} − {_told(before)}) ÷ {_told(before)}", turn
                )
            elif change.unit == before.unit == after.unit != "%":
                yield _Form(
                    (before, after), change, lambda one, two: two - one, f"{_told(after)} − {_told(before)}", turn
                )


def _relative(before: float, after: float) -> float:
    return 100 * (after - before) / before


def _shares(masked: str, numbers: list[Number]) -> Iterator[_Form]:
    """'30 of 120 pupils (25 %)', '25 % of 120 is 30'."""
    for match in _SHARE.finditer(masked):
        part, whole, share = _named(match, numbers)
        if share.unit == "%" and "%" not in (part.unit, whole.unit) and whole.value > 0:
            yield _Form((part, whole), share, lambda one, two: 100 * one / two, f"{_told(part)} ÷ {_told(whole)}")
    for match in _PORTION.finditer(masked):
        share, whole, part = _named(match, numbers)
        if share.unit == "%" and "%" not in (part.unit, whole.unit):
            yield _Form((share, whole), part, lambda one, two: one * two / 100, f"{_told(share)} % × {_told(whole)}")


def _equations(masked: str, numbers: list[Number]) -> Iterator[_Form]:
    """'12 + 30 = 42', also in words."""
    for match in _EQUATION.finditer(masked):
        one, two, result = _named(match, numbers)
        sign, compute = _SIGNS["_".join(match.group("sign").lower().split())]
        if "%" not in (one.unit, two.unit) and not (sign == "÷" and two.value == 0):
            yield _Form((one, two), result, compute, f"{_told(one)} {sign} {_told(two)}")


def _reckoned(form: _Form) -> Reckoning:
    exact, (low, high) = form.compute(*(number.value for number in form.operands)), _range(form)
    stated = form.result.value
    if form.turn:  # what is told is how much, and a word tells in which direction
        stated, (low, high) = abs(stated), sorted((form.turn * low, form.turn * high))
    slack = form.result.step if form.result.unit == "%" or form.result.step != _WRITTEN_OUT else 0.0
    unit = f" {form.result.unit}" if form.result.unit else ""
    is_right = low - slack <= stated <= high + slack
    return Reckoning(form.result, form.operands, f"{form.shown} = {_short(exact)}{unit}", is_right)


def _range(form: _Form) -> tuple[float, float]:
    """The least and the greatest result that numbers which round to the operands can give."""
    spans = [(number.value - _doubt(number), number.value + _doubt(number)) for number in form.operands]
    found = [form.compute(*ends) for ends in product(*spans)]
    return min(found), max(found)


def _doubt(number: Number) -> float:
    """How far the true value may lie from the one that is written."""
    return 0.0 if number.step == _WRITTEN_OUT else number.step / 2


def _told(number: Number) -> str:
    return _short(number.value)


def _short(value: float) -> str:
    """To four digits after the point, without zeros at the end, thousands parted."""
    return f"{round(value, 4):,.4f}".rstrip("0").rstrip(".")
