from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from macrohard.company.brief import Brief, CommandBrief
from macrohard.company.order import Kind
from macrohard.company.statements import error_statements, general_statements, split_statements, statements_about

from ..truth.test_examples import texts

REQUEST = (
    "A tool called roman for Roman numerals. `roman to-int X` prints the number; `roman to-roman N` the numeral. "
    "Output is in capitals. Invalid input is an error.\n\nExample:\n\n    $ roman to-int X\n    10\n"
)
TO_INT = CommandBrief(name="to-int", purpose="")
BRIEF = Brief(
    kind=Kind.CLI,
    name="roman",
    summary="",
    request=REQUEST,
    commands=(TO_INT, CommandBrief(name="to-roman", purpose="")),
    statements=split_statements(REQUEST),
)


@given(st.text() | texts | st.text(" .;!?`\nAb", max_size=60))
def test_statements_stand_in_the_request(request_text: str) -> None:
    plain = re.sub(r"\s+", " ", request_text)
    assert all(part in plain for part in split_statements(request_text))


def test_transcripts_and_sessions_are_no_sentences() -> None:
    text = "It shouts.\n\n$ up a b\nA B C\n\nWords become large letters.\n\n>>> up('a b c')\n'A B C'\n\nNumbers stay as they are."
    assert split_statements(text) == ("Words become large letters.", "Numbers stay as they are.")


def test_sentences_and_clauses() -> None:
    assert split_statements(REQUEST) == (
        "A tool called roman for Roman numerals.",
        "`roman to-int X` prints the number;",
        "`roman to-roman N` the numeral.",
        "Output is in capitals.",
        "Invalid input is an error.",
    )


def test_a_block_ends_a_sentence() -> None:
    assert split_statements("With the lines:\n```\na\n```\nit prints two lines.") == ("it prints two lines.",)


def test_what_sentences_are_about() -> None:
    assert error_statements(BRIEF) == ("Invalid input is an error.",)
    assert general_statements(BRIEF) == ("Output is in capitals.",)
    assert statements_about(BRIEF, TO_INT) == (
        "`roman to-int X` prints the number;",
        "Output is in capitals.",
        "Invalid input is an error.",
    )
