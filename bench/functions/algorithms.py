"""Functions of TheAlgorithms/Python (MIT), a public collection of documented functions with examples: a set to fit on.

MBPP has one line of text and one example for each task. Here texts are as long as people write them, with several examples, and the
author's own function tells what is right on further inputs. Lies in the folder `algorithms` beside the other sets: a checkout of
that repository, at the commit below. Up to three examples stay in the stub, the others are hidden.
"""

from __future__ import annotations

import ast
import doctest
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.functions.author import compared
from bench.functions.shapes import Arguments
from macrohard.company.engineers.stubs import Stub
from macrohard.company.stubfile.examples import docstring_examples
from macrohard.truth.examples import CallExample
from macrohard.truth.syntax import Unreadable, expression, literal, parse

COMMIT = "f5988cc09713315817df6a7e327e258013a94440"
"""At which it has 470 such functions."""
_APART = frozenset({"project_euler", "scripts", "web_programming"})
"""Folders whose functions answer one riddle each, or need a network."""
_CHANCE = frozenset({"random", "secrets", "time", "datetime"})
_SHOWN = (1, 2, 2, 3)
"""Examples that stay in a stub, drawn for each: texts show two most often."""
_LEAST_TEXT = 25
"""Characters of a text besides its examples, so that it says something."""


@dataclass(frozen=True, slots=True)
class Found:
    """A function that can be a task."""

    id: str
    name: str
    stub: str
    hidden: str
    author: str
    """The source of its module."""


def functions(folder: Path) -> Iterator[Found]:
    """All functions of a checkout that can be tasks, in the order of their files. Raises FileNotFoundError without it."""
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is missing: put a checkout of TheAlgorithms/Python at {COMMIT} there.")
    for path in sorted(folder.rglob("*.py")):
        place = path.relative_to(folder)
        if place.parts[0] not in _APART:
            yield from _of_file(path.read_text(encoding="utf-8"), place.with_suffix("").as_posix())


def _of_file(text: str, place: str) -> Iterator[Found]:
    try:
        tree = parse(text)
    except Unreadable:
        return
    imported = {module for node in ast.walk(tree) for module in _modules(node)}
    if imported <= sys.stdlib_module_names and not imported & _CHANCE:
        named = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        yield from (found for node in named if (found := _task(node, tree, text, place)))


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [name.name.partition(".")[0] for name in node.names]
    return [(node.module or "").partition(".")[0]] if isinstance(node, ast.ImportFrom) else []


def _task(node: ast.FunctionDef, tree: ast.Module, text: str, place: str) -> Found | None:
    """The function as a task; None where its text or its examples do not make one."""
    docstring = ast.get_docstring(node) or ""
    plain = not (node.args.vararg or node.args.kwarg or node.args.kwonlyargs or node.name.startswith("_"))
    calls = [example for example in docstring_examples(node) if example.result not in {None, "None"}]
    given = [arguments for example in calls if (arguments := _arguments(example)) is not None]
    identity = f"{place}:{node.name}"
    if not plain or len(given) < 2 or len(given) < len(calls) or len({len(item) for item in given}) > 1:
        return None
    shown = calls[: random.Random(identity).choice(_SHOWN)]
    written = _shortened(docstring, calls[len(shown) :])
    if len(_prose(written)) < _LEAST_TEXT:
        return None
    stub = _stub(node, tree, written)
    hidden = compared(node.name, text, "_function(*_given)", given)
    return Found(identity, node.name, stub, hidden, text)


def _arguments(example: CallExample) -> Arguments | None:
    call = expression(example.expression)
    if not isinstance(call, ast.Call) or call.keywords:
        return None
    return tuple(literal(value) for value in call.args)


def _shortened(docstring: str, left_out: Sequence[CallExample]) -> str:
    """The docstring without the sessions of these examples."""
    gone = {example.quotation for example in left_out}
    parts: list[str] = []
    for part in doctest.DocTestParser().parse(docstring):
        if isinstance(part, str):
            parts.append(part)
        elif f">>> {part.source.strip()}\n{part.want.strip()}" not in gone:
            shown = part.source.rstrip("\n").replace("\n", "\n... ")
            parts.append(f">>> {shown}\n{part.want}")
    return "\n".join(line.rstrip() for line in "".join(parts).strip().split("\n"))


def _prose(docstring: str) -> str:
    parts = doctest.DocTestParser().parse(docstring)
    return "".join(part for part in parts if isinstance(part, str)).strip()


def _stub(node: ast.FunctionDef, tree: ast.Module, docstring: str) -> str:
    """The function with its signature and docstring, below the imports of its module."""
    imports = [ast.unparse(item) for item in tree.body if isinstance(item, ast.Import | ast.ImportFrom)]
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    signature = f"def {node.name}({ast.unparse(node.args)}){returns}:"
    return Stub(name=node.name, signature=signature, docstring=docstring, imports="\n".join(imports)).text
