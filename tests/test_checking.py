"""Statements about delivered programs, true and falsified."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.checking import falsified, tried, verified_claims
from macrohard.sandbox import open_sandbox

from .answers.repositories import repository

README = """# greet

## Verified

- C01: `greet Ada` prints `Hello, Ada!`
- C02: `greet a b` prints an error and exits with status 2 (a check of the tester)
- C03: `greet` ends without a traceback for `'?'`, `''` and `7`

## Unverified

- C04: `greet Bob` prints `Hi`
"""


def test_the_verified_claims_of_a_readme() -> None:
    assert list(verified_claims(README)) == [
        "`greet Ada` prints `Hello, Ada!`",
        "`greet a b` prints an error and exits with status 2",
        "`greet` ends without a traceback for `'?'`, `''` and `7`",
    ]


@pytest.mark.parametrize(
    ("claim", "false"),
    [
        ("`a 1` prints `Hello!`", "`a 1` prints `Hell7!`"),
        ("`a 1` prints `17`", "`a 1` prints `18`"),
        ("`a 1` prints an error and exits with status 2", "`a 1` prints an error and exits with status 3"),
        ("`a` crashes on none of 7 odd inputs", ""),
    ],
)
def test_one_thing_is_falsified(claim: str, false: str) -> None:
    assert falsified(claim) == false


def test_true_and_false_statements_of_one_program(tmp_path: Path) -> None:
    assert tried(repository(tmp_path, {"README.md": README}), open_sandbox()) == {
        "claims": 3, "read": 2, "true_supported": 2, "false": 2, "false_caught": 2, "missed": [],
    }  # fmt: skip
