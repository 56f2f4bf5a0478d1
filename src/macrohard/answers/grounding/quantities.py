"""Numbers and dates in a text, read so that they can be compared: '1.2 million' is 1,200,000, '3 May 2024' is '2024-05-03'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from macrohard.answers.grounding.languages import FRENCH, Language

_DIGITS = re.compile(
    r"(?P<sign>(?<![\w.,)-])[-−])?(?P<money>[$€£¥]\s?)?(?<![\w.,])(?:(?<!\d[–-])|(?=\d{1,2}:\d))"
    r"(?P<digits>\d{1,3}(?:[,.\s\u00a0\u202f]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)?)(?!\d|[.,]\d)"
    r"(?P<after>(?:[\s\u00a0\u202f-]?(?:%|percent\b|per\s+cent\b|pour\s?cent\b|pour-cent\b|[$€£¥]))?)"
)
_HALF = re.compile(r"(?::\d{1,2})?[\s\u00a0\u202f]?([ap])\.?m\b", re.IGNORECASE)
"""Of a day, after the hour."""
_SCALE = re.compile(r"[\s\u00a0\u202f-]?([^\W\d_]+)")
_MONEY_AFTER = re.compile(r"\s?(?:d['’])?(%|percent\b|per\s+cent\b|[$€£¥]|dollars?\b|euros?\b|pounds?\b)")
_CURRENCY = {"$": "$", "€": "€", "£": "£", "¥": "¥", "dollar": "$", "euro": "€", "pound": "£"}
_ISO = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_YEAR = re.compile(r"(?<![\w.,$€£-])(1[5-9]\d\d|20\d\d)(?![\w%]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written."""

    value: float
    step: float
    """The value of one in the last place that is written: two numbers that round to the same are the same."""
    unit: str
    """'%', a currency sign, or ''."""
    start: int
    end: int

    def same(self, other: Number) -> bool:
        """Equal, or `other` is the more exact one and this is it, rounded; a unit that both name must be the same."""
        if self.unit and other.unit and self.unit != other.unit:
            return False
        finer = other.step <= self.step
        return self.value == other.value or (finer and abs(self.value - other.value) <= self.step / 2)


@dataclass(frozen=True, slots=True)
class Date:
    """A day, a month or a year, as exactly as it is written."""

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int

    def same(self, other: Date) -> bool:
        """Everything that this one names, the other names alike."""
        mine, others = (self.year, self.month, self.day), (other.year, other.month, other.day)
        return all(one is None or one == two for one, two in zip(mine, others, strict=True))

    def differs(self, other: Date) -> bool:
        """Something that both name is not alike."""
        mine, others = (self.year, self.month, self.day), (other.year, other.month, other.day)
        return any(None not in (one, two) and one != two for one, two in zip(mine, others, strict=True))


def dates(text: str, language: Language) -> list[Date]:
    """The dates in a text, in their order; a bare year is one."""
    found = [_iso(match) for match in _ISO.finditer(text)]
    found += [
        date for pattern in _patterns(language) for match in pattern.finditer(text) if (date := _named(match, language))
    ]
    kept: list[Date] = []
    for date in sorted(found, key=lambda date: (date.start, -date.end)):
        if not kept or date.start >= kept[-1].end:
            kept.append(date)
    years = [Date(int(match.group()), None, None, *match.span()) for match in _YEAR.finditer(text)]
    kept += [year for year in years if all(year.end <= date.start or year.start >= date.end for date in kept)]
    return sorted(kept, key=lambda date: date.start)


def numbers(text: str, language: Language) -> list[Number]:
    """The numbers in a text that are no part of a date, in their order."""
    taken = [(date.start, date.end) for date in dates(text, language)]
    found = [*_written(text, language), *_spelt(text, language)]
    free = [item for item in found if all(item.end <= start or item.start >= end for start, end in taken)]
    return sorted(free, key=lambda number: number.start)


def _iso(match: re.Match[str]) -> Date:
    year, month, day = map(int, match.groups())
    return Date(year, month, day, *match.span())


