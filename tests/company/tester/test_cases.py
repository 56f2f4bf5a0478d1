"""What is taken from a reply of the tester: cases that can be called, and errors that show what they are written for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from macrohard.company.brief import Argument, ArgumentType, Brief, CommandBrief, FunctionBrief
from macrohard.company.order import Kind
from macrohard.company.request.sentences import split_statements
from macrohard.company.tester.acceptance import checks_of
from macrohard.company.tester.asking import questions
from macrohard.company.tester.cases import read_cases
from macrohard.truth import Source
from macrohard.truth.examples import CallExample, CommandExample

FILE = Argument(name="file", type=ArgumentType.FILE)
CSV = CommandBrief(name="", purpose="", arguments=(FILE, Argument(name="column")))
SPEND = CommandBrief(
    name="add", purpose="", arguments=(Argument(name="amount", type=ArgumentType.NUMBER), Argument(name="what"))
)
SUM = CommandBrief(name="", purpose="", reads_stdin=True)
AREA = FunctionBrief(name="area", parameters="width: int, height: int", returns="int", purpose="")


def read(
    program: str,
    part: CommandBrief | FunctionBrief,
    clause: str,
    *cases: dict[str, Any],
    error: bool = True,
    **files: str,
) -> list[Any]:
    kind, parts = (Kind.CLI, "commands") if isinstance(part, CommandBrief) else (Kind.LIBRARY, "functions")
    brief = Brief.model_validate({"kind": kind, "name": program, "summary": "", "request": "", parts: (part,)})
    shown = {name.replace("_", "."): text for name, text in files.items()}
    return read_cases(json.dumps({"cases": cases}), brief, shown, statement=clause, error=error)


@pytest.mark.parametrize(
    ("clause", "line", "many"),
    [
        ("A cell that is not a number is an error", "csvsum a.csv price", 1),
        ("A cell that is not a number is an error", "csvsum bad.csv price", 0),
        ("A cell that is not a number is an error", "csvsum", 0),
        ("A cell that is not a number is an error", "csvsum a.csv price more", 0),
        ("A file that does not exist is an error", "csvsum bad.csv price", 1),
        ("A file that cannot be read is an error", "csvsum bad.csv price", 1),
        ("Missing arguments are an error", "csvsum", 1),
        ("An unknown option is an error", "csvsum a.csv price --what", 1),
    ],
)
def test_an_error_of_another_kind_shows_nothing(clause: str, line: str, many: int) -> None:
    """The frame refuses a file that is not there and a word too few, whatever the program does with a cell."""
    assert len(read("csvsum", CSV, clause, {"command": line}, a_csv="price\nx\n")) == many


def test_a_negative_amount_is_tried_with_all_that_belongs_to_it() -> None:
    lines = [{"command": "spend add -5"}, {"command": "spend add --amount -5 Tea"}, {"command": "spend add -5 Tea"}]
    (example,) = read("spend", SPEND, "A negative amount is an error", *lines)
    assert example.lines[-1].words == ("spend", "add", "-5", "Tea")


@pytest.mark.parametrize(
    ("clause", "before", "command", "then"),
    [
        ("Adding an item that exists already is an error", [], "stock add tea", ["stock add tea", "stock add tea"]),
        ("Adding an item that exists already is an error", ["stock add tea"], "stock add tea", ["stock add tea"] * 2),
        ("Adding an item twice is an error", [], "stock add tea", ["stock add tea"] * 2),
        ("Adding an item twice is an error", ["stock add pie"], "stock add tea", ["stock add pie", "stock add tea"]),
        ("An appointment that overlaps with an existing one is an error", [], "stock add tea", ["stock add tea"]),
        ("A name that is already taken is an error", [], "stock add tea", ["stock add tea"]),
        ("The second argument must be a whole number", [], "stock add tea", ["stock add tea"]),
        ("A negative number is an error, also where the item exists already", [], "stock add tea", ["stock add tea"]),
        ("Adding to a shelf that does not exist is an error", [], "stock add tea", ["stock add tea"]),
        ("An empty name is an error", [], "stock add ''", ["stock add ''"]),
        ("Selling what was sold already is an error", [], "stock sell tea", ["stock sell tea"]),
    ],
)  # fmt: skip
def test_what_is_there_already_was_added_before(clause: str, before: list[str], command: str, then: list[str]) -> None:
    parts = tuple(CommandBrief(name=name, purpose="", arguments=(Argument(name="item"),)) for name in ("add", "sell"))
    brief = Brief(kind=Kind.CLI, name="stock", summary="", request="", commands=parts, state_file="stock.json")
    reply = json.dumps({"cases": [{"before": before, "command": command}]})
    (example,) = read_cases(reply, brief, {}, statement=clause, error=True)
    assert isinstance(example, CommandExample)
    assert [line.typed for line in example.lines] == then
    assert [line.prepares for line in example.lines] == [True] * (len(then) - 1) + [False]


def test_an_ordinary_case_reads_no_file_that_nobody_shows() -> None:
    case = {"command": "csvsum data.csv price", "prints": "30"}
    assert read("csvsum", CSV, "It adds up", case, error=False) == []
    assert len(read("csvsum", CSV, "It adds up", case, error=False, data_csv="price\n30\n")) == 1


@pytest.mark.parametrize(("call", "many"), [("area(2)", 0), ("area('a', 2)", 1), ("area(2, 3, 4)", 0)])
def test_a_call_with_too_few_values_shows_no_other_error(call: str, many: int) -> None:
    found = read("geo", AREA, "A text as width is an error", {"call": call, "raises": "TypeError"})
    assert len(found) == many and all(isinstance(item, CallExample) for item in found)


def test_what_is_read_from_standard_input_may_be_the_error() -> None:
    request = "A tool called addup that adds up numbers on standard input. A line that is not a number is an error."
    brief = Brief(
        kind=Kind.CLI, name="addup", summary="", request=request, commands=(SUM,), statements=tuple(request.split(". "))
    )
    (asked,) = [item for item in questions(brief, {}, ()) if item.error]
    assert "stdin" in (asked.question.schema or {})["properties"]["cases"]["items"]["properties"]
    for case in ({"stdin": "1\nx\n", "command": "addup"}, {"stdin": "", "command": "printf '1\\nx\\n' | addup"}):
        (example,) = read("addup", SUM, "A line that is not a number is an error", case)
        assert isinstance(example, CommandExample) and example.lines[-1].stdin == "1\nx\n"
        (check,) = checks_of(brief, [example], Source.TESTER)
        assert check.steps[0].stdin == "1\nx\n" and "printf" in check.statement
    (plain,) = read(
        "addup", SUM, "It adds up", {"stdin": "", "command": "printf '1\\n2\\n' | addup", "prints": "3"}, error=False
    )
    assert plain.lines[-1].stdin == "1\n2\n"


def test_an_error_that_changes_nothing_is_checked_by_the_files() -> None:
    request = "A tool called stock. It keeps its data in stock.json. A negative number is an error and changes nothing."
    parts = (CommandBrief(name="sell", purpose="", arguments=(Argument(name="number", type=ArgumentType.INTEGER),)),)
    brief = Brief(
        kind=Kind.CLI, name="stock", summary="", request=request, commands=parts, state_file="stock.json",
        statements=split_statements(request),
    )  # fmt: skip
    (asked,) = [item for item in questions(brief, {}, ()) if item.error]
    reply = json.dumps({"cases": [{"before": ["stock sell 1"], "command": "stock sell -1"}]})
    (example,) = read_cases(reply, brief, {}, statement=asked.statement, error=True, unchanged=asked.unchanged)
    (check,) = checks_of(brief, [example], Source.TESTER)
    assert [step.expect.unchanged for step in check.steps] == [False, True]
    said = (
        "After `stock sell 1`, `stock sell -1` prints an error, exits with status 2 and changes no file in its folder"
    )
    assert check.statement == said
