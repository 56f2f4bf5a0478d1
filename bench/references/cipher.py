"""10-cipher."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence

from bench.references import Command, Kept, Refused, Session


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    """Letters are shifted round the alphabet, case is kept, everything else stays."""
    if words[0] == "atbash":
        return "".join(map(_mirrored, words[1]))
    if words[0] == "rot13":
        return _shifted(words[1], 13)
    if not re.fullmatch(r"[+-]?\d+", words[1]):
        raise Refused(words[1])
    return _shifted(words[2], int(words[1]) * (1 if words[0] == "caesar-encode" else -1))


def _shifted(text: str, shift: int) -> str:
    return "".join(_moved(letter, shift) for letter in text)


def _moved(letter: str, shift: int) -> str:
    for alphabet in (string.ascii_lowercase, string.ascii_uppercase):
        if letter in alphabet:
            return alphabet[(alphabet.index(letter) + shift) % 26]
    return letter


def _mirrored(letter: str) -> str:
    for alphabet in (string.ascii_lowercase, string.ascii_uppercase):
        if letter in alphabet:
            return alphabet[25 - alphabet.index(letter)]
    return letter


_TEXTS = ("'Hello, World'", "abc", "XYZ", "'abc XYZ'", "'a1 b2!'", "Zebra", "z")
REFERENCE = Command(
    run,
    [
        *(Session([f"caesar-encode {shift} {text}"]) for shift in (3, 0, 13, 25, 26, 29) for text in _TEXTS),
        *(Session([f"caesar-decode {shift} {text}"]) for shift in (3, 1, 25, 30) for text in _TEXTS),
        Session(["caesar-decode 3 'Khoor, Zruog'"]),
        *(Session([f"{name} {text}"]) for name in ("atbash", "rot13") for text in _TEXTS),
        *(Session([f"{name} {shift} abc"]) for name in ("caesar-encode", "caesar-decode") for shift in ("x", "1.5")),
    ],
)
