"""What a command of a text means in a repository: which words start it inside the walls."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from macrohard.answers.software.environment import starter
from macrohard.answers.software.project import scripts
from macrohard.answers.software.suite import TEST_FILE
from macrohard.answers.software.workplace import COMMANDS, WORK, Workplace
from macrohard.truth.examples.shell import read_command

_PYTHON = re.compile(r"python(?:3(?:\.\d+)?)?")
_COMMENT = re.compile(r"\s#\s.*$")
_QUOTED = re.compile(r"'[^']*'|\"(?:\\.|[^\"\\])*\"|\\.")
_EXPANDED = re.compile(r"[?\[\]]|!(?=[^\s=('])|\{[^{}\s]*(?:,|\.\.)[^{}\s]*\}|(?:^|\s)#|(?:^|[\s:=])~")
"""What a shell does not leave as it stands unless it is quoted: patterns of names, `{a,b}`, history, comments and homes."""
_LONGEST = 4000
_WITH_NETWORK = frozenset(
    {"pip", "pip3", "pipx", "uv", "uvx", "npm", "npx", "git", "curl", "wget", "docker", "brew", "apt", "apt-get"}
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A command line as somebody typed it."""

    text: str
    words: tuple[str, ...]
    """What is run, as a shell would split it."""
    stdin: str = ""


def read(text: str) -> Typed | None:
    """A plain command line, or one that a `printf` or `echo` is piped into.

    None for what only a shell could run, for what cannot be read, and for what is no command.
    """
    text = _COMMENT.sub("", text.strip())
    if not text or len(text) > _LONGEST or "\0" in text or _EXPANDED.search(_QUOTED.sub("''", text)):
        return None
    producer, bar, last = text.rpartition("|")
    words = _words(last if bar else text)
    if not words:
        return None
    if not bar:
        return Typed(text, tuple(words))
    piped = read_command(text)  # knows what printf, echo and cat give
    return (
        Typed(text, tuple(words), piped.stdin) if piped and producer.strip() and not words[0].startswith("-") else None
    )


def _words(command: str) -> list[str]:
    lexer = shlex.shlex(command, posix=True, punctuation_chars="();<>|&")
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        words = list(lexer)
    except ValueError:
        return []
    odd = any(re.fullmatch(r"[();<>|&]+", word) or word[:1] == "~" or set(word) & set("$*`") for word in words)
    return [] if odd or "=" in (words or [""])[0] else words


def argv_of(words: Sequence[str], place: Workplace) -> tuple[str, ...] | str:
    """What starts the command inside the walls; or why nothing does."""
    name, rest = words[0], tuple(words[1:])
    if name in ("uv", "poetry", "hatch", "pdm", "pipenv") and rest[:1] == ("run",) and len(rest) > 1:
        return argv_of(rest[1:], place)
    if name in _WITH_NETWORK or ("install" in rest and "pip" in rest):
        return f"`{name}` may need the network, which is not there."
    if name == "import" or (name == "from" and "import" in rest):
        return ("python3", "-c", " ".join(words))
    if TEST_FILE.search(name.partition("::")[0]):
        pytest = place.environment is not None and place.environment.has("pytest")
        return ("python3", "-m", "pytest", "-q", name) if pytest else "Its tests need pytest."
    if _PYTHON.fullmatch(name):
        return _python(rest, place)
    found = next(_starts(name, place), None)
    return (*found, *rest) if found else f"Neither the repository nor its environment has a command `{name[:80]}`."


def _python(rest: tuple[str, ...], place: Workplace) -> tuple[str, ...] | str:
    """A module that is nothing but the starter of a program is that program: it would not find it inside the walls."""
    if not rest:
        return "Nothing is said that this Python shall do."
    programs = place.environment.programs if place.environment else {}
    if rest[0] == "-m" and len(rest) > 1 and rest[1] in programs:
        return (f"{COMMANDS}/{rest[1]}", *rest[2:])
    return ("python3", *rest)


def _starts(name: str, place: Workplace) -> Iterator[tuple[str, ...]]:
    """The ways to start a command: a file that is named as one, then what the repository and its environment declare."""
    environment = place.environment
    path = name.removeprefix("./")
    if "/" in name or name.endswith((".py", ".sh")):
        yield from _file(path, place)
    for known in (scripts(place), environment.scripts if environment else {}):
        if code := starter(path, known.get(path, "")):
            yield ("python3", "-P", "-c", code)
    if environment and name in environment.programs:
        yield (f"{COMMANDS}/{name}",)
    for place_of in (path, f"bin/{path}", f"scripts/{path}", f"{path}.py", f"src/{path}.py"):
        yield from _file(place_of, place)
    for inside in (f"src/{path}/__main__.py", f"{path}/__main__.py"):
        if place.text(inside) is not None:
            yield ("python3", "-m", path)


def _file(path: str, place: Workplace) -> Iterator[tuple[str, ...]]:
    """How a file of the repository is run: by Python, by a shell, or by itself."""
    text = place.text(path) if ".." not in path.split("/") else None
    if text is None:
        return
    first = text.partition("\n")[0]
    if path.endswith(".py") or (first.startswith("#!") and "python" in first):
        yield ("python3", f"{WORK}/{path}")
    elif first.startswith("#!") and re.search(r"\bsh\b", first):
        yield ("/bin/sh", f"{WORK}/{path}")
    elif os.access(place.root / path, os.X_OK):
        yield (f"{WORK}/{path}",)
