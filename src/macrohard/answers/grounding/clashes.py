"""Hard tests: what a claim says otherwise than the sentence that speaks of the same thing.

Each finds words of the claim, and words of the sentence that cannot be true at the same time. No score is involved.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from macrohard.answers.grounding.quantities import Number
from macrohard.answers.grounding.words import Words

_BETWEEN = 24
"""Characters after a number in which the word stands that it counts."""
_MORE = 2
"""Words of a sentence that says the same as another."""
_PASSIVE = re.compile(r"\b(?:by|par)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clash:
    """Words of a claim against words of a source."""

    start: int
    """In the claim."""
    end: int
    says: str
    """What the source says instead."""
    is_date: bool = False


def clashes(claim: Words, sentence: Words, near: Sequence[Words], computed: Collection[Number] = ()) -> list[Clash]:
    """Numbers, dates and words that exclude each other: what the claim says otherwise than `sentence`; what stands in the
    sentences `near` it does not clash, nor what was `computed` from other numbers of the claim."""
    return [*_numbers(claim, sentence, near, computed), *_dates(claim, sentence, near), *_exclusive(claim, sentence)]


def doubts(claim: Words, sentence: Words) -> list[Clash]:
    """A denial, or two names in the other order: between long sentences this may be about something else in them."""
    return [*_swapped(claim, sentence), *_denied(claim, sentence)]


def _numbers(claim: Words, sentence: Words, near: Sequence[Words], computed: Collection[Number]) -> Iterator[Clash]:
    known = [number for other in near for number in other.numbers]
    used = [other for other in sentence.numbers if any(mine.same(other) for mine in claim.numbers)]
    for mine in claim.numbers:
        if mine in computed or any(mine.same(other) for other in known):
            continue
        kind = _kind(claim, mine)
        rivals = [other for other in sentence.numbers if other not in used and _kind(sentence, other) == kind]
        if kind and rivals:
            yield Clash(mine.start, mine.end, sentence.text[rivals[0].start : rivals[0].end])


def _kind(words: Words, number: Number) -> str:
    """What is counted: the unit, or the stem of the word that follows."""
    if number.unit:
        return number.unit
    after = (word for word in words.content if number.end <= word.start <= number.end + _BETWEEN)
    found = next(after, None)
    return found.stem if found and not found.stem.isdigit() else ""


def _dates(claim: Words, sentence: Words, near: Sequence[Words]) -> Iterator[Clash]:
    known = [date for other in near for date in other.dates]
    for mine in claim.dates:
        rivals = [other for other in sentence.dates if mine.differs(other)]
        if rivals and not any(mine.same(other) for other in known) and len(sentence.dates) == len(claim.dates):
            yield Clash(mine.start, mine.end, sentence.text[rivals[0].start : rivals[0].end], is_date=True)


def _exclusive(claim: Words, sentence: Words) -> Iterator[Clash]:
    for group in claim.language.exclusive:
        for mine in sorted(group & claim.lower - sentence.lower):
            others = sorted(group & sentence.lower - claim.lower)
            found = re.search(rf"\b{re.escape(mine)}\b", claim.text, re.IGNORECASE)
            if others and found:
                yield Clash(*found.span(), others[0])


def _swapped(claim: Words, sentence: Words) -> Iterator[Clash]:
    """Two names in the other order, where no 'by' turns the sentence round."""
    if bool(_PASSIVE.search(claim.text)) != bool(_PASSIVE.search(sentence.text)):
        return
    order = {word.stem: word.start for word in reversed(sentence.content)}
    capital = {word.stem for word in sentence.content if word.is_name}
    names = [word for word in claim.content if word.stem in order and (word.is_name or word.stem in capital)]
    for one, two in pairwise(names):
        here = _between(claim, one.end, two.start)
        if order[one.stem] > order[two.stem] and here & _between(sentence, order[two.stem], order[one.stem]):
            yield Clash(one.start, two.end, "the same names in the other order")


def _between(words: Words, start: int, end: int) -> set[str]:
    """Stems of the words, names left out, that stand between two places."""
    return {word.stem for word in words.content if start <= word.start < end and not word.is_name}


def _denied(claim: Words, sentence: Words) -> Iterator[Clash]:
    if claim.is_negated != sentence.is_negated:
        says = "that it is not so" if sentence.is_negated else "that it is so"
        yield Clash(0, len(claim.text), says)


def alike(claim: Words, sentence: Words) -> bool:
    """Whether the sentence says hardly more than the claim and each denies something that the other speaks of, so that a denial in
    one denies the other: “The old bridge is never closed” does not deny that the bridge is old."""
    same = _touches(claim.denied, sentence) and _touches(sentence.denied, claim)
    return same and len(sentence.content) <= len(claim.content) + _MORE


def _touches(denied: frozenset[str], words: Words) -> bool:
    return not denied or bool(denied & words.stems)
