"""05-leap."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bench.references import Command, Kept, Refused, Session


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    """The Gregorian rule, for years from 1."""
    command, text = words
    if not re.fullmatch(r"\d+", text) or int(text) < 1:
        raise Refused(text)
    year = int(text)
    if command == "check":
        return "yes" if _leap(year) else "no"
    return str(next(later for later in range(year + 1, year + 9) if _leap(later)))


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


_YEARS = ("2024", "1900", "2000", "2023", "2025", "2100", "2400", "1", "4", "1999", "1896", "2096", "1600")
_WRONG = ("0", "-4", "1.5", "x", "''", "20x4")
REFERENCE = Command(run, [Session([f"{name} {year}"]) for name in ("check", "next") for year in (*_YEARS, *_WRONG)])
