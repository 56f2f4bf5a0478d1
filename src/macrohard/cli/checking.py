"""A text that is held against a repository or sources, with progress on stderr meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from macrohard import answers
from macrohard.cli.folders import folder
from macrohard.cli.plain import plain
from macrohard.cli.reading import reader
from macrohard.cli.screen import watch
from macrohard.cli.words import read_file, read_text
from macrohard.company.progress import Department, Event
from macrohard.errors import UserError

__all__ = ["about", "against", "checked", "listening", "readme_of"]

_READMES = ("README.md", "README.rst", "README.txt", "README")


@contextmanager
def listening(who: Department = "checker") -> Iterator[Callable[[str, int, int], None]]:
    """Shows on stderr what is being checked."""
    with watch() as screen:

        def listen(words: str, done: int, total: int) -> None:
            screen(Event(who, plain(" ".join(words.split()))[:200], done, total))

        yield listen


def about(
    text: str | None, repo: str | None, environment: str | None, seconds: float
) -> tuple[str, answers.CheckReport]:
    """The text, by default the README of the repository, and what running says of it."""
    if repo is None:
        raise UserError(
            "It is not said what the text is held against; name a repository with --repo DIR or sources with --sources PATH."
        )
    root = folder(repo, "The repository")
    words = _readme(root) if text is None else read_text(text)
    return words, checked(words, root, environment, seconds)


def checked(text: str, root: Path, environment: str | None, seconds: float) -> answers.CheckReport:
    """The report on a text about a repository."""
    named = folder(environment, "The environment") if environment is not None else None
    with listening() as listen:
        return answers.check_repository(text, root, named, seconds=seconds, progress=listen)


def against(
    text: str | None, sources: tuple[str, ...], own_hosts: tuple[str, ...], model: str | None, limits: dict[str, Any]
) -> tuple[str, answers.CheckReport]:
    """The text and what the sources say of it."""
    if text is None:
        raise UserError("Give the text that shall be held against the sources, or a file that holds it.")
    web = answers.Web(frozenset(own_hosts))
    words = answers.text_at(text, web) if answers.is_address(text) else read_text(text)
    answers.refuse_sources(sources)  # before weights are fetched
    mind = reader(model, "check", limits) if model is not None else None
    with listening() as listen:
        return words, answers.check_sources(words, sources, listen, web=web, model=mind)


def readme_of(root: Path) -> Path | None:
    """The README of a repository."""
    return next((root / name for name in _READMES if (root / name).is_file()), None)


def _readme(root: Path) -> str:
    path = readme_of(root)
    if path is None:
        raise UserError(f"{root} has no README; give the text that shall be checked.")
    return read_file(path)
