"""`--review`: what the user sees, edits and approves."""

from __future__ import annotations

import io
import json
import os
import pty
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from macrohard.cli.review import Review, reviewer
from macrohard.cli.screen import Lines
from macrohard.company import Kind
from macrohard.company.brief import Argument, Brief, CommandBrief
from macrohard.errors import UserError
from macrohard.truth import PROGRAM

BRIEF = Brief(
    kind=Kind.CLI,
    name="roman",
    summary="Converts.",
    request="A tool called roman.",
    commands=(CommandBrief(name="to-int", purpose="Converts.", arguments=(Argument(name="numeral"),)),),
).model_dump_json()
STEP = {"argv": [PROGRAM, "to-int", "XIV"], "expect": {"stdout": "14"}}
CHECKS = json.dumps([{"id": "K1", "statement": "It converts.", "source": "user", "steps": [STEP]}])


@pytest.fixture
def screen() -> Lines:
    return Lines(Console(file=io.StringIO()))


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A terminal on stdin; what is written into the descriptor is what the user types."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield ours
    os.close(ours)


def review_with(answers: str, screen: Lines, terminal: int) -> Review:
    """A review by a user who types these answers."""
    os.write(terminal, answers.encode())
    return reviewer(screen)


def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Let $EDITOR be a Python program that gets the path of the file."""
    script = tmp_path / "my editor.py"
    script.write_text(f"import json, pathlib, sys\npath = pathlib.Path(sys.argv[1])\n{program}\n")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{sys.executable} '{script}'")


def test_approved_as_it_is(screen: Lines, terminal: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(tmp_path, monkeypatch, "assert json.loads(path.read_text())['brief']['name'] == 'roman'")
    brief, checks = review_with("y\n", screen, terminal)(BRIEF, CHECKS)
    assert (json.loads(brief), json.loads(checks)) == (json.loads(BRIEF), json.loads(CHECKS))


def test_edited(screen: Lines, terminal: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(tmp_path, monkeypatch, "path.write_text(path.read_text().replace('Converts.', 'Rechnet über.'))")
    brief, _ = review_with("\n", screen, terminal)(BRIEF, CHECKS)
    assert json.loads(brief)["summary"] == "Rechnet über."


def test_broken_file_is_edited_again(
    screen: Lines, terminal: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = tmp_path / "keep"
    program = (
        f"keep = pathlib.Path({str(keep)!r})\n"
        "if keep.exists(): path.write_text(keep.read_text())\n"
        "else: keep.write_text(path.read_text()); path.write_text('{')"
    )
    editor(tmp_path, monkeypatch, program)
    brief, _ = review_with("y\ny\n", screen, terminal)(BRIEF, CHECKS)
    assert json.loads(brief) == json.loads(BRIEF)


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        ("edited['brief']['name'] = 'my tool'", "'my tool' is no name of a program"),
        ("edited['brief']['nothing'] = 1", "brief.nothing: Extra inputs"),
        ("edited['checks'][0]['steps'] = []", "checks.0.steps: "),
        ("edited['checks'] *= 2", "'K1' is there twice"),
    ],
)
def test_a_mistake_that_no_program_could_be_made_of_loses_no_edit(
    mistake: str,
    said: str,
    screen: Lines,
    terminal: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The user makes an edit and a mistake, is told of it, and takes back the mistake alone."""
    right = tmp_path / "right"
    program = (
        f"right, edited = pathlib.Path({str(right)!r}), json.loads(path.read_text())\n"
        "if right.exists():\n"
        "    assert edited['brief']['summary'] == 'Mine.', 'the edit is still there'\n"
        "    edited = json.loads(right.read_text())\n"
        "else:\n"
        "    edited['brief']['summary'] = 'Mine.'\n"
        "    right.write_text(json.dumps(edited))\n"
        f"    {mistake}\n"
        "path.write_text(json.dumps(edited))"
    )
    editor(tmp_path, monkeypatch, program)
    brief, checks = review_with("y\ny\n", screen, terminal)(BRIEF, CHECKS)
    assert said in capsys.readouterr().err
    assert (json.loads(brief)["summary"], json.loads(checks)) == ("Mine.", json.loads(CHECKS))


def test_without_editor_it_waits(screen: Lines, terminal: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    _, checks = review_with("\ny\n", screen, terminal)(BRIEF, CHECKS)
    assert json.loads(checks) == json.loads(CHECKS)


def test_not_approved(screen: Lines, terminal: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(tmp_path, monkeypatch, "")
    with pytest.raises(UserError, match="not approved, so nothing was built"):
        review_with("n\nn\n", screen, terminal)(BRIEF, CHECKS)


def test_editor_that_does_not_work(screen: Lines, terminal: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "/nonexistent/editor")
    with pytest.raises(UserError, match="set EDITOR to one that does"):
        review_with("", screen, terminal)(BRIEF, CHECKS)


def test_nobody_to_ask(screen: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with pytest.raises(UserError, match="--review asks on the terminal"):
        reviewer(screen)
