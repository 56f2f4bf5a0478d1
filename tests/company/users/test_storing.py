"""That what a program stores stands in its file is shown by a command line that stores something."""

from __future__ import annotations

from pathlib import Path

import pytest

from macrohard.company.brief import Brief, CommandBrief
from macrohard.company.order import Kind
from macrohard.company.tester.acceptance import checks_of
from macrohard.company.users.storing import storing_check
from macrohard.truth import Source, Verdict
from macrohard.truth.examples import find_examples

from ..scripted import built, cases, claim_about, cli_brief, code, command, verdicts

NAMES = ("add", "list", "search", "total", "buy", "find")


def found(transcript: str, source: Source = Source.REQUEST) -> list[str] | None:
    """The command lines that are run to store something."""
    lines = "".join(f"    {line}\n" for line in transcript.split("\n"))
    commands = tuple(CommandBrief(name=name, purpose="") for name in NAMES)
    brief = Brief(kind=Kind.CLI, name="t", summary="", request="", commands=commands, state_file="t.json")
    stored = storing_check(brief, checks_of(brief, find_examples(lines), source))
    return None if stored is None else [" ".join(step.argv[1:]) for step in stored.steps]


@pytest.mark.parametrize(
    ("transcript", "lines"),
    [
        ("$ t buy tea\nBought\n$ t list\n1 tea", ["buy tea"]),
        ("$ t search tea\nnothing\n$ t buy tea\nBought\n$ t list\n1 tea", None),
        ("$ t search sea\nnothing\n$ t buy tea\nBought\n$ t list\n1 tea", ["search sea", "buy tea"]),
        ("$ t list\n\n$ t buy tea\nBought\n$ t list\ntea", ["list", "buy tea"]),
        ("$ t buy 5\nok\n$ t buy 3\nok\n$ t total\n8", None),
        ("$ t buy 5\nok\n$ t total\n5.00", ["buy 5"]),
        ("$ t total\n0\n$ t buy 5\nok\n$ t buy 3\nok\n$ t total\n8", ["total", "buy 5", "buy 3"]),
        ("$ t find tea\ntea: none\n$ t find tea\ntea: none", None),
        ("$ t list\nnothing", None),
        ("$ t add tea\nAdded tea", ["add tea"]),
        ("$ t list\nnothing\n$ t add-all tea\nok", ["list", "add-all tea"]),
    ],
    ids=["a word comes back", "two had it", "behind another", "it was empty", "nobody knows", "a number comes back",
         "it was otherwise", "was given it", "only shows", "by its name", "by a part of its name"],
)  # fmt: skip
def test_what_stores_is_found_in_the_examples(transcript: str, lines: list[str] | None) -> None:
    assert found(transcript) == lines


@pytest.mark.parametrize("source", [Source.TESTER, Source.HOST])
def test_the_tester_is_believed_and_odd_inputs_are_not(source: Source) -> None:
    wanted = ["buy tea"] if source is Source.TESTER else None
    assert found("$ t buy tea\nBought\n$ t list\n1 tea", source) == wanted


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("records.append({'task': task})\n    return f'Added {task}'", Verdict.VERIFIED),
        ("return f'Added {task}'", Verdict.UNVERIFIED),
    ],
    ids=["stores", "stores nothing"],
)
def test_a_file_without_anything_in_it_shows_nothing(tmp_path: Path, body: str, verdict: Verdict) -> None:
    request = "A tool called todo. It keeps its tasks in todo.json. `todo add Milk` prints `Added Milk`."
    brief = cli_brief("todo", command("add", "task"), state_file="todo.json", fields=[{"name": "task", "type": "text"}])
    replies = {"analyst: brief": [brief], "engineer: add": [code(f"def add(records, task):\n    {body}")]}
    report = built(tmp_path, request, replies)
    assert (
        claim_about(report, "todo.json in the current folder holds a JSON list that is not empty").verdict is verdict
    ), verdicts(report)


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("raise ValueError('too few')", False),
        ("open('log', 'w').write('x')\n        raise ValueError('too few')", True),
    ],
    ids=["only refuses", "leaves a file"],
)
def test_an_error_that_changes_nothing_leaves_all_files_as_they_were(tmp_path: Path, body: str, wrong: bool) -> None:
    request = (
        "A tool called stock. It keeps its data in stock.json. `stock add 3` prints `3`. "
        "A number below 1 is an error and changes nothing."
    )
    arguments = [{"name": "count", "type": "integer"}]
    brief = cli_brief(
        "stock", command("add", *arguments), state_file="stock.json", fields=[{"name": "count", "type": "integer"}]
    )
    source = f"def add(records, count):\n    if count < 1:\n        {body}\n    records.append({{'count': count}})\n    return count"
    replies = {
        "analyst: brief": [brief],
        "engineer: add": [code(source)],
        "tester: error *": [cases({"before": ["stock add 2"], "command": "stock add 0"})],
    }
    report = built(tmp_path, request, replies)
    shown = "After `stock add 2`, `stock add 0` prints an error, exits with status 2 and changes no file in its folder"
    left = [claim.statement for claim in report.claims if "changes nothing" in claim.statement]
    assert (verdicts(report).get(shown) is Verdict.VERIFIED, left) == (not wrong, ["“changes nothing.”"] * wrong)
