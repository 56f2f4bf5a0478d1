"""What a statement says is cut into what a check can show by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.company.brief import Brief, CommandBrief, FunctionBrief
from macrohard.company.order import Kind
from macrohard.company.request.clause import Need
from macrohard.company.request.clauses import clauses_of
from macrohard.company.request.sentences import split_statements

from ...truth.test_examples import texts

HEAD = "A tool called t. "


def brief_of(request: str, *commands: str, state_file: str | None = None) -> Brief:
    """Of a program called t."""
    listed = tuple(CommandBrief(name=name, purpose="") for name in commands or ("a", "b"))
    return Brief(
        kind=Kind.CLI, name="t", summary="", request=request, commands=listed, state_file=state_file,
        statements=split_statements(request),
    )  # fmt: skip


def needs(request: str, *commands: str, state_file: str | None = None) -> list[tuple[str, str]]:
    """What each clause needs, and its text."""
    return [(item.need.value, item.text) for item in clauses_of(brief_of(request, *commands, state_file=state_file))]


@given(st.text() | texts | st.text(" .,;:`\nandif-1", max_size=80), st.sampled_from([None, "n.json"]))
def test_clauses_stand_in_their_statement(request_text: str, state_file: str | None) -> None:
    for item in clauses_of(brief_of(request_text, state_file=state_file)):
        assert item.text and item.text in item.statement


@pytest.mark.parametrize(
    ("first", "clauses"),
    [
        ("A tool that converts numerals to numbers and back.", [("nothing", "A tool that converts numerals to numbers and back.")]),
        ("A tool for adding, listing and removing notes.", [("nothing", "A tool for adding, listing and removing notes.")]),
        (
            "A tool that counts words, ignoring case, ignoring words of one letter, treating hyphens as spaces.",
            [("nothing", "A tool that counts words"), ("case", "ignoring case"), ("case", "ignoring words of one letter"),
             ("case", "treating hyphens as spaces.")],
        ),
        ("A tool that counts words ignoring case.", [("nothing", "A tool that counts words"), ("case", "ignoring case.")]),
        ("A tool that counts words and ignores digits.", [("nothing", "A tool that counts words"), ("case", "ignores digits.")]),
        ("A tool that makes slugs: lower case, no spaces.", [("nothing", "A tool that makes slugs"), ("case", "lower case, no spaces.")]),
        ("A tool that keeps at most 100 words.", [("case", "A tool that keeps at most 100 words.")]),
        ("Invalid input exits with status 3.", [("error", "Invalid input exits with status 3.")]),
        ("`t a` prints A.", [("call", "`t a` prints A.")]),
    ],
)  # fmt: skip
def test_the_first_sentence_says_more_than_what_the_program_is_for(first: str, clauses: list[tuple[str, str]]) -> None:
    assert needs(first) == clauses


@pytest.mark.parametrize(
    ("said", "clauses"),
    [
        ("`t a 1` prints 1, and with --exact it prints all digits.", [("call", "`t a 1` prints 1"), ("call", "with --exact it prints all digits.")]),
        ('`t a 1` prints "yes" and `t b 1` prints "no", following the calendar.', [("call", '`t a 1` prints "yes" and `t b 1` prints "no"'), ("case", "following the calendar.")]),
        ("`t a 8` prints 12: the first year after it.", [("call", "`t a 8` prints 12"), ("case", "the first year after it.")]),
        ("`t a` prints the lines, numbered from 1, one per line.", [("call", "`t a` prints the lines, numbered from 1, one per line.")]),
        ("`t a` prints the count, ignoring case.", [("call", "`t a` prints the count"), ("case", "ignoring case.")]),
        ("`t a` prints all notes and an empty list prints nothing.", [("call", "`t a` prints all notes"), ("case", "an empty list prints nothing.")]),
        ("`t a` prints the rows and those whose name is short.", [("call", "`t a` prints the rows and those whose name is short.")]),
        ("`t a` prints at most 20 lines.", [("case", "`t a` prints at most 20 lines.")]),
        ('`t a "never"` prints 1.', [("call", '`t a "never"` prints 1.')]),
        ("Duplicates are not an error, they count once.", [("case", "Duplicates are not an error, they count once.")]),
        ("A negative price is an error with status 3 and changes nothing.", [("error", "A negative price is an error with status 3"), ("more", "changes nothing.")]),
        ("A bad word is an error: it prints a message, and it exits with status 3.", [("error", "A bad word is an error: it prints a message, and it exits with status 3.")]),
        ("A bad word exits with status 3, a missing one with status 4.", [("error", "A bad word exits with status 3"), ("error", "a missing one with status 4.")]),
        ("A missing key raises KeyError, a bad one raises TypeError.", [("error", "A missing key raises KeyError"), ("error", "a bad one raises TypeError.")]),
        ("If the list is empty and no file is named, it prints an error.", [("error", "If the list is empty and no file is named, it prints an error.")]),
        ("A bad word fails, an empty one is fine.", [("error", "A bad word fails"), ("case", "an empty one is fine.")]),
        ("A bad word fails with status 3, and nothing is printed.", [("error", "A bad word fails with status 3"), ("more", "nothing is printed.")]),
        ("It exits with the exit status of grep.", [("more", "It exits with the exit status of grep.")]),
        ("Progress is printed on standard error.", [("more", "Progress is printed on standard error.")]),
        ("Use only the standard library.", [("more", "Use only the standard library.")]),
        ("It is called t.", [("nothing", "It is called t.")]),
    ],
)  # fmt: skip
def test_a_statement_says_several_things(said: str, clauses: list[tuple[str, str]]) -> None:
    assert needs(HEAD + said)[1:] == clauses


@pytest.mark.parametrize(
    ("said", "clauses"),
    [
        ("It keeps its notes in the file n.json in the current folder.", [("file", "It keeps its notes in the file n.json in the current folder.")]),
        ("It remembers them by writing its notes to n.json.", [("file", "It remembers them by writing its notes to n.json.")]),
        ("It keeps its notes in n.json, each with a text and a date.", [("file", "It keeps its notes in n.json"), ("more", "each with a text and a date.")]),
        ("If n.json cannot be read, it makes a backup called n.json.bak and exits with status 5.", [("more", "If n.json cannot be read, it makes a backup called n.json.bak and exits with status 5.")]),
        ("Old notes are moved from n.json to old.json.", [("more", "Old notes are moved from n.json to old.json.")]),
    ],
)  # fmt: skip
def test_the_file_in_which_things_are_kept(said: str, clauses: list[tuple[str, str]]) -> None:
    assert needs(HEAD + said, state_file="n.json")[1:] == clauses


def test_statuses_stay_with_what_leads_to_them() -> None:
    found = clauses_of(
        brief_of(
            HEAD + "A bad word exits with status 3 and a missing one with status 4. It exits 0 if good and 1 otherwise."
        )
    )
    assert [item.statuses for item in found[1:]] == [(3,), (4,), (0, 1)]


def test_a_long_statement_does_not_take_long() -> None:
    for piece in (
        ", and x is y",
        " and `a`",
        "exits with 3 if x, ",
        "invalid the list of ",
        "a, b",
        "'t a' prints 1, ",
    ):
        (only,) = [item for item in clauses_of(brief_of(f"{HEAD}It {piece * 5_000}")) if item.need is not Need.NOTHING][
            :1
        ]
        assert only.text in only.statement


def test_functions_of_a_library() -> None:
    request = "A library. f(text: str) -> str turns text around: f('ab') returns 'ba'. Spaces are kept."
    functions = (FunctionBrief(name="f", parameters="text: str", returns="str", purpose=""),)
    brief = brief_of(request).model_copy(update={"kind": Kind.LIBRARY, "functions": functions, "commands": ()})
    assert [item.need for item in clauses_of(brief)] == [Need.NOTHING, Need.CALL, Need.CALL, Need.CASE]


@pytest.mark.parametrize(
    ("said", "clauses"),
    [
        ("Need a scorer called t, keeping the leg in t.json in the current folder.",
         [("nothing", "Need a scorer called t"), ("file", "keeping the leg in t.json in the current folder.")]),
        ("I'd love a tiny tool, `t`, that remembers them in t.json in the current folder.",
         [("file", "I'd love a tiny tool, `t`, that remembers them in t.json in the current folder.")]),
        ("Please make me a command `t` that keeps the loans in t.json in the current folder.",
         [("file", "Please make me a command `t` that keeps the loans in t.json in the current folder.")]),
        ("I need a tool, t, that sorts notes and keeps them in t.json.",
         [("nothing", "I need a tool, t, that sorts notes"), ("file", "keeps them in t.json.")]),
        ("`t a` ignores a text that is in t.json already.", [("more", "`t a` ignores a text that is in t.json already.")]),
        ("`t a` prints yes when tea is in t.json.", [("more", "`t a` prints yes when tea is in t.json.")]),
        ("A tool that sorts, keeping at most nine of them in t.json.",
         [("nothing", "A tool that sorts"), ("more", "keeping at most nine of them in t.json.")]),
    ],
)  # fmt: skip
def test_a_part_of_a_sentence_says_where_things_are_kept(said: str, clauses: list[tuple[str, str]]) -> None:
    assert needs(said, state_file="t.json") == clauses


def test_what_begins_below_something_goes_on() -> None:
    assert needs(f"{HEAD}Below zero, leaving 1 or more is a bust.")[-1][1] == "Below zero, leaving 1 or more is a bust."


@pytest.mark.parametrize(
    ("said", "clauses"),
    [
        (
            "`t a` sells; selling too much is an error with exit status 2 and changes nothing.",
            [("call", "`t a` sells;"), ("error", "selling too much is an error with exit status 2"), ("unchanged", "changes nothing.")],
        ),
        (
            "Selling too much is an error, leaving the file unchanged.",
            [("error", "Selling too much is an error"), ("unchanged", "leaving the file unchanged.")],
        ),
        (
            "Selling too much is an error and the file stays as it was.",
            [("error", "Selling too much is an error"), ("unchanged", "the file stays as it was.")],
        ),
        (
            "Selling too much is an error and changes nothing but the date.",
            [("error", "Selling too much is an error"), ("more", "changes nothing but the date.")],
        ),
        (
            "Selling too much is an error; the file stays as it was.",
            [("error", "Selling too much is an error;"), ("unchanged", "the file stays as it was.")],
        ),
        (
            "On any error, exit 2 and don't touch the file.",
            [("error", "On any error, exit 2"), ("unchanged", "don't touch the file.")],
        ),
        ("Too many darts: message on stderr, exit status 2, file untouched.",
         [("error", "Too many darts: message on stderr, exit status 2, file untouched.")]),
    ],
)  # fmt: skip
def test_an_error_that_changes_nothing(said: str, clauses: list[tuple[str, str]]) -> None:
    assert needs(f"{HEAD}{said}", state_file="t.json")[1:] == clauses
    errors = [item for item in clauses_of(brief_of(HEAD + said, state_file="t.json")) if item.need is Need.ERROR]
    assert [item.unchanged for item in errors] == ["but the date" not in said]


def test_a_library_has_no_files_to_look_at() -> None:
    said = "A key that is not there raises KeyError and changes nothing."
    brief = brief_of(HEAD + said).model_copy(update={"kind": Kind.LIBRARY})
    assert [(item.need, item.unchanged) for item in clauses_of(brief)][1:] == [(Need.ERROR, False), (Need.MORE, False)]
