"""Where statements are tried: each command runs in the sandbox, in a fresh copy of the repository."""

from __future__ import annotations

import ast
import hashlib
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TypeVar
from unicodedata import normalize

from macrohard.answers.evidence import Execution, Quotation
from macrohard.answers.software.copying import copy_repository
from macrohard.answers.software.environment import Environment
from macrohard.sandbox import Command, Completed, Limits, Sandbox
from macrohard.sandbox.command import MEBIBYTE
from macrohard.sandbox.view import BIN
from macrohard.truth.standalone import fresh_folder, visible
from macrohard.truth.syntax import Unreadable, parse

PACKAGES = "/packages"
COMMANDS = "/commands"
WORK = "/work"
_MISSING = re.compile(r"No module named '?([\w.]+)")
_MOST_READ = 4 * MEBIBYTE
"""Of one file: what is larger is no source code, settings or prose."""
_LONGEST_SOURCE = 524288
"""Characters: the tree of a file takes up to five hundred times as many bytes."""
_NETWORK = re.compile(
    r"Name or service not known|Temporary failure in name resolution|Network is unreachable|\bgaierror\b|Max retries exceeded"
)
_SHOWN = 2000
"""Characters of the end of an output that are kept."""
T = TypeVar("T")


class Workplace:
    """A repository as it was when the check began, and what it takes to run it."""

    def __init__(self, root: Path, environment: Environment | None, sandbox: Sandbox, seconds: float) -> None:
        """`root` is a copy that is never run in; `seconds` is the longest that one command may take."""
        self.root = root
        self.environment = environment
        self._sandbox = sandbox
        self._limits = Limits(
            cpu_seconds=4 * seconds,
            wall_seconds=seconds,
            memory_bytes=4096 * MEBIBYTE,
            processes=256,
            open_files=1024,
            file_bytes=512 * MEBIBYTE,
            disk_bytes=1024 * MEBIBYTE,
            output_bytes=16 * MEBIBYTE,
        )
        self._known: dict[str, object] = {}

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """A fresh copy, which is gone afterwards; what is run in it one after the other sees the same files."""
        with fresh_folder("macrohard-") as place:
            yield Path(shutil.copytree(self.root, Path(place) / "work", symlinks=True))

    def run(self, typed: str, argv: Sequence[str], folder: Path, stdin: str = "") -> tuple[Execution, Completed]:
        """Run one command in a folder from `folder`. Raises SandboxUnavailable when a wall is missing."""
        shown = {PACKAGES: self.environment.packages, COMMANDS: self._commands} if self.environment else {}
        command = Command(
            tuple(argv),
            stdin.encode(),
            workdir=folder,
            mounts=shown,
            env={
                "PYTHONPATH": ":".join(self._places()),
                "PATH": f"{COMMANDS}:{BIN}:/usr/bin:/bin",
                "PYTHONDONTWRITEBYTECODE": "1",
                "NO_COLOR": "1",
                "COLUMNS": "120",
            },
            limits=self._limits,
        )
        completed = self._sandbox.run(command)
        return _executed(typed, argv, completed), completed

    @cached_property
    def _commands(self) -> Path:
        """The console scripts and programs of the environment; written when something is run, since few checks need them."""
        folder = self.root.with_name("commands")
        folder.mkdir()
        if self.environment:
            self.environment.write_commands(folder)
        return folder

    def _places(self) -> list[str]:
        """Where Python looks: the repository, and `src` in it where that holds its packages."""
        source = self.root / "src"
        names = {path.stem for path in source.iterdir()} if source.is_dir() else {"__init__"}
        hides = "__init__" in names or names & sys.stdlib_module_names
        return [*([] if hides else [f"{WORK}/src"]), WORK, *([PACKAGES] if self.environment else [])]

    def once(self, name: str, make: Callable[[], T]) -> T:
        """The result of something that is needed for several statements and takes its time."""
        if name not in self._known:
            self._known[name] = make()
        return self._known[name]  # type: ignore[return-value]  # one name, one kind of result

    def python_files(self) -> list[str]:
        """All files of Python, relative to the repository, in the order of their names."""
        return [path.relative_to(self.root).as_posix() for path in sorted(self.root.rglob("*.py"))]

    def text(self, path: str) -> str | None:
        """The text of a file; None when there is none of that name, it is too large or it is not text."""
        place = self.root / path
        try:
            inside = place.resolve().is_relative_to(self.root.resolve())
            small = inside and place.is_file() and place.stat().st_size <= _MOST_READ
            return place.read_text(encoding="utf-8") if small else None
        except (OSError, ValueError):
            return None

    def mentions(self, path: str, word: str) -> bool:
        """Whether a word stands in a file, in whatever form of Unicode; of one that is no text, or too large, the bytes are searched."""
        text = self.text(path)
        if text is not None:
            return word in normalize("NFKC", text)  # as Python reads names
        place = self.root / path
        if not place.is_file():
            return False
        with place.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
            return content.find(word.encode()) >= 0

    def tree(self, path: str) -> ast.Module:
        """What a file of Python holds. Raises Unreadable with its path when it cannot be read, it is too long or it is not Python."""
        text = self.text(path)
        if text is None or len(text) > _LONGEST_SOURCE:
            raise Unreadable(path)
        try:
            return parse(text)
        except Unreadable as error:
            raise Unreadable(path) from error

    def quote(self, path: str, line: int, count: int = 1) -> Quotation:
        """Lines of a file that `text` has read."""
        text = self.text(path) or ""
        lines = text.splitlines()[line - 1 : line - 1 + count]
        return Quotation(
            path=path,
            sha256=hashlib.sha256((self.root / path).read_bytes()).hexdigest(),
            line=line,
            quotation="\n".join(visible(found, _SHOWN) for found in lines),
        )


