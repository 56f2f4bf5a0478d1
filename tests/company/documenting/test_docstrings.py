"""What the docstrings of a delivered program show was seen, in the real sandbox."""

from __future__ import annotations

import ast
import doctest
import types

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macrohard.company.documenting import documented
from macrohard.company.engineers.promise import ENDED, RAISES, RETURNS
from macrohard.company.engineers.stubs import docstring_lines
from macrohard.sandbox import open_sandbox


def told(docstring: str, body: str, *, before: str = "", head: str = "def f(x: object) -> object:") -> str:
    """What is left of the docstring of a function with this body."""
    lines = [before, head, *docstring_lines(docstring), *(f"    {line}" for line in body.split("\n")), ""]
    text = documented({"tool/__init__.py": "", "tool/functions.py": "\n".join(lines)}, open_sandbox())[
        "tool/functions.py"
    ]
    tree = ast.parse(text)
    assert ast.unparse(ast.parse("\n".join(lines)).body[-1].body[1:]) == ast.unparse(tree.body[-1].body[1:])  # type: ignore[attr-defined]
    assert isinstance(tree.body[-1], ast.FunctionDef)
    return ast.get_docstring(tree.body[-1]) or ""


def test_what_comes_out_stays() -> None:
    docstring = "Twice.\n\nExamples:\n>>> f(2)\n4\n>>> [f(n)\n...  for n in (1, 2)]\n[2, 4]"
    assert told(docstring, "return x * 2") == docstring


@pytest.mark.parametrize(
    ("shown", "body", "kept"),
    [
        ('"a-b"', "return 'a-b'", "'a-b'"),
        ("2.0", "return 2", "2"),
        ("'ABC'", "return 'ABC\\n'", r"'ABC\n'"),
        ("{'b': 1, 'a': 2}", "return {'a': 2, 'b': 1}", "{'a': 2, 'b': 1}"),
        ("[1,2]", "return [1, 2]", "[1, 2]"),
    ],
)
def test_the_same_in_another_form_is_written_as_python_shows_it(shown: str, body: str, kept: str) -> None:
    assert told(f"A function.\n\n>>> f(0)\n{shown}", body) == f"A function.\n\n>>> f(0)\n{kept}"


@pytest.mark.parametrize(
    "body",
    [
        "return 5",
        "raise ValueError('4')",
        "print(4)\nreturn ''",
        "raise SystemExit(4)",
        "import os\nos._exit(0)",
        "import os\nos.kill(os.getpid(), 9)",
        "while True: pass",
        "import os\nos.write(1, b'{\"f\": [[true, null]]}')\nos._exit(0)",
        "import sys\nsys.stdout.close()\nreturn 5",
        "return 'x' * 2_000_000",
    ],
)
def test_what_does_not_come_out_goes(body: str) -> None:
    assert told("A function.\n\nExamples:\n>>> f(0)\n4", body) == "A function."


def test_of_several_examples_those_go_that_do_not_come_out() -> None:
    docstring = "Twice.\n\n>>> f(2)\n4\n>>> f(3)\n7\n>>> f('a')\n'aa'"
    assert told(docstring, "return x * 2") == "Twice.\n\n>>> f(2)\n4\n>>> f('a')\n'aa'"


def test_what_only_leads_to_an_example_goes_with_it() -> None:
    docstring = "Keep one.\n\nExamples:\n>>> kept = []\n>>> _ = f(kept)\n>>> len(kept)\n{}"
    assert told(docstring.format(1), "x.append(1)\nreturn x") == docstring.format(1)
    assert told(docstring.format(2), "x.append(1)\nreturn x") == "Keep one."


def test_an_error_that_is_shown_stays_an_example() -> None:
    docstring = "Refuse.\n\n>>> f(0)\nTraceback (most recent call last):\n    ...\nValueError: no"
    assert told(docstring, "raise ValueError('no')") == docstring
    assert told(docstring, "raise ValueError('yes')") == "Refuse."


def test_what_a_decorator_made_of_a_function_has_its_examples() -> None:
    docstring = "Twice.\n\n>>> f(2)\n4\n>>> f(3)\n4"
    head = "from functools import lru_cache\n\n@lru_cache(maxsize=None)\ndef f(x: int) -> int:"
    assert told(docstring, "return 4 if x == 2 else 6", head=head) == "Twice.\n\n>>> f(2)\n4"


@pytest.mark.parametrize("docstring", ["Read '>>>x' as it is.", ">>>f(1) says 2.", "Shift: a >>> b."])
def test_what_is_no_example_is_no_concern(docstring: str) -> None:
    assert told(docstring, "return 5") == docstring


def test_other_functions_of_the_module_may_be_used() -> None:
    before = "from fractions import Fraction\n\ndef half(n: int) -> Fraction:\n    return Fraction(n, 2)\n"
    docstring = "Add.\n\n>>> f(half(3))\nFraction(5, 2)"
    assert told(docstring, "return x + 1", before=before) == docstring


@pytest.mark.parametrize("body", ["print('4')\nreturn ''", "import sys\nsys.exit(2)", "exit()"])
def test_a_function_that_prints_or_exits_is_not_said_never_to_do_so(body: str) -> None:
    assert told(f"Count.\n\n{RETURNS}\nIt is fast.", body) == "Count.\n\nIt is fast."
    assert RETURNS in told(f"Count.\n\n{RETURNS}\nIt is fast.", "return str(x)")


def test_an_error_is_told_of_functions_that_have_one() -> None:
    assert told(f"Count.\n\n{RAISES}", "return x") == "Count."
    kept = told(f"Count.\n\n{RAISES}", "if not x:\n    raise ValueError('no')\nreturn x")
    assert kept == "Count.\n\nRaises ValueError with a message, which is printed as an error."


def test_the_last_line_of_a_text_need_not_end() -> None:
    assert told(f"Count.\n\n`x` is all the text from standard input{ENDED}", "return x").endswith(
        "from standard input."
    )


@settings(max_examples=15, deadline=None)  # each starts a program
@given(st.text(max_size=30), st.text(max_size=10))
def test_texts_mean_what_they_meant(purpose: str, value: str) -> None:
    """Whatever stands in a purpose or a result, the module can be read, and its examples are so."""
    lines = [
        "def f(x: object) -> object:",
        *docstring_lines(f"{purpose}.\n\n>>> f(0)\n{value!r}\n>>> f(1)\n{value + 'x'!r}"),
    ]
    files = {"tool/__init__.py": "", "tool/functions.py": "\n".join([*lines, f"    return {value!r}", ""])}
    module = types.ModuleType("functions")
    exec(documented(files, open_sandbox())["tool/functions.py"], vars(module))  # noqa: S102 - written above
    assert module.f(0) == value and purpose.strip()[:1] in module.f.__doc__
    assert doctest.testmod(module).failed == 0
