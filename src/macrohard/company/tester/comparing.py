"""Comparing: the code of a step that calls a function and looks at what came, whatever the function is called."""

from __future__ import annotations

import inspect
from functools import cache

from macrohard.truth import PYTHON, Expectation, Step, equality

_TOOLS = "_what_compares"
"""The name in the code of a check that no function has. What looks at a result is looked up in it, so that a function may be called
like that, or like what that uses."""
_SAY, _WRITE = f"{_TOOLS}['print']", f"{_TOOLS}['repr']"
_FREE = Expectation(exit_status=None)


def comparing(package: str, name: str, call: str, expected: str) -> Step:
    """The step that prints the expected literal when the result of a call equals it, else the result."""
    code = f"result = {call}\n{_TOOLS}['compare'](result, {expected}, {expected!r})\n"
    return _calling(package, name, _everything(), code, Expectation(stdout=expected))


def raising(package: str, name: str, call: str, kind: str) -> Step:
    """The step that prints that a call raises this kind of exception, or the result if it raises none."""
    told = f"raises {kind}"
    code = f"try:\n    result = {call}\nexcept {kind}:\n    {_SAY}({told!r})\nelse:\n    {_SAY}({_WRITE}(result))\n"
    return _calling(package, name, "", code, Expectation(stdout=told))


def showing(package: str, name: str, call: str) -> Step:
    """The step that prints what a call returns, or which exception it raises, so that equal results look equal; nothing is expected."""
    caught = f"except Exception as error:\n    {_SAY}('raises', error.__class__.__name__)\n    raise\n"
    code = f"try:\n    result = {call}\n{caught}{_SAY}({_TOOLS}['shown'](result))\n"
    return _calling(package, name, _shown(), code, _FREE)


def _calling(package: str, name: str, tools: str, code: str, expect: Expectation) -> Step:
    head = f"exec({tools!r}, {_TOOLS} := {{'print': print, 'repr': repr}})\nfrom {package} import {name}\n"
    return Step(argv=(PYTHON, "-c", head + code), expect=expect)


@cache
def _everything() -> str:
    return inspect.getsource(equality)


@cache
def _shown() -> str:
    return inspect.getsource(equality.shown)
