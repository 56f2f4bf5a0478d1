"""What the documents tell people to type exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from macrohard.cli.main import cli
from macrohard.cli.reference import reference

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
HELP = ["-h", "--help"]
PLACEHOLDER = re.compile(r"[A-Z|…]+")


def blocks(text: str) -> list[str]:
    """The lines of fenced and indented blocks, and what stands between backticks."""
    fenced = [
        line
        for block in re.findall(r"^```.*?\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
        for line in block.splitlines()
    ]
    indented = re.findall(r"^ {4}(\S.*)$", text, re.MULTILINE)
    return [line.removeprefix("$ ").strip() for line in [*fenced, *indented, *re.findall(r"`([^`\n]+)`", text)]]


def commands(document: Path) -> list[list[str]]:
    """The words of every call of macrohard that a document shows."""
    lines = [line for line in blocks(document.read_text()) if re.match(r"(\./)?macrohard [a-z-]", line)]
    return [shlex.split(line, comments=True)[1:] for line in lines]


def scripts(document: Path) -> set[str]:
    """The files of scripts/ and .ci/ that a document names."""
    return set(re.findall(r"(?:\./)?((?:scripts|\.ci)/[a-z-]+)", document.read_text()))


def parse(words: list[str]) -> None:
    """Parse a command line as the command would, without running it; raises click's UsageError."""
    command: click.Command = cli
    context = click.Context(cli, info_name="macrohard", help_option_names=HELP)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name, found, words = command.resolve_command(context, words)
        assert found is not None
        command, context = found, click.Context(found, parent=context, info_name=name, help_option_names=HELP)
    if isinstance(command, click.Group) or {"--help", "-h"} & set(words) or len(words) == 0:
        return  # the name alone stands for the command
    command.parse_args(context, ["7" if PLACEHOLDER.fullmatch(word) else word for word in words])


@pytest.mark.parametrize("document", DOCUMENTS, ids=[str(path.relative_to(ROOT)) for path in DOCUMENTS])
def test_commands_in_documents_exist(document: Path) -> None:
    for words in commands(document):
        parse(words)


@pytest.mark.parametrize("document", DOCUMENTS, ids=[str(path.relative_to(ROOT)) for path in DOCUMENTS])
def test_scripts_and_links_in_documents_exist(document: Path) -> None:
    for script in scripts(document):
        assert (ROOT / script).is_file(), script
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text()):
        assert (document.parent / target).exists(), target


def test_readme_shows_the_two_commands() -> None:
    readme = ROOT / "README.md"
    shown = commands(readme)
    assert shown and shown[0][0] == "build", "the first command builds a program"
    assert "scripts/test" in scripts(readme)


@pytest.mark.parametrize("line", ["frob x", "build x --frob", "build x --seed -1", "models frob"])
def test_wrong_command_would_be_noticed(line: str) -> None:
    with pytest.raises(click.UsageError):
        parse(shlex.split(line))


def test_reference_is_what_the_code_says() -> None:
    written = {path.name: path.read_text() for path in (ROOT / "docs" / "reference").iterdir()}
    assert written == reference(), "run scripts/docs"
