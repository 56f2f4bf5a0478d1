"""A claim against the record that it speaks of, field by field: prose tests would take a row for a sentence.

A record is spoken of where a claim names one of its values; a field, where it names it. What the claim then says of the field
stands there or does not. What is denied, compared or said to change is left open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from macrohard.answers.grounding.clashes import Clash
from macrohard.answers.grounding.naming import Figure, Named, is_named
from macrohard.answers.grounding.quantities import Number
from macrohard.answers.grounding.words import Words, words_of
from macrohard.answers.sources.fields import Field, Record


@dataclass(frozen=True, slots=True)
class FieldClash:
    """A field that says otherwise."""

    field: Field
    clash: Clash


def field_clash(claim: Words, records: Sequence[Record]) -> FieldClash | None:
    """What the one record that a claim speaks of says otherwise; None where several could be meant or nothing is said."""
    meant = _meant(claim, records)
    if len(meant) != 1 or claim.is_negated:
        return None
    named = Named(claim, meant[0])
    if named.is_told_in_prose:
        return None
    found = (clash for field, _ in named.asked if (clash := _differs(named, field, records)))
    return next(found, None)


def _meant(claim: Words, records: Sequence[Record]) -> list[Record]:
    """The records of which a claim names the most values that are words; those come first whose field it does not name, since
    of a field that it names it may say what is wrong."""
    counts = [(record, _named(claim, record)) for record in records]
    most = max((count for _, count in counts), default=(0, 0))
    return [record for record, count in counts if count == most] if any(most) else []


def _named(claim: Words, record: Record) -> tuple[int, int]:
    """How many of its values the claim names, of fields that it does not name and of others."""
    named = [field for field in record.fields if is_named(field.value, claim)]
    asked = sum(words_of(field.name, claim.language).stems <= claim.stems for field in named)
    return len(named) - asked, asked


def _differs(named: Named, field: Field, records: Sequence[Record]) -> FieldClash | None:
    """A field that the claim names, and of which it says something else."""
    if is_named(field.value, named.claim):
        return None
    value = named.value(field)
    if value.numbers or value.dates:
        return _other_figure(named, field, value)
    return _other_word(named, field, records)


def _other_figure(named: Named, field: Field, value: Words) -> FieldClash | None:
    """The only figure of a plain claim, but for dates that tell the record apart, where it is another one than that of the field."""
    wrong = [name for other, name in named.asked if not is_named(other.value, named.claim)]
    others: list[Figure] = [*value.numbers, *value.dates]
    mine = named.figures
    if len(mine) > 1:
        mine = [figure for figure in mine if isinstance(figure, Number) or not named.is_told(figure, [field])]
    if len(mine) != 1 or len(others) != 1 or len(wrong) != 1 or not named.is_plain():
        return None
    if not _excludes(mine[0], others[0]):
        return None
    return FieldClash(field, Clash(mine[0].start, mine[0].end, field.value))


def _excludes(mine: Figure, other: Figure) -> bool:
    """Whether only one of two figures of the same kind can be so; a share of something is no amount."""
    if isinstance(mine, Number) and isinstance(other, Number):
        units = {mine.unit, other.unit}
        return not mine.same(other) and (len(units) == 1 or units <= {"", mine.unit or other.unit} and "%" not in units)
    return not isinstance(mine, Number) and not isinstance(other, Number) and mine.differs(other)


def _other_word(named: Named, field: Field, records: Sequence[Record]) -> FieldClash | None:
    """A value that other records have in this field, and a plain claim gives to this one."""
    claim = named.claim
    others = {other.value for record in records for other in record.fields if other.name == field.name} - {field.value}
    given = [
        value
        for value in sorted(others)
        if (words := words_of(value, claim.language)).content and words.stems <= claim.stems
    ]
    spans = [span for value in given for span in _spans(claim, value)]
    if len(given) != 1 or not spans or not named.is_plain(frozenset(words_of(given[0], claim.language).stems)):
        return None
    return FieldClash(field, Clash(*spans[0], field.value))


def _spans(claim: Words, value: str) -> Iterator[tuple[int, int]]:
    stems = words_of(value, claim.language).stems
    inside = [word for word in claim.content if word.stem in stems]
    if inside:
        yield inside[0].start, inside[-1].end
