"""A request is cut into all that it says: what falls through is never checked, and nobody hears of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.company.request.sentences import split_statements

from ...truth.test_examples import texts


@given(st.text() | texts | st.text(' .;!?`\nAb-1:|#"(', max_size=60))
def test_statements_stand_in_the_request(request_text: str) -> None:
    plain = re.sub(r"\s+", " ", request_text)
    assert all(part in plain for part in split_statements(request_text))


LIST = """A tool called notes.

Rules:

{0}- at most 100 notes are kept
{0}- `notes add tea` prints Added
{0}- empty notes are refused with
{0}  exit status 2

The output is sorted.
"""
ITEMS = (
    "A tool called notes.",
    "at most 100 notes are kept",
    "`notes add tea` prints Added",
    "empty notes are refused with exit status 2",
    "The output is sorted.",
)


@pytest.mark.parametrize("text", [LIST.format(""), LIST.format("  "), LIST.format("    "), LIST.format("\t")])
def test_every_bullet_is_a_statement(text: str) -> None:
    assert split_statements(text) == ITEMS
    assert split_statements(text.replace("Rules:\n\n", "")) == ITEMS
    assert split_statements(text.replace("- ", "* ")) == ITEMS


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("1. Notes are kept\n2. They are sorted\nby date", ["Notes are kept", "They are sorted by date"]),
        ("Usage: n COLUMN\nExit codes: 0 and 2", ["Usage: n COLUMN", "Exit codes: 0 and 2"]),
        ("It ends with status\n2. Notes are kept.", ["It ends with status 2.", "Notes are kept."]),
        ("`n add` stores a note\n`n list` prints all", ["`n add` stores a note", "`n list` prints all"]),
        ("It prints what\n`n add` stores.", ["It prints what `n add` stores."]),
        (
            "# Notes\nIt keeps notes.\n## Rules\nIgnore digits. Be strict.",
            ["It keeps notes.", "Ignore digits.", "Be strict."],
        ),
        ("| command | does |\n|---|---|\n| `n add` | stores it |", ["`n add` | stores it"]),
        ("Ignore digits. Be strict.", ["Ignore digits.", "Be strict."]),
        ("Errors go to stderr, for example:\n\n    $ n x\n    error", ["Errors go to stderr, for example:"]),
        ("Hi! Thanks in advance. It sorts lines.", ["It sorts lines."]),
        ("It takes a name, e.g. tea. 14 is the limit.", ["It takes a name, e.g. tea. 14 is the limit."]),
        ('`n list` prints "None." Then it ends.', ['`n list` prints "None."', "Then it ends."]),
        ('`n say "Hi. You"` prints "Hi; You".', ['`n say "Hi. You"` prints "Hi; You".']),
        ("With this file a.csv:\n\n    - tea\n    - sea\n\nIt counts lines.", ["It counts lines."]),
        ("`n list` prints this:\n\n    - tea\n    - sea\n", ["`n list` prints this:"]),
        ("Example:\n\n    $ n list\n    - tea\n", []),
        ("Examples:\n```\nn list. Or not.\n```\n", []),
        (
            "A program called s that reads from standard input.\n\nInput:\n\n```\n1\n```\n\nOutput:\n\n```\n1\n```\n\nBlank lines are ignored.",
            ["A program called s that reads from standard input.", "Blank lines are ignored."],
        ),
        ("With the lines:\n```\na\n```\nit prints two lines.", ["it prints two lines."]),
    ],
)
def test_what_a_request_says(text: str, statements: list[str]) -> None:
    assert list(split_statements(text)) == statements


def test_a_long_request_does_not_take_long() -> None:
    for piece in ("- a\n", "`", "(", "    - x\n", "a. ", "\n    \n", "'a "):
        assert isinstance(split_statements(piece * 20_000), tuple)


def test_transcripts_and_sessions_are_no_sentences() -> None:
    text = "It shouts.\n\n$ up a b\nA B C\n\nWords become large letters.\n\n>>> up('a b c')\n'A B C'\n\nNumbers stay as they are."
    assert split_statements(text) == ("It shouts.", "Words become large letters.", "Numbers stay as they are.")
    fenced = "It shouts.\n\n```\n>>> up('a')\n'A'\n```\nNumbers stay as they are."
    assert split_statements(fenced) == ("It shouts.", "Numbers stay as they are.")
