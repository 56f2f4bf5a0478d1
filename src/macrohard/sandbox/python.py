"""Where the Python that runs Macrohard lives, so that it can be shown inside the walls as `python3`."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from macrohard.errors import SandboxUnavailable


@dataclass(frozen=True, slots=True)
class Python:
    """One interpreter and what must be seen, and hidden, for it to run alone."""

    interpreter: Path
    """The real file, with no symbolic link in its path."""
    prefix: Path
    """The folder that holds it and its standard library."""
    hidden: tuple[Path, ...]
    """Folders below `prefix` or `/usr` that are masked: installed packages, environments, Macrohard's own files."""


@cache
def this_python() -> Python:
    """The base interpreter of the running one, outside any virtual environment.

    Raises SandboxUnavailable when showing it would show the user's home.
    """
    base: str = getattr(sys, "_base_executable", None) or sys.executable
    interpreter, prefix = Path(base).resolve(), Path(sys.base_prefix).resolve()
    if not interpreter.is_relative_to(prefix):
        raise SandboxUnavailable(f"The sandbox cannot show {interpreter}, since it lies outside {prefix}.")
    home = Path(os.path.expanduser("~")).resolve()
    if home.is_relative_to(prefix) or prefix == Path("/home") or prefix.is_relative_to("/work"):
        raise SandboxUnavailable(
            f"The Python in {prefix} cannot be shown in the sandbox without showing more; install one in its own folder."
        )
    return Python(interpreter, prefix, tuple(sorted(set(_hidden(prefix)))))


def _hidden(prefix: Path) -> Iterator[Path]:
    roots = (prefix, Path("/usr"))
    for folder in _package_folders(prefix):
        if folder.is_dir() and any(folder.resolve().is_relative_to(root) for root in roots):
            yield folder.resolve()


def _package_folders(prefix: Path) -> Iterator[Path]:
    """Installed packages (among them, perhaps, the weights) and environments kept inside the prefix."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for name in ("purelib", "platlib"):
        yield Path(sysconfig.get_path(name, vars={"base": str(prefix), "platbase": str(prefix)}))
    for library in ("lib", "lib64"):
        yield prefix / library / version / "site-packages"
        yield prefix / library / version / "dist-packages"
    yield Path("/usr/lib/python3/dist-packages")
    yield prefix / "envs"
    if sys.prefix != sys.base_prefix:
        yield Path(sys.prefix)
