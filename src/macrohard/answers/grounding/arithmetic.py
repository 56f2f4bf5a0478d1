"""Arithmetic in a sentence, computed again: "from 80 to 120, a rise of 50 %" needs no source to be right or wrong.

Only forms that leave no doubt about what is computed from what are read. A number counts as exact when it is written out
in full, else as anything that rounds to it; only a result that no such numbers can give is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from macrohard.answers.grounding.equations import equations
from macrohard.answers.grounding.quantities import Number
from macrohard.answers.grounding.reckoning import Form, Reckoning, masked, named, reckoned, told
from macrohard.answers.grounding.words import Words

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
_OTHER = re.compile(r"\s(?:of|de|des|du)\b", re.IGNORECASE)
"""What a change in percent may be of, besides the first number."""
_SHARE = re.compile(
    r"\x00(?:\s[^\W\d]{2,20})?\s(?:out\sof|of|sur)\s(?:the\s|all\s|les\s)?\x00(?:\s(?P<base>[^\x00.;:!?,(]{1,30}?))?"
    r"\s?(?:\(|,\sor\s|,\si\.e\.,?\s|,\ssoit\s|\sor\s|\ssoit\s)\x00",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(
    r"(?:\s(?:of|de|des)(?:\s(?:the|all|les|tous\sles))*\s(?P<base>[^\x00.;:!?,()]{1,30}?))?\s?(?:[.;:!?,)–—]|$)",
    re.IGNORECASE,
)
"""What stands behind a share: the end of what is said of it, or what it is a share of."""
_LOOSE = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|some|over|under|more than|less than|at least|up to|environ|près de|presque|"
    r"plus de|moins de|au moins|quelque)\W*$",
    re.IGNORECASE,
)
_DOUBTED = re.compile(
    r"\b(?:false|wrong\w*|untrue|incorrect\w*|mistake\b|mistaken\w*|in error|erroneous\w*|myth|instead|rather|den(?:y|ies|ied|ying)|doubts?|"
    r"unless|if|suppos\w+|would|faux|fausse\w*|par erreur|erroné\w*|mythe|nie|doute|si)\b"
    r"|(?:\bnot|n['’]t|\bpas)\s(?:true|right|correct|so|hold|the\scase|vrai|juste|exact)",
    re.IGNORECASE,
)
"""Where a sentence may say, before a computation or behind it, that it is not so."""


@lru_cache(maxsize=64)
def reckonings(claim: Words) -> tuple[Reckoning, ...]:
    """All numbers of a sentence that follow from others in it; left out are those that are only 'about' so much, and those that
    may be denied. Every source that a sentence is held against asks for them."""
    text, numbers = masked(claim), claim.numbers
    found = [*map(reckoned, _changes(text, numbers)), *map(reckoned, _shares(text, numbers)), *equations(text, numbers)]
    is_plain = not _DOUBTED.search(claim.text)
    return tuple(item for item in found if is_plain and not _is_loose(claim, item))


def _is_loose(claim: Words, item: Reckoning) -> bool:
    """Whether it is only 'about' so much, or something before it is denied."""
    start = min(number.start for number in (*item.operands, item.result))
    is_denied = Words(claim.text[:start], claim.language).is_negated
    return is_denied or _LOOSE.search(claim.text[: item.result.start]) is not None


def _changes(masked: str, numbers: list[Number]) -> Iterator[Form]:
    """'from 80 to 120, a rise of 50 %', and the change in the same unit: 'from 80 to 120, a rise of 40'."""
    for last, pattern in enumerate(_CHANGES):
        for match in pattern.finditer(masked):
            first, second, third = named(match, numbers)
            before, after, change = (first, second, third) if last == 0 else (second, third, first)
            turn = 1 if match.group("up") else -1
            if change.unit == "%" and before.unit != "%" and before.value > 0:
                if last == 1 or not _OTHER.match(masked, match.end()):
                    shown = f"({told(after)} − {told(before)}) ÷ {told(before)}"
                    yield Form((before, after), change, _relative, shown, turn)
            elif change.unit == before.unit == after.unit != "%":
                shown = f"{told(after)} − {told(before)}"
                yield Form((before, after), change, lambda one, two: two - one, shown, turn)


def _relative(before: float, after: float) -> float:
    return 100 * (after - before) / before


def _shares(masked: str, numbers: list[Number]) -> Iterator[Form]:
    """'30 of 120 pupils (25 %)'."""
    for match in _SHARE.finditer(masked):
        part, whole, share = named(match, numbers)
        is_share = share.unit == "%" and "%" not in (part.unit, whole.unit) and whole.value > 0
        if is_share and _is_of_the_same(match):
            yield Form((part, whole), share, lambda one, two: 100 * one / two, f"{told(part)} ÷ {told(whole)}")


def _is_of_the_same(match: re.Match[str]) -> bool:
    """Whether nothing behind a share names what it is a share of, or the very thing that was counted: of 12 of 30 seats,
    '40 %' and '40 % of the seats', and not '45 % of the votes' nor '45 % more'."""
    behind = _SHARE_OF.match(match.string, match.end())
    if behind is None:
        return False
    base = (behind.group("base") or "").lower()
    return not base or base in {"them", "eux", (match.group("base") or "").lower()}
