"""Small repositories to make statements about."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from macrohard.answers import CheckReport, Standing, check_repository

ENVIRONMENT = Path(sys.prefix)
"""The environment that runs these tests: pytest and coverage are in it."""
GREET: dict[str, str] = {
    "pyproject.toml": """[project]
name = "greet"
version = "1.2.0"
requires-python = ">=3.11"
dependencies = ["click>=8"]

[project.scripts]
greet = "greet.main:main"
""",
    "README.md": "# greet\n",
    "src/greet/__init__.py": "",
    "src/greet/main.py": """import sys


def main():
    if sys.argv[1:] == ["--version"]:
        print("greet 1.2.0")
        return 0
    if len(sys.argv) != 2:
        print("error: one name", file=sys.stderr)
        return 2
    print(f"Hello, {sys.argv[1]}!")


def never():
    return 1
""",
    "tests/test_greet.py": r"""import pytest

from greet.main import main


@pytest.mark.parametrize("name", ["Ada", "Bob"])
def test_it_greets(name, capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["greet", name])
    main()
    assert capsys.readouterr().out == f"Hello, {name}!\n"


@pytest.mark.skip(reason="later")
def test_later():
    assert False
""",
}


def repository(folder: Path, changed: Mapping[str, str | None] | None = None) -> Path:
    """The greeting tool, with some files otherwise; None takes one away."""
    files = {**GREET, **(changed or {})}
    return written(folder, {path: text for path, text in files.items() if text is not None})


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """A folder with these files."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def checked(text: str, folder: Path, environment: Path | None = None) -> CheckReport:
    """The report on a text about a folder; it fits to the text."""
    report = check_repository(text, folder, environment, seconds=60)
    for statement in report.statements:
        assert text[statement.start : statement.end] == statement.text
        assert all(text[part.start : part.end] == part.words for part in statement.parts)
    return report


def verdicts(report: CheckReport) -> dict[str, Standing]:
    """Words -> verdict."""
    return {part.words: part.verdict for statement in report.statements for part in statement.parts}


def reason(report: CheckReport) -> str:
    """Of the only part."""
    (part,) = [part for statement in report.statements for part in statement.parts]
    return part.reason
