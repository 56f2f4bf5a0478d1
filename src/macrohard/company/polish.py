"""Formatting, linting and type checking what the engineers wrote. The text is read and written, never run."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from macrohard.tools import tool

_RULES = "F401,F541,F632,F841,I,UP,C4,SIM101,W291,W293"
"""Rules whose mends keep behaviour: unused imports, import order, today's syntax, spaces."""
_SECONDS = 300
"""For each tool; the type checker takes some ten with nothing in its cache."""


def polish(files: Mapping[str, str]) -> dict[str, str]:
    """The same files, formatted and with unused imports removed; Python files only."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, text in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        _ruff("check", "--fix", "--quiet", "--select", _RULES, "--exit-zero", root=root)
        _ruff("format", "--quiet", root=root)
        return {path: (root / path).read_text(encoding="utf-8") for path in files}


def _ruff(*arguments: str, root: Path) -> None:
    """Run the formatter on a folder, without any settings of the user and without a cache."""
    words = [*tool("ruff", *arguments), "--isolated", "--no-cache", "--line-length", "100"]
    words += ["--target-version", "py39"] if arguments[0] == "format" else []
    done = subprocess.run([*words, str(root)], cwd="/", capture_output=True, text=True, check=False, timeout=_SECONDS)
    if done.returncode != 0:
        raise RuntimeError(f"ruff {arguments[0]} failed: {done.stderr or done.stdout}")


def type_errors(root: Path, package: str, cache: Path) -> list[str]:
    """What mypy in strict mode says about a package below `root`, one line each, without the folder's name; nothing where it does not come to
    its end. What it knows of the standard library is kept in `cache`, without which it takes five times as long."""
    words = [*tool("mypy"), "--strict", "--config-file", "/dev/null", "--no-error-summary"]
    words += ["--cache-dir", str(cache), "--no-sqlite-cache", "--no-site-packages", "-p", package]
    try:
        done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        return []
    return [line for line in done.stdout.splitlines() if ": error:" in line]
