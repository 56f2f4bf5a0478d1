"""What a claim names of a record: its values, its fields, and the figures that it gives of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from os.path import commonprefix

from macrohard.answers.grounding.plain import is_plain
from macrohard.answers.grounding.quantities import Date, Number
from macrohard.answers.grounding.words import Words, words_of
from macrohard.answers.sources.fields import Field, Record

Figure = Number | Date
_PROSE = 8
"""Words that carry meaning from which a value is a text of its own, which says more than its field."""


@dataclass(frozen=True)
class Named:
    """A claim beside a record."""

    claim: Words
    record: Record

    @cached_property
    def fields(self) -> list[tuple[Field, Words]]:
        """Each field with its own name: what all names of the record begin with leads to it."""
        names = [field.name.split() for field in self.record.fields]
        above = len(commonprefix(names)) if len(names) > 1 else 0
        own = [" ".join(name[above:] or name) for name in names]
        return [
            (field, words_of(name, self.claim.language)) for field, name in zip(self.record.fields, own, strict=True)
        ]

    @cached_property
    def asked(self) -> list[tuple[Field, Words]]:
        """The fields that the claim names, none of another's with more of its words."""
        known = [name.stems for _, name in self.fields if name.stems and name.stems <= self.claim.stems]
        return [
            (field, name)
            for field, name in self.fields
            if name.stems in known and not any(name.stems < other for other in known)
        ]

    @cached_property
    def figures(self) -> list[Figure]:
        """The numbers and dates of the claim that are no part of the name of a field, in their order."""
        stems = set[str]().union(*(name.stems for _, name in self.asked))
        found: list[Figure] = [*self.claim.numbers, *self.claim.dates]
        own = [item for item in found if self.claim.text[item.start : item.end].lower() not in stems]
        return sorted(own, key=lambda item: item.start)

    def value(self, field: Field) -> Words:
        """The value of a field, taken apart."""
        return words_of(field.value, self.claim.language)

    def _full(self, field: Field) -> Words:
        return words_of(field.name, self.claim.language)

    def is_told(self, figure: Figure, but: Sequence[Field] = ()) -> bool:
        """Whether a figure stands in the value of a field, those of `but` left out."""
        return any(is_among(figure, self.value(field)) for field, _ in self.fields if field not in but)

    @cached_property
    def is_told_in_prose(self) -> bool:
        """Whether a figure of the claim stands in a value that is a text of its own."""
        texts = [self.value(field) for field, _ in self.fields if is_prose(self.value(field))]
        return any(is_among(figure, text) for figure in self.figures for text in texts)

    def is_plain(self, given: frozenset[str] = frozenset()) -> bool:
        """Whether the claim has no word but those of the record, of what it gives itself, and such as change nothing."""
        said = [self._full(field).stems | self.value(field).stems for field, _ in self.fields]
        return is_plain(self.claim, given.union(*said))


def is_among(figure: Figure, value: Words) -> bool:
    """Whether a figure is one of a value, maybe more exact there."""
    if isinstance(figure, Number):
        return any(figure.same(other) for other in value.numbers)
    return any(figure.same(other) for other in value.dates)


def is_prose(value: Words) -> bool:
    """Whether a value is a text of its own."""
    return len(value.content) >= _PROSE


def is_named(value: str, claim: Words) -> bool:
    """Whether all words of a value stand in the claim; figures alone name nothing."""
    words = words_of(value, claim.language)
    return bool(words.content) and not words.numbers and not words.dates and words.stems <= claim.stems
