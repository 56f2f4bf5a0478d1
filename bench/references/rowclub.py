"""37-rowclub."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bench.references import Library

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXY"


def check_letter(digits: str) -> str:
    if not re.fullmatch(r"[0-9]{5}", digits):
        raise ValueError(f"not five digits: {digits!r}")
    return LETTERS[sum(weight * int(digit) for weight, digit in zip((6, 5, 4, 3, 2), digits, strict=True)) % 23]


def member_number(n: int) -> str:
    if not 1 <= n <= 99999:
        raise ValueError(f"not from 1 to 99999: {n}")
    digits = f"{n:05d}"
    return f"RC-{digits}-{check_letter(digits)}"


def is_valid(text: str) -> bool:
    found = re.fullmatch(r"RC-([0-9]{5})-([A-Z])", text)
    return found is not None and check_letter(found[1]) == found[2]


def tidy(text: str) -> str:
    plain = text.replace(" ", "").replace("-", "").upper()
    tidied = f"{plain[:2]}-{plain[2:7]}-{plain[7:]}"
    if not is_valid(tidied):
        raise ValueError(f"not a member number: {text!r}")
    return tidied


FUNCTIONS: Mapping[str, Callable[..., object]] = {
    "check_letter": check_letter,
    "member_number": member_number,
    "is_valid": is_valid,
    "tidy": tidy,
}

REFERENCE = Library(
    FUNCTIONS,
    [
        "check_letter('04817')",
        "check_letter('00001')",
        "check_letter('10000')",
        "check_letter('99999')",
        "check_letter('12345')",
        "check_letter('50210')",
        "check_letter('00013')",
        "check_letter('4817')",
        "check_letter('004817')",
        "check_letter('0481A')",
        "check_letter('')",
        "check_letter('-4817')",
        "member_number(12)",
        "member_number(1)",
        "member_number(4817)",
        "member_number(99999)",
        "member_number(20406)",
        "member_number(0)",
        "member_number(100000)",
        "member_number(-5)",
        "is_valid('RC-04817-B')",
        "is_valid('RC-04817-A')",
        "is_valid('RC-00012-H')",
        "is_valid('RC-00021-H')",
        "is_valid('rc-04817-A')",
        "is_valid('RC-04817-a')",
        "is_valid('RC04817A')",
        "is_valid('RC-4817-A')",
        "is_valid(' RC-04817-A')",
        "is_valid('RD-04817-A')",
        "is_valid('')",
        "tidy(' rc 048 17a')",
        "tidy('RC-00012-H')",
        "tidy('rc00012h')",
        "tidy('r-c-0-0-0-1-2-h')",
        "tidy('Rc - 00012 - h')",
        "tidy('rc-04817-b')",
        "tidy('04817a')",
        "tidy('rc 4817 a')",
        "tidy('rc_00012_h')",
    ],
)
