"""What a command of a text means in a repository: which words start it inside the walls."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator, Sequence

from macrohard.answers.software.project import scripts
from macrohard.answers.software.workplace import WORK, Workplace

_PYTHON = re.compile(r"python(?:3(?:\.\d+)?)?")
_ENTRY = re.compile(r"([\w.]+)\s*:\s*([\w.]+)")
_START = (
    "import sys, functools, importlib\n"
    "sys.argv[0] = {name!r}\n"
    "sys.exit(functools.reduce(getattr, {function!r}.split('.'), importlib.import_module({module!r}))())"
)


def words_of(command: str) -> list[str] | None:
    """The words of a plain command line; None for one that only a shell could run, and for what cannot be read."""
    lexer = shlex.shlex(command, posix=True, punctuation_chars="();<>|&")
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        words = list(lexer)
    except ValueError:
        return None
    if not words or any(re.fullmatch(r"[();<>|&]+", word) for word in words) or any("$" in word for word in words):
        return None
    return words


def argv_of(words: Sequence[str], place: Workplace) -> tuple[str, ...] | None:
    """What starts the command inside the walls; None when the repository and its environment have none of that name."""
    name, rest = words[0], tuple(words[1:])
    if name in ("uv", "poetry", "hatch", "pdm") and rest[:1] == ("run",) and len(rest) > 1:
        return argv_of(rest[1:], place)
    if name == "import" or (name == "from" and "import" in rest):
        return ("python3", "-c", " ".join(words))
    if _PYTHON.fullmatch(name):
        return ("python3", *rest)
    found = next(_starts(name.removeprefix("./"), place), None)
    return (*found, *rest) if found else None


def _starts(name: str, place: Workplace) -> Iterator[tuple[str, ...]]:
    """The ways to start a command, what the repository itself declares first."""
    environment = place.environment
    for known in (scripts(place), environment.scripts if environment else {}):
        entry = _ENTRY.match(known.get(name, ""))
        if entry:
            yield ("python3", "-c", _START.format(name=name, module=entry.group(1), function=entry.group(2)))
    for path in (name, f"bin/{name}", f"scripts/{name}", f"{name}.py", f"src/{name}.py"):
        yield from _file(path, place)
    for path in (f"src/{name}/__main__.py", f"{name}/__main__.py"):
        if place.text(path) is not None:
            yield ("python3", "-m", name)
    if environment and environment.has(name):
        yield ("python3", "-m", name)


def _file(path: str, place: Workplace) -> Iterator[tuple[str, ...]]:
    """How a file of the repository is run: by Python, by a shell, or by itself."""
    text = place.text(path)
    if text is None:
        return
    first = text.partition("\n")[0]
    if path.endswith(".py") or (first.startswith("#!") and "python" in first):
        yield ("python3", f"{WORK}/{path}")
    elif first.startswith("#!") and re.search(r"\bsh\b", first):
        yield ("/bin/sh", f"{WORK}/{path}")
    elif os.access(place.root / path, os.X_OK):
        yield (f"{WORK}/{path}",)
