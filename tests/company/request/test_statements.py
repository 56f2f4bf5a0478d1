from __future__ import annotations

import pytest

from macrohard.company.brief import Brief, CommandBrief
from macrohard.company.order import Kind
from macrohard.company.request.sentences import split_statements
from macrohard.company.request.statements import error_statements, general_statements, named_in, statements_about

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


@pytest.mark.parametrize(
    ("text", "commands", "named"),
    [
        ("`roman to-int X` prints it.", ["to-int", "to-roman"], ("to-int",)),
        ("`to-int X` prints it.", ["to-int", "to-roman"], ("to-int",)),
        ("to-int and roman to-roman", ["to-int", "to-roman"], ("to-roman",)),
        ("`roman purge` removes it.", ["to-int", "to-roman"], ("purge",)),
        ("`printf X | roman to-int` prints it.", ["to-int", "to-roman"], ("to-int",)),
        ("`roman X` prints it.", [""], ("",)),
        ("`cat x | roman` prints it.", [""], ("",)),
        ("Usage: roman NUMERAL", [""], ("",)),
        ("A tool called `roman`.", [""], ()),
        ("roman ignores case.", [""], ()),
    ],
)
def test_commands_that_are_named(text: str, commands: list[str], named: tuple[str, ...]) -> None:
    listed = tuple(CommandBrief(name=name, purpose="") for name in commands)
    assert named_in(BRIEF.model_copy(update={"commands": listed}), text) == named


def test_what_sentences_are_about() -> None:
    assert error_statements(BRIEF) == ("Invalid input is an error.",)
    assert general_statements(BRIEF) == ("Output is in capitals.",)
    assert statements_about(BRIEF, TO_INT) == (
        "`roman to-int X` prints the number;",
        "Output is in capitals.",
        "Invalid input is an error.",
    )
