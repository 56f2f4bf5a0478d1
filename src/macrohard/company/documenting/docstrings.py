"""The docstrings of delivered functions: an example stays when it was seen to come out, in the form in which Python shows it,
and of what its engineers were told to do that alone which it does."""

from __future__ import annotations

import ast
import doctest
from collections.abc import Mapping

from macrohard.company.documenting.trying import Came, try_examples
from macrohard.company.engineers.promise import ENDED, RAISES, RETURNS, broken_promises
from macrohard.company.engineers.stubs import docstring_lines
from macrohard.sandbox import Sandbox

_HEADING = "Examples:"


def documented(files: Mapping[str, str], sandbox: Sandbox) -> dict[str, str]:
    """The same files (path below `src` -> text), with docstrings that are so."""
    return {path: _retold(path, files, sandbox) if path.endswith(".py") else text for path, text in files.items()}


def _retold(path: str, files: Mapping[str, str], sandbox: Sandbox) -> str:
    functions = [node for node in ast.parse(files[path]).body if isinstance(node, ast.FunctionDef)]
    told = {node.name: ast.get_docstring(node) or "" for node in functions}
    module = path.removesuffix(".py").replace("/", ".")
    came = try_examples(files, module, sandbox) if any(">>>" in each for each in told.values()) else {}
    lines = files[path].split("\n")
    for node in reversed(functions):
        kept = as_it_is(with_examples_seen(told[node.name], came.get(node.name, [])), node)
        if kept != told[node.name]:
            lines[node.body[0].lineno - 1 : node.body[0].end_lineno] = docstring_lines(kept)
    return "\n".join(lines)


def as_it_is(told: str, node: ast.FunctionDef) -> str:
    """A docstring that says of its function what was asked of it, where it is so.

    That a function raises ValueError is said of one that does; where, its text tells.
    """
    raises = any(
        isinstance(each, ast.Raise) and each.exc and "ValueError" in ast.unparse(each.exc) for each in ast.walk(node)
    )
    said = {ENDED: ".", RAISES: "Raises ValueError with a message, which is printed as an error." if raises else ""}
    if RETURNS in broken_promises(ast.unparse(node)):
        said[RETURNS] = ""
    lines = told.split("\n")
    for asked, so in said.items():
        lines = [line.replace(asked, so) for line in lines if so or line != asked]
    return "\n".join(lines)


def with_examples_seen(told: str, came: Came) -> str:
    """A docstring with those of its examples alone that show what stands there.

    What is the same value in another form, or the same text but for the spaces at its end, is written as it was shown.
    """
    try:
        examples = doctest.DocTestParser().get_examples(told)
    except ValueError:  # it only looks like a session
        return told
    seen = came if len(came) == len(examples) else [(False, None)] * len(examples)
    shown = [_shown(example, *each) for example, each in zip(examples, seen, strict=True)]
    if not any(shown):  # what only leads to an example shows nothing
        shown = [None for _ in examples]
    lines = told.split("\n")
    for example, after in reversed(list(zip(examples, shown, strict=True))):
        begin = example.lineno + example.source.count("\n")
        kept = [] if after is None else [*lines[example.lineno : begin], *after.split("\n")[:-1]]
        lines[example.lineno : begin + example.want.count("\n")] = kept
    text = "\n".join(lines).rstrip()
    return text if any(shown) or not examples else text.removesuffix(_HEADING).rstrip()


def _shown(example: doctest.Example, passed: bool, got: str | None) -> str | None:
    """The lines that an example shows, each with its end; None for one that does not show what stands there."""
    if passed:
        return example.want
    try:
        wanted, found = ast.literal_eval(example.want.strip()), ast.literal_eval((got or "").strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return f"{found!r}\n" if _settled(wanted) == _settled(found) else None


def _settled(value: object) -> object:
    return value.rstrip() if isinstance(value, str) else value
