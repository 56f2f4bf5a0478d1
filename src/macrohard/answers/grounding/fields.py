"""A claim against the record that it speaks of, field by field: prose tests would take a row for a sentence.

A record is spoken of where a claim names one of its values; a field, where it names it. What the claim then says of the field
stands there or does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from macrohard.answers.grounding.clashes import Clash
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
    if len(meant) != 1:
        return None
    (record,) = meant
    names = {field.name: words_of(field.name, claim.language) for field in record.fields}
    found = (clash for field in record.fields if (clash := _differs(claim, field, names, records)))
    return next(found, None)


def _meant(claim: Words, records: Sequence[Record]) -> list[Record]:
    """The records of which a claim names the most values that are words; those come first whose field it does not name, since
    of a field that it names it may say what is wrong."""
    counts = [(record, _named(claim, record)) for record in records]
    most = max((count for _, count in counts), default=(0, 0))
    return [record for record, count in counts if count == most] if any(most) else []


def _named(claim: Words, record: Record) -> tuple[int, int]:
    """How many of its values the claim names, of fields that it does not name and of others."""
    named = [field for field in record.fields if _is_named(claim, field)]
    asked = sum(words_of(field.name, claim.language).stems <= claim.stems for field in named)
    return len(named) - asked, asked


def _is_named(claim: Words, field: Field) -> bool:
    """Whether all words of its value stand in the claim; figures alone name nothing."""
    value = words_of(field.value, claim.language)
    return bool(value.content) and not value.numbers and not value.dates and value.stems <= claim.stems


def _differs(claim: Words, field: Field, names: Mapping[str, Words], records: Sequence[Record]) -> FieldClash | None:
    """A field that the claim names, and of which it says something else."""
    if not _is_asked(claim, names[field.name], names) or _is_named(claim, field):
        return None
    value = words_of(field.value, claim.language)
    if value.numbers:
        return _other_number(claim, field, value, names)
    return _other_word(claim, field, records)


def _is_asked(claim: Words, name: Words, names: Mapping[str, Words]) -> bool:
    """Whether a claim names this field and none with more of its words."""
    if not name.stems or not name.stems <= claim.stems:
        return False
    return not any(name.stems < other.stems <= claim.stems for other in names.values())


def _other_number(claim: Words, field: Field, value: Words, names: Mapping[str, Words]) -> FieldClash | None:
    """The only number of the claim, where it is another one than that of the field, in no other unit."""
    asked = sum(_is_asked(claim, name, names) for name in names.values())
    if len(claim.numbers) != 1 or len(value.numbers) != 1 or asked != 1:
        return None
    (mine,), (other,) = claim.numbers, value.numbers
    if mine.same(other) or not _comparable(mine, other):
        return None
    return FieldClash(field, Clash(mine.start, mine.end, field.value))


def _comparable(mine: Number, other: Number) -> bool:
    return not mine.unit or not other.unit or mine.unit == other.unit


def _other_word(claim: Words, field: Field, records: Sequence[Record]) -> FieldClash | None:
    """A value that other records have in this field, and the claim gives to this one."""
    others = {other.value for record in records for other in record.fields if other.name == field.name} - {field.value}
    given = [
        value
        for value in sorted(others)
        if (words := words_of(value, claim.language)).content and words.stems <= claim.stems
    ]
    spans = [span for value in given for span in _spans(claim, value)]
    return FieldClash(field, Clash(*spans[0], field.value)) if len(given) == 1 and spans else None


def _spans(claim: Words, value: str) -> Iterator[tuple[int, int]]:
    stems = words_of(value, claim.language).stems
    inside = [word for word in claim.content if word.stem in stems]
    if inside:
        yield inside[0].start, inside[-1].end
