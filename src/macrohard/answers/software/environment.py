"""The packages that a repository needs: a virtual environment that stands on this machine, shown read-only.

Nothing is installed: what a package does while it is installed would run outside of the walls, and the sandbox has no
network.
"""

from __future__ import annotations

import configparser
import os
import re
import shutil
import stat
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from macrohard.errors import UserError

_PYTHON = re.compile(r"python[\d.]*", re.IGNORECASE)
_LARGEST = 256 * 1024 * 1024
_LARGEST_TOGETHER = 1024 * 1024 * 1024
_LONGEST = 16 * 1024 * 1024
"""Bytes of a program of the environment, of all of them, which may have to be copied, and of a file that tells about it."""
_ENTRY = re.compile(r"([\w.]+)\s*:\s*([\w.]+)")
_STARTER = """import functools, importlib, sys
sys.argv[0] = {name!r}
sys.exit(functools.reduce(getattr, {function!r}.split("."), importlib.import_module({module!r}))())
"""
_FOLDERS = (".venv", "venv")


@dataclass(frozen=True)
class Environment:
    """A virtual environment of the same Python version as the one that runs in the sandbox."""

    folder: Path
    packages: Path
    """Its site-packages."""

    def has(self, module: str) -> bool:
        """Whether a package or module of this name can be imported from it."""
        return (self.packages / module).is_dir() or (self.packages / f"{module}.py").is_file()

    @cached_property
    def scripts(self) -> dict[str, str]:
        """Console script -> 'module:function', as the installed packages declare them."""
        found: dict[str, str] = {}
        for path in sorted(self.packages.glob("*.dist-info/entry_points.txt")):
            parser = configparser.ConfigParser(delimiters=("=",), interpolation=None)
            parser.optionxform = str  # type: ignore[assignment,method-assign]  # names of scripts are as they are
            try:
                parser.read_string(_text(path))
            except configparser.Error:
                continue
            if parser.has_section("console_scripts"):
                found |= dict(parser["console_scripts"])
        return found

    @cached_property
    def programs(self) -> dict[str, Path]:
        """Programs of the environment that are no scripts of Python, such as ruff. Its Python is none of them: what is judged runs on ours."""
        found = {}
        place = self.folder / "bin"
        for path in sorted(place.iterdir()) if place.is_dir() and not place.is_symlink() else []:
            if _PYTHON.fullmatch(path.name):
                continue
            if path.is_file() and not path.is_symlink() and path.stat().st_size <= _LARGEST and _is_program(path):
                found[path.name] = path
        return found

    def write_commands(self, folder: Path) -> None:
        """Put the programs, and starters of the console scripts, into a folder: the environment's own name its Python by a
        path that does not exist inside the walls."""
        for name, path in self.programs.items():
            try:
                os.link(path, folder / name)
            except OSError:
                shutil.copy2(path, folder / name)
        for name, entry in self.scripts.items():
            code = starter(name, entry)
            if re.fullmatch(r"[\w.-]+", name) and not _PYTHON.fullmatch(name) and code and not (folder / name).exists():
                (folder / name).write_text(f"#!/usr/bin/env python3\n{code}")
                (folder / name).chmod(0o755)

    def distributions_of(self, module: str) -> set[str]:
        """Names of the installed distributions that bring a top-level module."""
        return {
            path.parent.name.split("-")[0].lower().replace("_", "-")
            for path in self.packages.glob("*.dist-info/RECORD")
            if f"\n{module}/" in (text := "\n" + _text(path)) or f"\n{module}.py," in text
        }


def starter(name: str, entry: str) -> str | None:
    """A program that does what the console script of this name does for 'module:function'; None where the entry is none."""
    found = _ENTRY.match(entry)
    return _STARTER.format(name=name, module=found.group(1), function=found.group(2)) if found else None


def environment_of(repository: Path, named: Path | None) -> Environment | None:
    """The environment that is named, else `.venv` or `venv` in the repository, else none.

    Raises UserError when what is named is none, it is for another version of Python, or it leads out of itself: a repository
    may be made by somebody who would like to have other folders of this machine shown.
    """
    folders = [named] if named else [repository / name for name in _FOLDERS if (repository / name).is_dir()]
    if not folders:
        return None
    if folders[0] is not named and folders[0].is_symlink():
        raise UserError(f"{folders[0]} is a link; name the environment that it leads to with --environment.")
    folder = folders[0].resolve() if os.path.isdir(folders[0]) else folders[0]  # of a name with a NUL there is no path
    settings = folder / "pyvenv.cfg"
    version = re.search(r"(?m)^version(?:_info)?\s*=\s*(\d+\.\d+)", _text(settings)) if settings.is_file() else None
    if version is None:
        raise UserError(f"{folder} is no virtual environment; name one with --environment, or move it away.")
    ours = f"{sys.version_info.major}.{sys.version_info.minor}"
    if version.group(1) != ours:
        raise UserError(
            f"The environment {folder} is for Python {version.group(1)}, and Macrohard runs on {ours}; "
            "name one of the same version with --environment."
        )
    packages = folder / "lib" / f"python{ours}" / "site-packages"
    if packages.resolve() != packages:
        raise UserError(
            f"The packages of {folder} lie elsewhere; name an environment that holds its own with --environment."
        )
    environment = Environment(folder, packages)
    _refuse_giants(environment)
    return environment


def _refuse_giants(environment: Environment) -> None:
    """Raises UserError where its programs would fill the disk, should they have to be copied."""
    if sum(path.stat().st_size for path in environment.programs.values()) > _LARGEST_TOGETHER:
        raise UserError(
            f"The programs of {environment.folder} have more than {_LARGEST_TOGETHER >> 30} GiB; "
            "name a smaller environment with --environment."
        )


def _is_program(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _text(path: Path) -> str:
    """What a plain file says, which may be written by anybody; '' for links, pipes and what is too large to be what it should be."""
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            plain = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
            text = file.read(_LONGEST + 1) if plain else b""
    except OSError:
        return ""
    return "" if len(text) > _LONGEST else text.decode("utf-8", errors="replace")
