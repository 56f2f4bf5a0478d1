"""An error shows a clause only when it is the error that the clause speaks of: what the argument parser refuses seldom is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from macrohard.company.brief import Argument, ArgumentType, Brief, CommandBrief
from macrohard.company.order import Kind
from macrohard.company.request.sentences import split_statements
from macrohard.company.users.covering import shown_in_part, uncovered
from macrohard.company.users.house import house_checks
from macrohard.truth import PROGRAM, Check, Claim, Expectation, Run, Source, Step, Verdict

Words = Sequence[str]
FILES = {"people.csv": "name,city,age\nAnn,Paris,31\nBob,Rome,25\n"}
FILE, NAME = Argument(name="file", type=ArgumentType.FILE), Argument(name="name")
QUANTITY, AMOUNT = (
    Argument(name="quantity", type=ArgumentType.INTEGER),
    Argument(name="amount", type=ArgumentType.NUMBER),
)
NUMBER = Argument(name="number", type=ArgumentType.INTEGER)
TABLES = {
    "columns": [FILE], "rows": [FILE], "column": [FILE, NAME], "sum": [FILE, NAME],
    "top": [FILE, NAME, Argument(name="count", type=ArgumentType.INTEGER)], "where": [FILE, NAME, Argument(name="value")],
}  # fmt: skip
STOCK = {
    "add": [NAME, QUANTITY, Argument(name="price", type=ArgumentType.NUMBER)], "receive": [NAME, QUANTITY],
    "sell": [NAME, QUANTITY], "list": [], "low": [Argument(name="threshold", type=ArgumentType.INTEGER)],
}  # fmt: skip
EXPENSES = {"add": [AMOUNT, Argument(name="category")], "total": []}
TODO = {"add": [Argument(name="task")], "list": [], "done": [NUMBER]}
ROMAN = {"to-int": [Argument(name="numeral")], "to-roman": [NUMBER]}
CIPHER = {"encode": [Argument(name="shift", type=ArgumentType.INTEGER), NAME], "rot13": [NAME]}
BANK = {"deposit": [AMOUNT], "withdraw": [AMOUNT]}


def brief_of(said: str, commands: dict[str, list[Argument]], state: bool = False) -> Brief:
    request = f"A tool called t. {said}"
    made = tuple(CommandBrief(name=name, purpose="", arguments=tuple(items)) for name, items in commands.items())
    more: dict[str, Any] = {"state_file": "t.json" if state else None, "statements": split_statements(request)}
    return Brief(kind=Kind.CLI, name="t", summary="", request=request, commands=made, **more)


def failing(said: str | None, *calls: str, source: Source = Source.TESTER) -> Check:
    """The last of these calls is an error, behind the others, which end well."""
    steps = [Step(argv=(PROGRAM, *call.split()), expect=Expectation(stdout="")) for call in calls]
    steps[-1] = steps[-1].model_copy(update={"expect": Expectation(exit_status=2, error_message=True)})
    return Check(id="", statement="", source=source, quotation=said, files=FILES, steps=tuple(steps))


def claims_of(checks: Sequence[Check]) -> list[Claim]:
    more: dict[str, Any] = {"id": "", "statement": "", "subject": "t", "maker": "", "verdict": Verdict.VERIFIED}
    return [Claim(**more, evidence=(Run.model_construct(check=item, failure=""),)) for item in checks]


def is_shown(brief: Brief, *checks: Check) -> bool:
    """Whether these checks, the rules of the house and its odd inputs show all that is said."""
    return not uncovered(brief, claims_of([*checks, *house_checks(brief, checks), *odd(brief)]))


def odd(brief: Brief) -> list[Check]:
    """Some ends in an error, some does not: nobody says which."""
    calls = [failing(None, f"{item.name} x").steps[0] for item in brief.commands]
    any_end = [step.model_copy(update={"expect": Expectation(exit_status=None)}) for step in calls]
    return [Check(id="", statement="", source=Source.HOST, steps=(step,)) for step in any_end]


COLUMN = "An unknown column is an error with exit status 2."


def test_a_known_column_shows_nothing_of_unknown_ones() -> None:
    """The argument parser refuses 2.5, and a function -1: the column is there."""
    brief = brief_of(COLUMN, TABLES)
    others = [failing(COLUMN, f"{call} people.csv nose") for call in ("column", "sum")]
    others.append(failing(COLUMN, "where people.csv nose Rome"))
    assert not is_shown(brief, failing(COLUMN, "top people.csv age 2.5"))
    for count, shown in (("age 2.5", False), ("age -1", False), ("nose 2.5", False), ("nose 2", True)):
        assert is_shown(brief, *others, failing(COLUMN, f"top people.csv {count}")) is shown, count


def test_each_command_that_takes_a_name_must_refuse_an_unknown_one() -> None:
    """`columns` and `rows` take none, and a missing file is no unknown column; the report says which are left."""
    brief = brief_of(COLUMN, TABLES)
    one = failing(COLUMN, "column people.csv nose")
    assert not is_shown(brief, one)
    assert shown_in_part(brief, claims_of([one])) == {COLUMN: ["sum", "top", "where"]}
    assert shown_in_part(brief, claims_of([failing(COLUMN, "top people.csv age 2.5")])) == {}


MORE = "Selling more than there is is an error with exit status 2."


@pytest.mark.parametrize(
    ("calls", "shown"),
    [
        (["sell apple 11"], False),
        (["sell apple 10.5"], False),
        (["add apple 10 0.50", "sell apple 10.5"], False),
        (["add pear 11 0.50", "sell apple 11"], False),
        (["add apple 10 0.50", "sell apple 11"], True),
        (["add apple 10 0.50", "sell apple 4", "sell apple 7"], True),
    ],
)
def test_more_than_there_is_is_shown_where_something_is(calls: list[str], shown: bool) -> None:
    """Else the item is unknown, and nobody looks at how much there is."""
    assert is_shown(brief_of(MORE, STOCK, state=True), failing(MORE, *calls)) is shown


@pytest.mark.parametrize(
    ("said", "alone"),
    [
        ("Withdrawing more than the balance is an error.", False),
        ("Insufficient funds are an error.", False),
        ("A withdrawal larger than the balance is an error.", False),
        ("An amount that exceeds what is left is an error.", False),
        ("Withdrawing more than 100 is an error.", True),
        ("Withdrawing more than fifty is an error.", True),
        ("An amount larger than the limit is an error.", True),
    ],
)
def test_an_amount_alone_is_compared_with_any_before(said: str, alone: bool) -> None:
    brief = brief_of(said, BANK, state=True)
    own = [failing(said, "deposit 5", "deposit 500")]
    assert is_shown(brief, *own, failing(said, "withdraw 500")) is alone
    assert is_shown(brief, *own, failing(said, "deposit 5", "withdraw 500"))


ITEM = "An unknown item is an error with exit status 2."


def test_an_unknown_item_is_shown_by_what_takes_items() -> None:
    """`low` takes a number, `list` takes nothing, and `add` takes what is unknown."""
    brief = brief_of(ITEM, STOCK, state=True)
    sells, receives = failing(ITEM, "sell kiwi 1"), failing(ITEM, "receive kiwi 1")
    assert not is_shown(brief, failing(ITEM, "low noname"))
    assert not is_shown(brief, sells, failing(ITEM, "low noname"))
    assert is_shown(brief, sells, receives)
    assert not is_shown(brief, failing(ITEM, "add kiwi 1 0.50", "sell kiwi 2"), receives), "it is known"


def test_a_word_that_is_taken_for_an_option_shows_no_negative_amount() -> None:
    said = "A negative amount is an error with exit status 2."
    brief = brief_of(said, EXPENSES, state=True)
    assert not is_shown(brief, failing(said, "add 12.50 -food"))
    assert is_shown(brief, failing(said, "add -12.50 food"))


def test_what_an_error_leaves_unchanged_is_not_shown_by_the_argument_parser() -> None:
    said = "Selling a wrong item is an error and changes nothing."
    brief = brief_of(said, STOCK, state=True)
    clause = "Selling a wrong item is an error"
    for call, shown in (("sell apple 1.5", False), ("sell kiwi 1", True)):
        item = failing(clause, "add apple 3 0.50", call)
        last = item.steps[-1]
        looks = last.model_copy(update={"expect": last.expect.model_copy(update={"unchanged": True})})
        assert is_shown(brief, item.model_copy(update={"steps": (*item.steps[:-1], looks)})) is shown


@pytest.mark.parametrize(
    ("said", "commands", "calls"),
    [
        ("Invalid input prints an error and exits with status 2.", ROMAN, ["to-int VOO", "to-roman x"]),
        ("Invalid input prints an error and exits with status 2.", ROMAN, ["to-int VOO"]),
        ("Errors exit with status 2.", ROMAN, ["to-int VOO"]),
        ("On errors it prints a message and exits with status 2.", ROMAN, ["to-int VOO", "to-roman"]),
        ("A number that does not exist is an error with exit status 2.", TODO, ["done 2"]),
        ("A shift that is not a whole number is an error with exit status 2.", CIPHER, ["encode 2.5 x"]),
        ("Words instead of numbers are an error.", CIPHER, ["encode x y"]),
        ("Non-numeric input is an error.", CIPHER, ["encode x y"]),
        ("An invalid shift is an error.", CIPHER, ["encode x y"]),
        ("Anything but whole numbers is an error.", BANK, ["deposit x"]),
        ("Errors: a message on standard error and exit status 2.", BANK, ["deposit x"]),
        ("A missing file is an error with exit status 2.", TABLES, ["rows missing.txt"]),
        ("A file that does not exist is an error.", TABLES, ["rows missing.txt"]),
        ("An unknown command is an error with exit status 2.", TODO, ["remove 1"]),
        ("A missing argument is an error with exit status 2.", TODO, ["done"]),
        ("An unknown option is an error.", {"a": [NAME]}, ["a --far x"]),
        ("`t encode` without a shift is an error.", CIPHER, ["encode"]),
    ],
)
def test_what_the_argument_parser_refuses_shows_what_is_said_of_it(
    said: str, commands: dict[str, list[Argument]], calls: list[str]
) -> None:
    assert is_shown(brief_of(said, commands), *(failing(said, call) for call in calls))


@pytest.mark.parametrize(
    ("said", "commands", "call"),
    [
        ("A number that does not exist is an error.", TODO, "done 1.5"),
        ("A negative shift is an error.", CIPHER, "encode x y"),
        ("Invalid input is an error.", ROMAN, "to-int"),
        ("An invalid name is an error.", {"a": [NAME, QUANTITY]}, "a x y"),
        ("A missing name is an error.", TABLES, "rows missing.txt"),
        ("Errors (exit status 2): a name that is taken, a full stock.", STOCK, "low x"),
    ],
)
def test_what_the_argument_parser_refuses_shows_nothing_else(
    said: str, commands: dict[str, list[Argument]], call: str
) -> None:
    brief = brief_of(said, commands)
    assert uncovered(brief, []) == [said]
    assert not is_shown(brief, failing(said, call))


def test_what_each_of_several_errors_needs_is_demanded_together() -> None:
    said = "A missing file or an unknown name is an error."
    brief = brief_of(said, {"rows": [FILE], "find": [NAME], "low": [NUMBER]})
    checks = [failing(said, "rows missing.txt"), failing(said, "find nobody")]
    assert is_shown(brief, *checks)
    assert not is_shown(brief, checks[0]) and not is_shown(brief, failing(said, "find"))


def test_what_was_known_and_is_gone_is_unknown() -> None:
    said = "An unknown name is an error."
    brief = brief_of(said, {"add": [NAME], "drop": [NAME]}, state=True)
    assert is_shown(brief, failing(said, "add tea", "drop tea", "drop tea"))
    assert not is_shown(brief, failing(said, "add tea", "drop tea"))
