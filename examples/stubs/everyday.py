"""Ten everyday functions, to be filled in by `macrohard implement examples/stubs/everyday.py --out FILE`."""

from __future__ import annotations


def is_palindrome(text: str) -> bool:
    """Tell whether a text reads the same backwards, ignoring case and everything that is not a letter or digit.

    >>> is_palindrome("A man, a plan, a canal: Panama")
    True
    >>> is_palindrome("hello")
    False
    """
    raise NotImplementedError


def word_counts(text: str) -> dict[str, int]:
    """Count how often each word occurs; words are runs of letters, compared in lower case.

    >>> word_counts("The cat and the dog.")
    {'the': 2, 'cat': 1, 'and': 1, 'dog': 1}
    """
    raise NotImplementedError


def flatten(nested: list[object]) -> list[object]:
    """Flatten lists within lists, however deep, from left to right.

    >>> flatten([1, [2, [3, 4]], [], 5])
    [1, 2, 3, 4, 5]
    """
    raise NotImplementedError


def chunks(values: list[int], size: int) -> list[list[int]]:
    """Split a list into pieces of the given size; the last piece may be shorter.

    Raises ValueError when the size is less than 1.

    >>> chunks([1, 2, 3, 4, 5], 2)
    [[1, 2], [3, 4], [5]]
    >>> chunks([], 3)
    []
    """
    raise NotImplementedError


def caesar(text: str, shift: int) -> str:
    """Shift every letter of the alphabet by `shift` places, keeping case and leaving all else as it is.

    >>> caesar("Hello, World", 3)
    'Khoor, Zruog'
    >>> caesar("abc", -1)
    'zab'
    """
    raise NotImplementedError


def prime_factors(number: int) -> list[int]:
    """Return the prime factors of a number greater than 1, in ascending order and as often as they occur.

    >>> prime_factors(60)
    [2, 2, 3, 5]
    >>> prime_factors(13)
    [13]
    """
    raise NotImplementedError


def transpose(matrix: list[list[int]]) -> list[list[int]]:
    """Turn rows into columns; all rows have the same length.

    >>> transpose([[1, 2, 3], [4, 5, 6]])
    [[1, 4], [2, 5], [3, 6]]
    >>> transpose([])
    []
    """
    raise NotImplementedError


def run_length(text: str) -> list[tuple[str, int]]:
    """Encode a text as runs: each character with how many times it stands in a row.

    >>> run_length("aaabcc")
    [('a', 3), ('b', 1), ('c', 2)]
    >>> run_length("")
    []
    """
    raise NotImplementedError


def seconds_to_clock(seconds: int) -> str:
    """Write a number of seconds as hours, minutes and seconds, minutes and seconds with two digits.

    >>> seconds_to_clock(3661)
    '1:01:01'
    >>> seconds_to_clock(59)
    '0:00:59'
    """
    raise NotImplementedError


def merge_sorted(first: list[int], second: list[int]) -> list[int]:
    """Merge two lists that are sorted in ascending order into one sorted list.

    >>> merge_sorted([1, 3, 5], [2, 3, 6])
    [1, 2, 3, 3, 5, 6]
    """
    raise NotImplementedError
