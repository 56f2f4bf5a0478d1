"""Names that a model or an example proposes, and which of them are safe where they end up.

They become folders, files, modules, command-line words and Python names, and are printed on terminals.
"""

from __future__ import annotations

import ast
import keyword
import re
import sys

from macrohard.truth.syntax import Unreadable, literal, parse

_PROGRAM = re.compile(r"[A-Za-z](?:[A-Za-z0-9_-]{0,38}[A-Za-z0-9])?")
_COMMAND = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_OPTION = re.compile(r"--[A-Za-z0-9][A-Za-z0-9_-]{0,39}|-[A-Za-z]")
_FILE = re.compile(r"\.?\w[\w.-]{0,99}")
_OUR_HELP = {"--help", "-h"}
_OTHERS = (
    "test",
    "tests",
    "src",
    "pip",
    "setuptools",
    "hatchling",
    "mypy",
    "mypy_extensions",
    "pathspec",
    "ruff",
    "typing_extensions",
)
_TAKEN = {name.lower() for name in (*sys.stdlib_module_names, *keyword.kwlist, *_OTHERS)}
"""Packages by these names could not be imported, or would hide a module that the program needs."""
_ANNOTATION = (
    ast.Name,
    ast.Attribute,
    ast.Subscript,
    ast.BinOp,
    ast.BitOr,
    ast.Constant,
    ast.Tuple,
    ast.List,
    ast.Load,
)


def program_name(text: str) -> str:
    """A name that is safe as a folder and a command: the text itself where it is one."""
    if _PROGRAM.fullmatch(text):
        return text
    name = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:40].strip("-")
    return name if name and name[0].isalpha() else f"program-{name}"[:40].strip("-")


def package_name(program: str) -> str:
    """The package behind a program: its name as Python's, apart from all modules that are there already."""
    name = program.replace("-", "_")
    return f"{name}_program" if name.lower() in _TAKEN else name


def command_name(text: str) -> str:
    """The name of a command, or '' for a program without commands; raises ValueError when it is not safe."""
    return _matched(_COMMAND, text.strip()) if text.strip() else ""


def option_name(text: str) -> str | None:
    """The name of an option with its hyphens; None for the help, which is always there. Raises ValueError."""
    name = text.strip()
    name = name if name.startswith("-") else f"--{name}"
    return None if name in _OUR_HELP else _matched(_OPTION, name)


def argument_name(text: str) -> str:
    """The name of a positional argument, its brackets and spaces mended; raises ValueError when nothing is left."""
    return _matched(_COMMAND, re.sub(r"[^A-Za-z0-9]+", "-", text.lower()).strip("-"))


def state_file_name(text: str) -> str:
    """The name of a data file in the current folder; raises ValueError for a path, or what Python would import."""
    name = _matched(_FILE, text)
    if name.lower().endswith(".py"):
        raise ValueError("a data file may not be a module")
    return name


def signature(name: str, parameters: str, returns: str) -> str:
    """'def area(width: float, height: float = 1.0) -> float:' when it is nothing else; raises ValueError."""
    text = f"def {name}({parameters}) -> {returns}:"
    if not text.isprintable():  # it is shown in documents and on terminals
        raise Unreadable(f"the head of {name!r} is not one plain line")
    body = parse(f"{text} pass\n").body
    match body:
        case [ast.FunctionDef(name=found, body=[ast.Pass()], args=arguments, returns=ast.expr() as result)] if (
            found == name
        ):
            listed = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
            annotations = [item.annotation for item in listed if item and item.annotation]
            defaults = [item for item in [*arguments.defaults, *arguments.kw_defaults] if item]
        case _:
            raise Unreadable(f"{name} is not the head of a function")
    if not all(isinstance(node, _ANNOTATION) for item in [*annotations, result] for node in ast.walk(item)):
        raise Unreadable(f"the annotations of {name} are more than types")
    if len({item.arg for item in listed if item}) != sum(map(bool, listed)):
        raise Unreadable(f"{name} has two parameters of one name")
    for item in defaults:
        literal(item)
    return text


def _matched(pattern: re.Pattern[str], name: str) -> str:
    if not pattern.fullmatch(name):
        raise ValueError(f"{name!r} is not a safe name")
    return name
