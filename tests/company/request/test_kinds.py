from __future__ import annotations

import pytest

from macrohard.company.order import Kind
from macrohard.company.request.kinds import guess_kind
from macrohard.truth.examples import find_examples

from ..programs import ROMAN_REQUEST


@pytest.mark.parametrize(
    ("request_text", "kind"),
    [
        ("A tool that prints the day of the week. It must use only the standard library.", Kind.CLI),
        ("A command-line tool called parcel that tracks packages. `parcel add CODE` stores a package.", Kind.CLI),
        ("A command line program that evaluates functions such as sin(x), read from standard input.", Kind.CLI),
        ("A small CLI to-do list. The main function is to add tasks; exit status 1 on errors.", Kind.CLI),
        ("Write a function that adds.", Kind.LIBRARY),
        ("A Python library for shapes, with no third-party packages.", Kind.LIBRARY),
        ("A library to parse command lines: `split('a b')` returns ['a', 'b'].", Kind.LIBRARY),
        (ROMAN_REQUEST, Kind.CLI),
        ("A Python library for shapes", Kind.LIBRARY),
        ("A tool. f(1) returns 2.", Kind.LIBRARY),
        ("A function library. `tool a` prints B.", Kind.CLI),
        ("A command-line program for the sequence where F(0) = 0 and F(1) = 1.", Kind.CLI),
        ("Counts words.", Kind.CLI),
    ],
)
def test_the_kind_is_what_is_ordered_and_not_what_is_used(request_text: str, kind: Kind) -> None:
    assert guess_kind(request_text, find_examples(request_text)) is kind
