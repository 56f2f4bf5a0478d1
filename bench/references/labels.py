"""26-labels."""

from __future__ import annotations

from collections.abc import Sequence

from bench.references import Library


def shorten(text: str, width: int) -> str:
    """The text in at most width characters."""
    if width < 4:
        raise ValueError("width below 4")
    return text if len(text) <= width else text[: width - 3] + "..."


def mask(number: str, keep: int) -> str:
    """The number with all but its last digits starred."""
    if keep < 0:
        raise ValueError("negative keep")
    left = sum(char in "0123456789" for char in number) - keep
    out = ""
    for char in number:
        if char in "0123456789":
            out += "*" if left > 0 else char
            left -= 1
        else:
            out += char
    return out


def common_start(words: Sequence[str]) -> str:
    """The longest beginning that all words share."""
    if not words:
        return ""
    start = words[0]
    while not all(word.startswith(start) for word in words):
        start = start[:-1]
    return start


REFERENCE = Library(
    {"shorten": shorten, "mask": mask, "common_start": common_start},
    [
        "shorten('Garden hose', 11)",
        "shorten('Garden hose', 10)",
        "shorten('Garden hose', 40)",
        "shorten('Garden hose', 4)",
        "shorten('Hoses', 4)",
        "shorten('Hoses', 5)",
        "shorten('a b c d e f', 7)",
        "shorten('a b c d e f', 8)",
        "shorten('  two spaces in front', 9)",
        "shorten('', 4)",
        "shorten('abc', 3)",
        "shorten('abcdef', 3)",
        "shorten('', 0)",
        "shorten('abcdef', -1)",
        "mask('12345678', 3)",
        "mask('12345678', 0)",
        "mask('12345678', 8)",
        "mask('12345678', 20)",
        "mask('12345678', 7)",
        "mask('1234 5678', 5)",
        "mask('DE12 3456', 2)",
        "mask('12-34-AB', 2)",
        "mask('+49 (30) 12345', 4)",
        "mask('no digits', 2)",
        "mask('12 34 ', 0)",
        "mask('', 3)",
        "mask('1111', 1)",
        "mask('12345678', -1)",
        "common_start(['parcel'])",
        "common_start(['parcel', 'parcel'])",
        "common_start(['parcel', 'par'])",
        "common_start(['par', 'parcel', 'park', 'pan'])",
        "common_start(['box', 'parcel'])",
        "common_start(['box', 'bag', 'parcel'])",
        "common_start(['abcd', 'abxd'])",
        "common_start(['Parcel', 'PARCEL'])",
        "common_start(['blue box', 'blue bag'])",
        "common_start(['box', ''])",
        "common_start([])",
        "common_start(['12-345', '12-399', '12-3'])",
    ],
)
