"""Whether a record that has all words of a claim says it: each figure stands in the field of which the claim tells it."""

from __future__ import annotations

import re

from macrohard.answers.grounding.flags import SAYS, flags_of, stances
from macrohard.answers.grounding.naming import Figure, Named, is_among, is_prose
from macrohard.answers.grounding.words import Word, Words
from macrohard.answers.sources.fields import Field, Record

_TURNS = re.compile(
    r"\b(?:between|than|at least|at most|above|below|beyond|exceed\w*|higher|lower|greater|larger|smaller|cheaper|approximately|nearly|almost|"
    r"maximum|minimum|twice|double|half|will|would|could|may|might|should|if|unless|rose|ris(?:en|es|ing)|gr(?:ew|ow\w*)|fell|fall\w*|"
    r"increas\w*|decreas\w*|drop\w*|chang\w*|"
    r"entre|environ|presque|peut|pourrait|serait|sera|si|dépass\w+|augment\w+|baiss\w+|moitié)\b",
    re.IGNORECASE,
)
"""Words that make something else of the figures in a sentence: bounds, changes, guesses."""
_BEFORE = re.compile(
    r"\b(?:over|under|about|around|roughly|some|by|up to|more|less|fewer|most|plus de|moins de|près de|jusqu['’]à|de plus de)\W*$",
    re.IGNORECASE,
)
"""The same of one that follows at once."""


def is_upheld(claim: Words, record: Record) -> bool:
    """Whether nothing in the fields of a record speaks against what its words seem to say."""
    named, flags = Named(claim, record), stances(claim, flags_of([record]))
    is_open = flags.against or flags.empty or _is_denied(named) or _is_turned(named)
    return not is_open and _is_given(named) and _is_in_order(named)


def _is_denied(named: Named) -> bool:
    """Whether the claim denies something, and no text in the record does."""
    texts = [named.value(field) for field, _ in named.fields]
    return named.claim.is_negated and not any(is_prose(text) and text.is_negated for text in texts)


def _is_turned(named: Named) -> bool:
    """Whether the claim makes something else of its figures, and the record does not say so itself."""
    said = {word for field, _ in named.fields for word in _undated(named.value(field)).lower().split()}
    text = _undated(named.claim)
    turns = [found.group() for found in _TURNS.finditer(text)]
    turns += [found.group() for figure in named.figures if (found := _BEFORE.search(text[: figure.start]))]
    return bool(named.figures) and not said.issuperset(word for turn in turns for word in turn.lower().split())


def _undated(words: Words) -> str:
    """A text with blanks for its dates: May is a month."""
    text = words.text
    for date in words.dates:
        text = text[: date.start] + " " * (date.end - date.start) + text[date.end :]
    return text


def _is_given(named: Named) -> bool:
    """Whether the claim tells something of the value of each field that it names."""
    return all(_tells(named, field) for field, _ in named.asked)


def _tells(named: Named, field: Field) -> bool:
    value = named.value(field)
    if SAYS.get(field.value.strip().lower()) or is_prose(value):
        return True
    if value.numbers or value.dates:
        return any(is_among(figure, value) for figure in named.figures)
    return bool(value.stems & named.claim.stems)


def _is_in_order(named: Named) -> bool:
    """Whether as many figures as fields stand each with its own, those side by side first: "4 rooms and 20 stars" does not say "20
    rooms and 4 stars"."""
    asked = [(_place(named.claim, name), field) for field, name in named.asked if _has_figures(named, field)]
    asked.sort(key=lambda item: item[0].start)
    figures = [item for item in named.figures if any(is_among(item, named.value(field)) for _, field in asked)]
    if len(figures) != len(asked):
        return True
    for word, field in list(asked):
        beside = [
            item for item in figures if _is_beside(named.claim, item, word) and is_among(item, named.value(field))
        ]
        if beside:
            figures.remove(beside[0])
            asked.remove((word, field))
    return all(is_among(figure, named.value(field)) for figure, (_, field) in zip(figures, asked, strict=True))


def _is_beside(claim: Words, figure: Figure, word: Word) -> bool:
    """Whether nothing stands between a figure and the name of a field."""
    start, end = sorted([(figure.start, figure.end), (word.start, word.end)])
    return not claim.text[start[1] : end[0]].strip()


def _has_figures(named: Named, field: Field) -> bool:
    value = named.value(field)
    return bool(value.numbers or value.dates) and not is_prose(value)


def _place(claim: Words, name: Words) -> Word:
    """Where a claim names a field first, the last of its words."""
    first = {word.stem: word for word in reversed(claim.content)}
    return max((first[stem] for stem in name.stems), key=lambda word: word.start)