@contextmanager
def workplace(
    repository: Path, environment: Environment | None, sandbox: Sandbox, seconds: float
) -> Iterator[tuple[Workplace, str]]:
    """A workplace and the sha256 of the files in it. Raises UserError when the repository cannot be copied."""
    with fresh_folder("macrohard-") as place:
        root = Path(place) / "repository"
        root.mkdir()
        digest = copy_repository(repository, root)
        yield Workplace(root, environment, sandbox, seconds), digest


def hindrance(output: str, place: Workplace) -> str | None:
    """Why a program that failed says nothing: it wanted a module that no environment brings, or the network; None where it
    failed by itself."""
    found = None if place.environment else _MISSING.search(output)
    name = found.group(1).partition(".")[0] if found else ""
    if name and name not in own_modules(place.root):
        return f"It needs `{visible(name, 80)}`: name an environment that has it with --environment."
    return "It wants the network, which is not there." if _NETWORK.search(output) else None


def own_modules(root: Path) -> set[str]:
    """Names that can be imported from the top of a repository or from its `src`."""
    tops = [path for top in (root, root / "src") if top.is_dir() for path in top.iterdir()]
    folders = {path.name for path in tops if path.is_dir() and next(path.rglob("*.py"), None)}
    return folders | {path.stem for path in tops if path.suffix == ".py"}


def typed(argv: Sequence[str]) -> str:
    """A command as a person types it in the repository."""
    return shlex.join(word.removeprefix(f"{WORK}/") for word in argv)


def _executed(command: str, argv: Sequence[str], completed: Completed) -> Execution:
    output = (completed.stdout + completed.stderr).decode(errors="replace")[-_SHOWN:]
    return Execution(
        command=visible(command, 400),
        argv=tuple(argv),
        exit_status=completed.exit_status,
        ending=completed.ending,
        seconds=round(completed.wall_seconds, 3),
        stdout_sha256=hashlib.sha256(completed.stdout).hexdigest(),
        stderr_sha256=hashlib.sha256(completed.stderr).hexdigest(),
        shown="\n".join(visible(line, 400) for line in output.splitlines()),
    )