@cache
def _patterns(language: Language) -> tuple[re.Pattern[str], ...]:
    months = "|".join(sorted(language.months, key=len, reverse=True))
    month = rf"(?P<month>{months})\b\.?"
    day, year = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er)?", r"(?P<year>1\d{3}|20\d\d)\b"
    forms = (
        rf"\b{day}\s+(?:of\s+)?{month}(?:,?\s+{year})?",
        rf"\b{month}\s+{day}\b(?!\s*%)(?:,?\s+{year})?",
        rf"\b{month},?\s+{year}",
        rf"(?:(?<=\bin )|(?<=\ben )|(?<=\bsince )|(?<=\bdepuis )|(?<=\buntil )){month}",
    )
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


def _named(match: re.Match[str], language: Language) -> Date | None:
    parts = match.groupdict()
    day = int(parts["day"]) if parts.get("day") else None
    year = int(parts["year"]) if parts.get("year") else None
    if day is not None and not 1 <= day <= 31:
        return None
    return Date(year, language.months[parts["month"].lower()], day, *match.span())


def _written(text: str, language: Language) -> Iterator[Number]:
    for match in _DIGITS.finditer(text):
        digits = match.group("digits")
        value, step = _value(digits, language)
        end, unit = match.end(), (match.group("money") or "").strip()
        after = re.sub(r"[\s-]+", "", match.group("after"))
        half = _HALF.match(text, match.end("digits"))
        if half and 1 <= value <= 12 and text[match.start() - 1 : match.start()] != ":":
            value = value % 12 + (12 if half.group(1) in "pP" else 0)
        elif after:
            unit = after if after in "$€£¥" else "%"
        else:
            scale = _SCALE.match(text, end)
            factor = language.scales.get(scale.group(1).lower()) if scale else None
            if scale and factor and not _is_letter_of(scale.group(1), text, unit):
                value, step, end = value * factor, step * factor, scale.end()
            if named := _MONEY_AFTER.match(text, end):
                word = named.group(1).lower().rstrip("s")
                unit, end = _CURRENCY.get(word, "%"), named.end()
        sign = -1 if match.group("sign") else 1
        yield Number(sign * value, step, unit, match.start(), end)


def _is_letter_of(word: str, text: str, unit: str) -> bool:
    """True for a letter that is no scale: '5 m' are metres; '$5m' are millions."""
    return len(word) == 1 and not unit


def _value(digits: str, language: Language) -> tuple[float, float]:
    """The value and what one in the last place is worth; a comma before three digits parts thousands, in French decimals."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", digits)
    parts = re.split(r"[.,]", bare)
    marks = re.findall(r"[.,]", bare)
    decimal = "," if language is FRENCH else "."
    if len(parts) == 1:
        return float(bare), 1.0
    grouped = all(len(part) == 3 for part in parts[1:-1]) and len(parts[0]) <= 3
    if len(parts[-1]) == 3 and len(set(marks)) == 1 and grouped and (len(marks) > 1 or marks[0] != decimal):
        return float("".join(parts)), 1.0
    return float("".join(parts[:-1]) + "." + parts[-1]), 10.0 ** -len(parts[-1])


def _spelt(text: str, language: Language) -> Iterator[Number]:
    for match in _spellings(language).finditer(text):
        words = re.split(r"[\s-]+", match.group().lower())
        value = sum(language.numbers[word] for word in words if word in language.numbers)
        step = 1.0
        for word in words:
            if word not in language.numbers:
                value, step = value * language.scales[word], step * language.scales[word]
        yield Number(float(value), step, "", *match.span())


@cache
def _spellings(language: Language) -> re.Pattern[str]:
    words = "|".join(sorted(language.numbers, key=len, reverse=True))
    scales = "|".join(sorted((word for word in language.scales if len(word) > 2), key=len, reverse=True))
    return re.compile(rf"\b(?:{words})(?:[-\s](?:{words}))?(?:\s(?:{scales}))?\b", re.IGNORECASE)
