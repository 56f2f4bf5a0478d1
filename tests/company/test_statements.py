from __future__ import annotations

from macrohard.company.brief import Brief, CommandBrief
from macrohard.company.order import Kind
from macrohard.company.sentences import split_statements
from macrohard.company.statements import error_statements, general_statements, statements_about

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


def test_sentences_and_clauses() -> None:
    assert split_statements(REQUEST) == (
        "A tool called roman for Roman numerals.",
        "`roman to-int X` prints the number;",
        "`roman to-roman N` the numeral.",
        "Output is in capitals.",
        "Invalid input is an error.",
    )


def test_what_sentences_are_about() -> None:
    assert error_statements(BRIEF) == ("Invalid input is an error.",)
    assert general_statements(BRIEF) == ("Output is in capitals.",)
    assert statements_about(BRIEF, TO_INT) == (
        "`roman to-int X` prints the number;",
        "Output is in capitals.",
        "Invalid input is an error.",
    )
