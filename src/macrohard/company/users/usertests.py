"""The user's own tests (`--tests DIR`): which can be run, and the checks that run them.

The sandbox holds the standard library and no pytest. What would not be run is refused before work begins, since a file whose
tests were passed over would look as if they had passed.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from macrohard.company.users import usertesting
from macrohard.errors import UserError
from macrohard.truth import PYTHON, Check, Expectation, Source, Step
from macrohard.truth.standalone import is_inside, visible
from macrohard.truth.syntax import Unreadable, is_encodable, parse

_NAME = re.compile(r"test(?![a-z])")
"""How the name of a test begins."""
_SKIPPING = frozenset({"skip", "skipIf", "skipUnless", "expectedFailure"})
_NO_CASES = frozenset({"object", "ABC", "Generic", "Protocol", "Enum"})
"""Bases that make no class a `TestCase`."""
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def user_test_checks(tests: Mapping[str, str]) -> tuple[Check, ...]:
    """One check for each file that holds tests, with all files beside it: `unittest` classes, or plain `test_…` functions.

    Raises UserError, with what to do, for tests that would not be run.
    """
    read = {path: _tests_in(path, tests[path]) for path in sorted(tests) if path.endswith(".py")}
    found = {path: names for path, names in read.items() if names is not None}
    if tests and not found:
        raise UserError("The files of --tests hold no test: write `unittest` classes or plain test_… functions.")
    files = dict(tests)
    return tuple(
        Check(
            id=f"user-tests-{number:02d}",
            statement=f"The tests in {visible(path)} pass",
            source=Source.USER,
            files=files,
            steps=(_step(path, found[path]),),
        )
        for number, path in enumerate(found, 1)
    )


def _step(path: str, names: Sequence[str]) -> Step:
    code = f"{inspect.getsource(usertesting)}\n\nrun({path!r}, {list(names)!r})\n"
    return Step(argv=(PYTHON, "-c", code), expect=Expectation(stdout=usertesting.PASSED))


def _tests_in(path: str, text: str) -> list[str] | None:
    """The names of the tests that a file defines, None for a file without tests; raises UserError for what would not be run."""
    if not (is_inside(path) and is_encodable(text)):
        raise UserError(f"{visible(path)} is not named or written in UTF-8: mend it, or leave it out of --tests.")
    try:
        tree = parse(text)
    except Unreadable as error:
        raise UserError(f"{visible(path)} is not valid Python: correct it, or leave it out of --tests.") from error
    for reason in _hindrances(tree):
        raise UserError(f"{visible(path)} {visible(reason)}.")
    body = list(_top(tree.body))
    cases = [item for item in _classes(body) if item.is_case]
    names = [node.name for node in _functions(body)] + [f"{item.name}.{test}" for item in cases for test in item.tests]
    return names if names or any(map(_takes_over, cases)) else None


def _top(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements, also those that stand under a condition."""
    for node in body:
        yield node
        for part in ("body", "orelse", "finalbody") if isinstance(node, ast.If | ast.Try | ast.With) else ():
            yield from _top(getattr(node, part, ()))


def _functions(body: Sequence[ast.stmt]) -> list[_Function]:
    return [node for node in body if isinstance(node, _Function) and _NAME.match(node.name)]


@dataclass(frozen=True, slots=True)
class _Class:
    """A class of a file."""

    name: str
    bases: frozenset[str]
    own: tuple[_Function, ...]
    tests: tuple[str, ...]
    """The names of its own tests, and of those of its bases in the same file."""
    is_case: bool
    """Whether `unittest` looks for tests in it; what it takes over from another file may be a `TestCase`."""


def _classes(body: Sequence[ast.stmt]) -> list[_Class]:
    found: dict[str, _Class] = {}
    for node in body:
        if isinstance(node, ast.ClassDef):
            bases, own = frozenset(map(_last, node.bases)), tuple(_functions(node.body))
            known = [found[name] for name in sorted(bases) if name in found]
            names = [*(item.name for item in own), *(name for item in known for name in item.tests)]
            is_case = bool(bases - set(found) - _NO_CASES) or any(item.is_case for item in known)
            found[node.name] = _Class(node.name, bases, own, tuple(dict.fromkeys(names)), is_case)
    return list(found.values())


def _takes_over(item: _Class) -> bool:
    """Whether it may have the tests of a class of another file."""
    return item.name.startswith("Test") and not any(base.endswith("TestCase") for base in item.bases)


def _hindrances(tree: ast.Module) -> Iterator[str]:
    """Why some test of a file would not be run, and what to do."""
    for node in ast.walk(tree):
        modules = [item.name for item in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if any(name.partition(".")[0] in {"pytest", "_pytest"} for name in modules):
            yield "needs pytest: give tests that need only unittest or plain test functions"
        if isinstance(node, ast.ImportFrom) and node.level:
            yield "imports relatively, but --tests is no package: import its other files by their names"
        if found := {_last(node)} & {"skipTest", "SkipTest"} or _SKIPPING & _decorators(node):
            yield f"uses {min(found)}: leave out the tests that shall not be run"
    body = list(_top(tree.body))
    yield from _class_hindrances(body)
    yield from _function_hindrances(_functions(body), own=0)


def _class_hindrances(body: Sequence[ast.stmt]) -> Iterator[str]:
    used: set[str] = set()
    for item in reversed(_classes(body)):  # a class stands behind its bases
        if item.is_case or item.name in used:
            used |= item.bases
            yield from _function_hindrances(item.own, own=1)
        elif item.name.startswith("Test") and item.tests:
            yield f"has tests in {item.name}, which is no unittest.TestCase: make it one, or write plain test functions"


def _decorators(node: ast.AST) -> set[str]:
    listed = node.decorator_list if isinstance(node, _Function | ast.ClassDef) else []
    return {_last(item.func if isinstance(item, ast.Call) else item) for item in listed}


def _function_hindrances(functions: Sequence[_Function], own: int) -> Iterator[str]:
    """`own` is the number of arguments that Python gives."""
    for number, node in enumerate(functions):
        if isinstance(node, ast.AsyncFunctionDef) or _gives_items(node):
            yield f"has the test {node.name}, which is async or has a yield: its body would never run"
        if not node.decorator_list and _needed(node.args) > own:
            yield f"has the test {node.name}, which takes arguments: give tests that need no fixtures"
        if any(node.name == other.name for other in functions[number + 1 :]):
            yield f"has two tests called {node.name}: give each a name of its own"


def _needed(arguments: ast.arguments) -> int:
    """How many arguments a call must give."""
    positional = len(arguments.posonlyargs) + len(arguments.args) - len(arguments.defaults)
    return positional + arguments.kw_defaults.count(None)


def _gives_items(function: _Function) -> bool:
    """Whether it has a yield of its own, none of a function inside it."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(node, _Function | ast.Lambda):
            waiting += ast.iter_child_nodes(node)
    return False


def _last(node: ast.AST) -> str:
    """The last part of a dotted name, of `Generic[T]` too; '' for anything else."""
    node = node.value if isinstance(node, ast.Subscript) else node
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
