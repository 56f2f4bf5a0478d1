"""Of which commands the tester is asked what is an error, and after which example."""

from __future__ import annotations

import pytest

from macrohard.company.brief import Brief
from macrohard.company.order import Kind
from macrohard.company.proposals import read_brief
from macrohard.company.tester.asking import Asked, questions

from ..scripted import argument, cli_brief, command

FILE = argument("file", "file")
TABLES = cli_brief(
    "t", command("columns", FILE), command("rows", FILE), command("column", FILE, "name"), command("sum", FILE, "name"),
    command("top", FILE, "name", argument("count", "integer")), command("where", FILE, "name", "value"),
)  # fmt: skip


def brief_of(text: str, said: str) -> Brief:
    brief = read_brief(text, Kind.CLI, f"A tool called t. {said}")
    assert brief is not None
    return brief


def errors(text: str, said: str) -> list[Asked]:
    return [asked for asked in questions(brief_of(text, said), {}, ()) if asked.error]


def forms(asked: Asked) -> list[str]:
    """The commands that a question names, as they are called."""
    last = asked.question.messages[-1].content.rpartition("\n\n")[2]
    return [form for form in last.split("`")[1::2] if form.startswith("t ")]


def test_each_command_that_has_to_show_an_error_is_asked_about_alone() -> None:
    found = [forms(asked) for asked in errors(TABLES, "An unknown column is an error.")]
    assert found == [
        ["t column FILE NAME"],
        ["t sum FILE NAME"],
        ["t top FILE NAME COUNT"],
        ["t where FILE NAME VALUE"],
    ]


def test_many_commands_are_asked_about_together_where_each_has_errors_of_its_own() -> None:
    (asked,) = errors(TABLES, "Invalid input exits with status 2.")
    assert len(forms(asked)) == 6


def test_few_commands_are_asked_about_alone() -> None:
    text = cli_brief("t", command("to-int", "numeral"), command("to-roman", argument("number", "integer")))
    assert [forms(asked) for asked in errors(text, "Invalid input exits with status 2.")] == [
        ["t to-int NUMERAL"], ["t to-roman NUMBER"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said", "shown"),
    [
        (TABLES, "An unknown column is an error.", '{"command": "notes field books.csv price"}'),
        (TABLES, "A count that is not a whole number is an error.", '{"command": "notes repeat tea 1.5"}'),
        (
            cli_brief("t", command("drop", "item"), state_file="t.json", fields=[argument("item")]),
            "It keeps items in t.json. An unknown item is an error.",
            '{"before": ["notes new Tea \\"Buy tea\\""], "command": "notes drop Sea"}',
        ),
        (cli_brief("t", command("sum", stdin=True)), "An unknown unit is an error.", '{"stdin": "two\\n", "command"'),
    ],
)
def test_the_example_shows_an_error_of_its_kind(text: str, said: str, shown: str) -> None:
    first, *others = errors(text, said)
    assert all(shown in asked.question.messages[-2].content for asked in (first, *others))
