"""38-seats."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bench.references import Library


def _seat(text: str) -> tuple[str, int]:
    if not re.fullmatch(r"[A-Z][1-9][0-9]*", text):
        raise ValueError(f"not a seat: {text!r}")
    return text[0], int(text[1:])


def expand(text: str) -> list[str]:
    seats: list[str] = []
    for part in text.split(","):
        first, dash, last = part.partition("-")
        row, start = _seat(first)
        end_row, end = _seat(last) if dash else (row, start)
        if row != end_row or end < start:
            raise ValueError(f"not a range: {part!r}")
        seats.extend(f"{row}{number}" for number in range(start, end + 1))
    return seats


def compact(seats: Sequence[str]) -> str:
    runs: list[list[tuple[str, int]]] = []
    for row, number in sorted({_seat(seat) for seat in seats}):
        if runs and runs[-1][-1] == (row, number - 1):
            runs[-1].append((row, number))
        else:
            runs.append([(row, number)])
    parts: list[str] = []
    for run in runs:
        names = [f"{row}{number}" for row, number in run]
        parts.extend([f"{names[0]}-{names[-1]}"] if len(names) > 2 else names)
    return ",".join(parts)


def block(row: str, size: int, taken: Sequence[str], n: int) -> str | None:
    for start in range(1, size - n + 2):
        if not any(f"{row}{number}" in taken for number in range(start, start + n)):
            return f"{row}{start}"
    return None


REFERENCE = Library(
    {"expand": expand, "compact": compact, "block": block},
    [
        "expand('A9-A11,C2')",
        "expand('B7')",
        "expand('A1-A4,B2')",
        "expand('C2,A9-A11')",
        "expand('Z99-Z101')",
        "expand('B2,B1,A5-A6')",
        "expand('D1-D2,D4-D5')",
        "expand('A4-A1')",
        "expand('A1-B3')",
        "expand('a1')",
        "expand('A0')",
        "expand('A01')",
        "expand('12')",
        "expand('A1,,A3')",
        "expand('AB3')",
        "compact(['B2', 'A3', 'A1', 'B3', 'A2'])",
        "compact(['A1'])",
        "compact(['A2', 'A1'])",
        "compact(['A10', 'A9', 'A11'])",
        "compact(['A10', 'A2'])",
        "compact(['C1', 'A1', 'B1'])",
        "compact(['A1', 'A1', 'A2'])",
        "compact(['A3', 'A1', 'A2', 'A3', 'A1'])",
        "compact(['A1', 'A2', 'A3', 'A5', 'A6', 'A7', 'A8', 'A10'])",
        "compact(['A8', 'A9', 'B10', 'B11', 'B12'])",
        "compact(['A1', 'A3', 'A5'])",
        "compact(['A1', 'A0'])",
        "compact(['A1', 'seven'])",
        "compact(['A1-A3'])",
        "block('C', 8, ['C2', 'D4', 'C6'], 3)",
        "block('C', 8, ['C2', 'C5'], 4)",
        "block('A', 10, [], 10)",
        "block('A', 10, [], 11)",
        "block('A', 10, [], 1)",
        "block('B', 6, ['B1', 'B2', 'B3'], 3)",
        "block('B', 6, ['A1', 'A2', 'C3'], 6)",
        "block('B', 12, ['B1', 'B5', 'B10'], 4)",
        "block('B', 3, ['B1', 'B2', 'B3'], 1)",
        "block('E', 12, ['E3', 'E11'], 2)",
    ],
)
