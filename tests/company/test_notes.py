"""Notes of a report, through the front door: what the checks notice, and what nobody told."""

from __future__ import annotations

from pathlib import Path

import pytest

from macrohard.company.brief import Brief
from macrohard.company.jury import Choice, Killed
from macrohard.company.notes import notes_on
from macrohard.company.order import Kind
from macrohard.company.tester.acceptance import checks_of
from macrohard.truth import Source
from macrohard.truth.examples import CommandExample, Line

from .scripted import built, cli_brief, code, command, filled

STUB = 'def fee(weight: int) -> int:\n    """The fee for a parcel: fee(1) returns 5."""\n'
FEE = code("def fee(weight):\n    if weight > 30:\n        return 9\n    return 5")


def test_the_report_asks_for_what_nobody_told(tmp_path: Path) -> None:
    report = filled(tmp_path, STUB, {"engineer: fee": [FEE]})
    (function,) = report.functions
    assert ("fee(30)", "5") in {(item.given, item.gives) for item in function.untold}
    (note,) = [note for note in report.notes if note.startswith("Nobody said")]
    assert "`fee(30)` gives `5`" in note and "more of these changes of `fee` are noticed" in note


def test_a_command_is_asked_about_as_it_is_typed(tmp_path: Path) -> None:
    request = "A command-line tool called post. 'post fee 1' prints 5."
    brief = cli_brief("post", command("fee", {"name": "weight", "type": "integer"}))
    fee = code("def fee(weight):\n    if weight > 30:\n        return '9'\n    return '5'")
    report = built(tmp_path, request, {"analyst: brief": [brief], "engineer: fee": [fee]})
    (note,) = [note for note in report.notes if note.startswith("Nobody said")]
    assert "`post fee 30` gives `5`" in note
    readme = Path(str(report.path), "README.md").read_text(encoding="utf-8")
    assert "post fee 30" in readme


def test_what_was_set_aside_reads_as_one_sentence() -> None:
    """It says what was counted, and writes ends of lines as what was seen does."""
    before = Line(words=("stock", "add", "pear"), stdout="ok")
    brief = Brief(kind=Kind.CLI, name="stock", summary="", request="", state_file="s.json")
    example = CommandExample(lines=(before, Line(words=("stock", "low"), stdout="apple\nkiwi\n")), quotation="q")
    check = checks_of(brief, [example], Source.TESTER)[1]
    failed = {check.id: r"it printed `kiwi`, not `apple\nkiwi`"}
    (note,) = notes_on(
        brief, [check], Choice(pick=(0,), failed=failed, disputed=failed, agreement={}, doubtful={}, crashes={})
    )
    assert note == (
        r"Set aside: the tester expected that after `stock add pear`, `stock low` prints `apple\nkiwi`, but it printed `kiwi`, not "
        r"`apple\nkiwi`; the same came of at least two thirds of the independent candidates that pass the given examples, and of at "
        "least three."
    )


@pytest.mark.parametrize(
    ("killed", "mutants", "made", "said"),
    [
        (6, 6, 7, "notice 6 of the 6 small changes that showed on the inputs that were tried (7 were made)"),
        (5, 6, 6, "notice 5 of the 6 small changes that showed on the inputs that were tried"),
        (5, 6, 0, "notice 5 of the 6 small changes that showed on the inputs that were tried"),
        (1, 1, 1, "notice the one small change that showed on the inputs that were tried"),
        (0, 1, 2, "do not notice the one small change that showed on the inputs that were tried (2 were made)"),
    ],
)
def test_changes_that_showed_on_no_input_are_told_apart(killed: int, mutants: int, made: int, said: str) -> None:
    brief = Brief(kind=Kind.CLI, name="stock", summary="", request="")
    found = {"sell": Killed(mutants=mutants, killed=killed, made=made)}
    choice = Choice(pick=(0,), failed={}, disputed={}, agreement={}, doubtful={}, crashes={}, killed=found)
    assert notes_on(brief, [], choice) == (f"The checks of `sell` {said}.",)


def test_standard_input_is_named(tmp_path: Path) -> None:
    request = "A command-line tool called size. `printf 'ab' | size` prints 2."
    brief = cli_brief("size", command("", stdin=True))
    size = code("def run(stdin_text):\n    return str(len(stdin_text)) if stdin_text.count(chr(10)) < 1 else 'many'")
    report = built(tmp_path, request, {"analyst: brief": [brief], "engineer: *": [size]})
    assert any("on standard input gives" in note for note in report.notes if note.startswith("Nobody said"))
