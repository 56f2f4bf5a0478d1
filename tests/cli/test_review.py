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
from macrohard.errors import UserError

BRIEF = json.dumps({"name": "roman", "commands": ["to-int"]})
CHECKS = json.dumps([{"id": "K1"}])


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
    editor(tmp_path, monkeypatch, "path.write_text(path.read_text().replace('roman', 'römisch'))")
    brief, _ = review_with("\n", screen, terminal)(BRIEF, CHECKS)
    assert json.loads(brief)["name"] == "römisch"


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
