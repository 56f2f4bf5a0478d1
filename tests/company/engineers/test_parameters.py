"""Replies that name their parameters otherwise than the stub: they do what they did, under the names that people call."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.company.engineers.extracting import extract
from macrohard.company.engineers.stubs import Stub
from macrohard.company.stubfile import fill, read_stub_file

from ..scripted import code

STUB = Stub(name="join", signature="def join(words: list[str], end: str) -> str:", docstring="Join them.")
BOTH = "return ','.join(xs) + y"


def called(text: str, *given: Any, stub: Stub = STUB, **named: Any) -> Any:
    """What the function of a reply returns when it is called as the stub says."""
    source = extract(code(text), stub)
    assert source is not None
    space: dict[str, Any] = {}
    exec(compile(source, "reply.py", "exec"), space)  # noqa: S102 - the source stands in this file
    return space[stub.name](*given, **named)


@pytest.mark.parametrize(
    "text",
    [
        f"def join(xs, y):\n    {BOTH}",
        f"def join(xs, y='?'):\n    {BOTH}",
        f"def join(xs: tuple, y: int) -> None:\n    '''Mine.'''\n    {BOTH}",
        "def join(xs, y):\n    end = y\n    return ','.join(xs) + end",
        "def join(xs, y):\n    def glue(xs):\n        return ','.join(xs)\n    return glue(xs) + y",
        "def join(xs, y):\n    glue = lambda xs: ','.join(xs)\n    return glue(xs) + y",
        "def join(xs, y):\n    return ','.join(words for words in xs) + y",
        "def join(xs, y):\n    class Box:\n        y = ','\n    return Box().y.join(xs) + y",
        "def join(xs, y, sep=','):\n    return sep.join(xs) + y",
        "def join(xs, y, done=None):\n    return ','.join(xs) + y if done else join(xs, y, done=True)",
        "def join(xs, y):\n    if not xs:\n        return y\n    return join(y=y, xs=xs[:-1]) if False else ','.join(xs) + y",
        f"import functools\n\n@functools.cache\ndef other(): pass\n\ndef join(xs, y):\n    {BOTH}",
    ],
)
def test_other_names_mean_the_same(text: str) -> None:
    assert called(text, ["a", "b"], "!") == called(text, words=["a", "b"], end="!") == "a,b!"


def test_what_is_renamed_reads_as_if_it_had_been_written_so() -> None:
    source = extract(code(f"def join(xs, y):\n    {BOTH}"), STUB)
    assert source is not None and source.endswith("    return ','.join(words) + end")


@pytest.mark.parametrize("text", ["def join(xs): return xs", "def join(a, b, c): return a"])
def test_what_takes_more_or_fewer_is_left_as_it_is(text: str) -> None:
    source = extract(code(text), STUB)
    assert source is not None and ast.unparse(ast.parse(text)).split("(")[1].split(")")[0] in source


def test_the_file_of_a_user_is_filled_with_what_works() -> None:
    """Only the body goes into the file, below the signature that stands there."""
    text = 'def join(words: list[str], end: str) -> str:\n    """Join them."""\n    ...\n'
    (stub,) = read_stub_file(text, "tools.py").stubs
    source = extract(code(f"def join(xs, y):\n    {BOTH}"), stub)
    space: dict[str, Any] = {}
    exec(fill(text, {"join": source or ""}), space)  # noqa: S102 - the source stands in this file
    assert space["join"](["a", "b"], "!") == "a,b!"


NAMES = st.sampled_from(["a", "b", "c", "d"])


@given(st.lists(NAMES, min_size=3, max_size=3, unique=True), st.lists(NAMES, min_size=3, max_size=3, unique=True))
def test_no_names_change_what_comes_out(own: list[str], wanted: list[str]) -> None:
    one, two, three = own
    text = (
        f"def f({', '.join(own)}):\n    {two}, d1 = {three}, {one}\n    return [d1, {two}, [{one} for {three} in [9]]]"
    )
    stub = Stub(name="f", signature=f"def f({', '.join(wanted)}):", docstring="Do it.")
    given = dict(zip(wanted, (1, 2, 3), strict=True))
    first, _, third = [given[name] for name in own] if set(own) == set(wanted) else (1, 2, 3)
    assert called(text, 1, 2, 3, stub=stub) == [first, third, [first]]


def test_names_in_another_order_mean_what_they_say() -> None:
    stub = Stub(name="bmi", signature="def bmi(weight: float, height: float) -> float:", docstring="Weigh.")
    assert called("def bmi(height, weight):\n    return weight / height ** 2", 80, 2, stub=stub) == 20


@pytest.mark.parametrize(
    ("signature", "text", "given", "result"),
    [
        ("def f(date):", "from datetime import date\ndef f(text):\n    return date.fromisoformat(text).day", ["2024-03-09"], 9),
        ("def f(int):", "def f(number):\n    return [int(d) for d in str(number)]", [120], [1, 2, 0]),
        ("def f(words):", "def words(text):\n    return text.split()\ndef f(text):\n    return len(words(text))", ["a b"], 2),
        ("def f(words):", "def f(text, *, sep=' '):\n    return text.split(sep)", ["a b"], ["a", "b"]),
        ("def f(items, verbose):", "def f(items):\n    return items[:1]", [[1, 2], True], [1]),
        ("def f(n):", "def f(number, seen=()):\n    return [*seen, number] if number < 1 else f(number - 1, (*seen, number))", [2], [2, 1, 0]),
    ],
)  # fmt: skip
def test_a_name_of_the_stub_hides_nothing_that_the_reply_uses(
    signature: str, text: str, given: list[Any], result: Any
) -> None:
    stub = Stub(name="f", signature=signature, docstring="Do it.")
    assert called(text, *given, stub=stub) == result
