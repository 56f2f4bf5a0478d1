"""The user's own tests (`--tests DIR`): which can be run, and the checks that run them.

The sandbox holds the standard library and no pytest. What would not be run is refused before work begins, since a file whose
tests were passed over would look as if they had passed.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Mapping, Sequence

from macrohard.company import usertesting
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
    cases = [item for item in _classes(body) if _is_case(item, body)]
    names = [
        *(node.name for node in _functions(body)),
        *(f"{item.name}.{node.name}" for item in cases for node in _tests_of(item, body)),
    ]
    return names if names or any(map(_takes_over, cases)) else None


def _top(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements, also those that stand under a condition."""
    for node in body:
        yield node
        for part in ("body", "orelse", "finalbody") if isinstance(node, ast.If | ast.Try | ast.With) else ():
            yield from _top(getattr(node, part, ()))


def _functions(body: Sequence[ast.stmt]) -> list[_Function]:
    return [node for node in body if isinstance(node, _Function) and _NAME.match(node.name)]


def _classes(body: Sequence[ast.stmt]) -> list[ast.ClassDef]:
    return [node for node in body if isinstance(node, ast.ClassDef)]


def _bases(item: ast.ClassDef, body: Sequence[ast.stmt]) -> list[ast.ClassDef]:
    """Those of its bases that stand before it in the same file."""
    before = [other for other in _classes(body) if other.lineno < item.lineno]
    return [other for other in before if other.name in map(_last, item.bases)]


def _is_case(item: ast.ClassDef, body: Sequence[ast.stmt]) -> bool:
    """Whether `unittest` looks for tests in it; what it takes over from another file may be a `TestCase`."""
    known = _bases(item, body)
    others = {_last(base) for base in item.bases} - {other.name for other in known}
    return bool(others - _NO_CASES) or any(_is_case(other, body) for other in known)


def _takes_over(item: ast.ClassDef) -> bool:
    """Whether it may have the tests of a class of another file."""
    return item.name.startswith("Test") and not any(_last(base).endswith("TestCase") for base in item.bases)


def _tests_of(item: ast.ClassDef, body: Sequence[ast.stmt]) -> list[_Function]:
    """Its own, and those of its bases."""
    return _functions(item.body) + [test for other in _bases(item, body) for test in _tests_of(other, body)]


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
    cases = [item for item in _classes(body) if _is_case(item, body)]
    used = {other.name for item in cases for other in _bases(item, body)}
    for item in _classes(body):
        if item in cases or item.name in used:
            yield from _function_hindrances(_functions(item.body), own=1)
        elif item.name.startswith("Test") and _tests_of(item, body):
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
    """The last part of a dotted name; '' for anything else."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
