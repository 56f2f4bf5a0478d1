"""What a repository says of itself in its project files; only read, never run."""

from __future__ import annotations

import ast
import configparser
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from macrohard.answers.software.workplace import Workplace
from macrohard.truth.syntax import Unreadable, literal

_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][\w.-]*)")


@dataclass(frozen=True, slots=True)
class Declared:
    """A dependency as it is declared."""

    name: str
    """In lower case, with hyphens (PEP 503)."""
    path: str
    line: int


def normal(name: str) -> str:
    """The name of a distribution as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def settings(place: Workplace) -> dict[str, Any]:
    """What stands in pyproject.toml; empty when it is not there or broken, which a number of thousands of digits and lists a thousand
    deep are too."""
    try:
        return tomllib.loads(place.text("pyproject.toml") or "")
    except (ValueError, RecursionError):
        return {}


def scripts(place: Workplace) -> dict[str, str]:
    """Console script -> 'module:function', as the project declares them."""
    found = settings(place)
    declared = [table(found, "project", "scripts"), table(found, "tool", "poetry", "scripts")]
    return {name: entry for table in declared for name, entry in table.items() if isinstance(entry, str)}


def name_of(place: Workplace) -> str:
    """The project's name, as PEP 503 compares it; empty when it has none."""
    found = settings(place)
    return normal(str(table(found, "project").get("name") or table(found, "tool", "poetry").get("name") or ""))


def declared_in(place: Workplace) -> tuple[str, list[Declared]] | None:
    """The file that declares what the project needs at run time, and what it declares; None when no file says it."""
    for path, read in (("pyproject.toml", _pyproject), ("setup.cfg", _setup_cfg), ("setup.py", _setup_py)):
        if place.text(path) is not None and (names := read(place)) is not None:
            return path, [Declared(normal(name), path, _line_of(place, path, name)) for name in names]
    for path in ("requirements.txt", "requirements.in"):
        if (text := place.text(path)) is not None:
            lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
            wanted = [(number, line) for number, line in lines if line and not line.startswith(("#", "--hash", "\\"))]
            found = [(number, _REQUIREMENT.match(line)) for number, line in wanted]
            if any(match is None for _, match in found):  # '-r other.txt' and the like
                return None
            return path, [Declared(normal(match.group(1)), path, number) for number, match in found if match]
    return None


def _pyproject(place: Workplace) -> list[str] | None:
    found = settings(place)
    if isinstance(project := found.get("project"), dict):
        dynamic = project.get("dynamic")
        if isinstance(dynamic, list) and "dependencies" in dynamic:
            return None
        return list(_names(project.get("dependencies", ())))
    poetry = table(found, "tool", "poetry")
    return [name for name in table(poetry, "dependencies") if name.lower() != "python"] if poetry else None


def _setup_cfg(place: Workplace) -> list[str] | None:
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(place.text("setup.cfg") or "")
    except configparser.Error:
        return None
    if not parser.has_section("options"):
        return None
    return list(_names(parser["options"].get("install_requires", "").splitlines()))


def _setup_py(place: Workplace) -> list[str] | None:
    """Read, not run: only a list of literals tells."""
    try:
        calls = [node for node in ast.walk(place.tree("setup.py")) if isinstance(node, ast.Call)]
        setup = next(call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "setup")
        wanted = [word.value for word in setup.keywords if word.arg == "install_requires"]
        return list(_names(literal(wanted[0]))) if wanted else []
    except (Unreadable, StopIteration):
        return None


def _names(requirements: object) -> Iterator[str]:
    if isinstance(requirements, (list, tuple)):
        for text in requirements:
            if isinstance(text, str) and (found := _REQUIREMENT.match(text)):
                yield found.group(1)


def _line_of(place: Workplace, path: str, name: str) -> int:
    """The line of a declaration: the first that begins or quotes with the name."""
    pattern = re.compile(rf"(?:^|[\"'\s]){re.escape(name)}(?![\w.-])")
    lines = (place.text(path) or "").splitlines()
    return next((number for number, line in enumerate(lines, 1) if pattern.search(line)), 1)


def table(found: object, *keys: str) -> dict[str, Any]:
    """A table within tables; empty where there is none."""
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}
