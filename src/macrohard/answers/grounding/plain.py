"""Whether a claim says of a record no more than it can say: no bound, no denial, no change and no condition hides in its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macrohard.answers.grounding.languages import FRENCH
from macrohard.answers.grounding.words import Words

_TOKEN = re.compile(r"[^\W_]+")
_ENGLISH = "a an the of in on at is are was were has have had with it its this that there and for as s"
_FRENCH = "le la les l un une des du de d est sont était étaient fut a ont avait avaient et en dans à au aux avec ce c il elle y"
_NEUTRAL = {True: frozenset(_FRENCH.split()), False: frozenset(_ENGLISH.split())}
"""Words that change nothing, in French and in English."""
_MEASURES = (
    "g gram grams kg kilogram kilograms ton tons tonne tonnes km kilometre kilometres kilometer kilometers m metre metres meter meters cm mm "
    "l litre litres liter liters mile miles foot feet inch inches year years month months day days hour hours minute minutes second seconds "
    "people inhabitants point points star stars gramme grammes kilogramme kilogrammes mètre mètres heure heures jour jours mois an ans "
    "habitants étoile étoiles"
)
_UNITS = frozenset(_MEASURES.split())
"""Words that may stand behind a figure."""


def is_plain(claim: Words, known: frozenset[str]) -> bool:
    """Whether each word of a claim has one of the `known` stems, is a figure with its unit or changes nothing."""
    return not claim.is_negated and all(
        _is_unit(claim, found) or _is_known(claim, found, known) for found in _telling(claim)
    )


def _telling(claim: Words) -> Iterator[re.Match[str]]:
    """The words of a claim that may change something, figures left out."""
    neutral, spans = _NEUTRAL[claim.language is FRENCH], _figures(claim)
    for found in _TOKEN.finditer(claim.text):
        is_figure = any(start <= found.start() < end for start, end in spans)
        if found.group().lower() not in neutral and not is_figure:
            yield found


def _is_unit(claim: Words, found: re.Match[str]) -> bool:
    is_behind = any(end <= found.start() <= end + 1 for _, end in _figures(claim))
    return is_behind and found.group().lower() in _UNITS


def _is_known(claim: Words, found: re.Match[str], known: frozenset[str]) -> bool:
    return any(word.stem in known for word in claim.content if word.start <= found.start() < word.end)


def _figures(claim: Words) -> list[tuple[int, int]]:
    numbers = [(number.start, number.end) for number in claim.numbers]
    return numbers + [(date.start, date.end) for date in claim.dates]
