"""What records answer with yes or no ("outdoor seating: false"), beside what a claim in English says of it.

No verdict comes of it: what it is that a claim denies is told from the words around it, which is not always right. It is one of the
numbers that a probability comes from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from os.path import commonprefix

from macrohard.answers.grounding.words import Words
from macrohard.answers.sources.fields import Field, Record

SAYS = {"true": True, "yes": True, "free": True, "false": False, "no": False, "none": False, "null": None}
_CUT = re.compile(
    r"[;:]|\b(?:but|however|while|although|though|whereas|without|with no)\b"
    r"|\band (?=(?:does|do|is|are|has|have|there|it|they|its|their|the|no)\b)|, (?=(?:there|it|they|its|their|the)\b)",
    re.IGNORECASE,
)
"""Where a claim begins to say something else, so that a denial before does not reach what stands behind."""
_LACKS = re.compile(r"\b(?:lack(?:s|ing)?|unavailable|except)\b", re.IGNORECASE)
"""Denials beside those that every sentence is searched for."""
_LEAST, _MOST = 3, 500
"""Letters of a name that can be looked for, and flags of a source: more are no description of one thing."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A field that says yes or no."""

    name: str
    """Its letters and figures alone, in lower case."""
    is_word: bool
    """Whether it is one word in lower case, which a capital would make the name of something else."""
    says: bool | None
    """None where the field is there and empty."""


def flags_of(records: Iterable[Record]) -> tuple[Flag, ...]:
    """The flags of these records; none with a name that several of them have, since a claim may speak of either."""
    found = [flag for record in records for flag in _of_record(record.fields)]
    names = Counter(flag.name for flag in found)
    own = tuple(flag for flag in found if names[flag.name] == 1 and len(flag.name) >= _LEAST)
    return own if len(own) <= _MOST else ()


@dataclass(frozen=True, slots=True)
class Stances:
    """How many of the flags that a claim names say the same, the opposite, and nothing."""

    agreeing: int
    against: int
    empty: int


def stances(claim: Words, flags: Sequence[Flag]) -> Stances:
    """Of a claim and these flags."""
    clauses = _clauses(claim.text) if flags else []
    said = [(flag.says, not _denies(clause, claim)) for flag in flags for clause in clauses if _names(clause, flag)]
    empty = sum(one is None for one, _ in said)
    agreeing = sum(one is other for one, other in said)
    return Stances(agreeing, len(said) - agreeing - empty, empty)


def _of_record(fields: Sequence[Field]) -> Iterator[Flag]:
    """What all names of a record begin with leads to it, and a first word that names share says nothing of one of them."""
    names = [field.name.split() for field in fields]
    above = len(commonprefix(names)) if len(names) > 1 else 0
    own = [name[above:] for name in names]
    first = Counter(name[0] for name in own if len(name) > 1)
    for field, name in zip(fields, own, strict=True):
        words = name[1:] if len(name) > 1 and first[name[0]] > 1 else name
        value = field.value.strip().lower()
        if words and value in SAYS:
            yield Flag(_bare(" ".join(words)), len(words) == 1 and words[0].islower(), SAYS[value])


def _bare(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


def _clauses(text: str) -> list[str]:
    cuts = [0, *(match.start() for match in _CUT.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]


def _names(clause: str, flag: Flag) -> bool:
    """Whether the name stands in a clause, in one word or in several."""
    return any(
        not (flag.is_word and found.start() and found[0][0].isupper()) for found in _form(flag.name).finditer(clause)
    )


@lru_cache(maxsize=1024)
def _form(name: str) -> re.Pattern[str]:
    letters = r"[\s_-]?".join(map(re.escape, name.removesuffix("s")))
    return re.compile(rf"(?<![^\W_]){letters}(?:e?s)?(?![^\W_])", re.IGNORECASE)


def _denies(clause: str, claim: Words) -> bool:
    return Words(clause, claim.language).is_negated or _LACKS.search(clause) is not None
