"""Reading a stub file: which functions are to be filled in, and the examples in their docstrings."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from macrohard.company.engineers.stubs import Stub
from macrohard.company.stubfile.examples import docstring_examples
from macrohard.errors import UserError
from macrohard.truth.check import Record
from macrohard.truth.examples import CallExample
from macrohard.truth.syntax import Unreadable, parse


class NothingToFillIn(UserError):
    """Raised for a file in which no function is empty."""


class StubFile(Record):
    """A stub file as it was read."""

    text: str
    stubs: tuple[Stub, ...]
    examples: tuple[CallExample, ...]
    """Examples of the docstrings, in all forms that are read."""
    skipped: tuple[str, ...]
    """Functions without a body that are not filled in: methods, nested and asynchronous functions."""

    @property
    def docstrings(self) -> dict[str, str]:
        """Of its functions, by their names."""
        return {stub.name: stub.docstring for stub in self.stubs}


def read_stub_file(text: str, name: str) -> StubFile:
    """Read a stub file; raises UserError when it is no Python, NothingToFillIn when no function in it is empty."""
    try:
        tree = parse(text)
    except Unreadable as error:
        cause = error.__cause__
        line = f" in line {cause.lineno}" if isinstance(cause, SyntaxError) and cause.lineno else ""
        raise UserError(f"{name} is not valid Python{line}: correct it and try again.") from error
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and is_empty(node)]
    if not functions:
        raise NothingToFillIn(
            f"{name} has nothing to fill in: give a function a signature, a docstring and an empty body."
        )
    undocumented = [node.name for node in functions if ast.get_docstring(node) is None]
    if undocumented:
        raise UserError(f"{undocumented[0]} in {name} has no docstring: say there what it returns.")
    context = _context(text, tree, functions)
    imports = "\n".join(ast.unparse(node) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom))
    return StubFile(
        text=text,
        stubs=tuple(_stub(node, imports, context) for node in functions),
        examples=tuple(example for node in functions for example in docstring_examples(node)),
        skipped=tuple(_others(tree, functions)),
    )


def is_empty(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """True for a body that is nothing but a docstring, `pass`, `...` or `raise NotImplementedError`."""
    body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    return all(_is_filler(statement) for statement in body)


def _is_filler(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Raise) and statement.exc is not None:
        raised = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
        return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return statement.value.value is Ellipsis
    return isinstance(statement, ast.Pass)


def _stub(node: ast.FunctionDef, imports: str, context: str) -> Stub:
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    wanted = [line for line in imports.split("\n") if line and not line.startswith("from __future__")]
    return Stub(
        name=node.name,
        signature=f"def {node.name}({ast.unparse(node.args)}){returns}:",
        docstring=ast.get_docstring(node) or "",
        imports="\n".join(wanted),
        context=context,
    )


def _context(text: str, tree: ast.Module, functions: list[ast.FunctionDef]) -> str:
    """What stands in the file besides the stubs and the imports: constants, classes, finished functions."""
    parts = [
        ast.get_source_segment(text, node) or ""
        for node in tree.body
        if node not in functions and not isinstance(node, ast.Import | ast.ImportFrom)
    ]
    return "\n\n".join(part for part in parts if part)[:4000]


def _others(tree: ast.Module, functions: list[ast.FunctionDef]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node not in functions and is_empty(node):
            yield node.name
