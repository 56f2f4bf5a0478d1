"""03-temp."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.references import Command, Kept, Refused, Session


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    """Each scale has its own absolute zero."""
    command, text = words
    try:
        value = float(text)
    except ValueError as error:
        raise Refused(text) from error
    if value < (-273.15 if command == "c-to-f" else -459.67):
        raise Refused(text)
    return f"{round(value * 9 / 5 + 32 if command == 'c-to-f' else (value - 32) * 5 / 9, 1):.1f}"


_SHARED = ("100", "0", "32", "-40", "37", "212", "98.6", "12.3", "-100", "-273", "1000")
REFERENCE = Command(
    run,
    [
        *(Session([f"{command} {value}"]) for command in ("c-to-f", "f-to-c") for value in _SHARED),
        *(Session([f"c-to-f {value}"]) for value in ("-273.15", "-273.16", "-274", "-300", "-459", "warm")),
        *(Session([f"f-to-c {value}"]) for value in ("-274", "-300", "-459", "-459.68", "-460", "-500", "cold")),
    ],
)
