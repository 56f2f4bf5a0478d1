from __future__ import annotations

import ast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from macrohard.company.engineers.stubs import Stub
from macrohard.company.stubfile import fill, read_stub_file
from macrohard.errors import UserError


def test_examples_of_the_docstring() -> None:
    text = '''def up(word: str) -> str:
    """Say it louder: up("a") returns "A".

    >>> up("b")
    'B'
    >>> up(3)
    Traceback (most recent call last):
        ...
    TypeError: no word
    >>> up("c") == "C"
    >>> up("d") == "D"
    True
    >>> up("e")
    True
    >>> up(some) # no literal
    1
    >>> other("b")
    2
    """
'''
    examples = read_stub_file(text, "x.py").examples
    assert [(item.expression, item.result, item.raises) for item in examples] == [
        ('up("b")', "'B'", None),
        ("up(3)", None, "TypeError"),
        ('up("c")', '"C"', None),
        ('up("d")', '"D"', None),
        ('up("e")', "True", None),
        ('up("a")', '"A"', None),
    ]


def test_a_call_that_is_told_twice_is_one_example() -> None:
    text = '''def total(values, start=0):
    """Add them up.

    >>> total([1, 2])
    3

    Input: values = [1, 2]
    Output: 3

    For values = [1] and start = 4 the result is 5.
    """
'''
    examples = read_stub_file(text, "x.py").examples
    assert [(item.expression, item.result) for item in examples] == [("total([1, 2])", "3"), ("total([1], 4)", "5")]


@pytest.mark.parametrize("body", ["pass", "...", "raise NotImplementedError", "raise NotImplementedError('x')", ""])
def test_empty_bodies(body: str) -> None:
    read = read_stub_file(f'import re\n\ndef f(a: int, *, b=1) -> str:\n    """F."""\n    {body}\n', "x.py")
    assert [(stub.signature, stub.imports) for stub in read.stubs] == [("def f(a: int, *, b=1) -> str:", "import re")]


@pytest.mark.parametrize("body", ["return 1", "raise ValueError", "pass; x = 1", "yield"])
def test_written_bodies_are_left(body: str) -> None:
    with pytest.raises(UserError, match="nothing to fill in"):
        read_stub_file(f'def f():\n    """F."""\n    {body}\n', "x.py")


def test_what_is_skipped() -> None:
    text = 'def f():\n    """F."""\n\nasync def g():\n    """G."""\n\nclass C:\n    def m(self):\n        """M."""\n'
    assert read_stub_file(text, "x.py").skipped == ("g", "m")


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_stub_file(text, "x.py")
    except UserError as error:
        assert str(error).startswith("x.py ")


@example("\0" + "0")
@given(st.text() | st.text("\"'\\\n a0\0\r", max_size=12))
def test_any_docstring_makes_a_stub_that_python_reads(docstring: str) -> None:
    stub = Stub(name="f", signature="def f():", docstring=docstring)
    (found,) = ast.parse(stub.text).body
    assert isinstance(found, ast.FunctionDef)
    read = ast.get_docstring(found) or ""
    assert _words(read) == _words(docstring)


def _words(text: str) -> list[str]:
    """The words alone: a docstring may be indented otherwise, and its lines end in any way."""
    return [word for word in text.replace("\x0c", " ").split()]


FILLED = "def f(a):\n    'Doc.'\n    if a:\n        return 1\n    return 2"


@pytest.mark.parametrize(
    ("stub", "filled"),
    [
        ('def f(a): "Doc."\n', 'def f(a):\n    "Doc."\n    if a:\n        return 1\n    return 2\n'),
        ('def f(a):\n  "Doc."; pass  # x\n', 'def f(a):\n  "Doc."\n  if a:\n      return 1\n  return 2\n'),
        ('def f(a):\n\t"Doc."  # kept\n\t...\n', 'def f(a):\n\t"Doc."  # kept\n\tif a:\n\t    return 1\n\treturn 2\n'),
        (
            "def f(a,\n      ): # n\n    '''Ä\n    ö'''\n\n    pass\n# end",
            "def f(a,\n      ): # n\n    '''Ä\n    ö'''\n    if a:\n        return 1\n    return 2\n# end",
        ),
        ('if 1: pass\ndef f(a):\n    "D"\nimport os', 'if 1: pass\ndef f(a):\n    "D"\n    if a:\n        return 1\n    return 2\nimport os'),
    ],
)  # fmt: skip
def test_the_text_around_a_body_stays(stub: str, filled: str) -> None:
    assert fill(stub, {"f": FILLED}) == filled
    ast.parse(filled)


def test_imports_and_helpers_find_their_place() -> None:
    text = (
        '"""Doc."""\nfrom __future__ import annotations\nimport os\n\nA = os.sep\n\n\n@print\ndef f():\n    """F."""\n'
    )
    source = "import os\nimport math\n\ndef helper():\n    return math.pi\n\ndef f():\n    'F.'\n    return helper()"
    assert fill(text, {"f": source}) == (
        '"""Doc."""\nfrom __future__ import annotations\nimport os\nimport math\n\nA = os.sep\n\n\n'
        'def helper():\n    return math.pi\n\n\n@print\ndef f():\n    """F."""\n    return helper()\n'
    )


def test_strings_of_several_lines_keep_their_place() -> None:
    source = 'def f():\n    def g():\n        """One.\nTwo."""\n    return g.__doc__'
    scope: dict[str, object] = {}
    exec(fill('def f():\n    """F."""\n', {"f": source}), scope)  # noqa: S102 - written above
    assert scope["f"]() == "One.\nTwo."  # type: ignore[operator]
