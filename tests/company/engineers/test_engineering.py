from __future__ import annotations

import ast
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.company.engineers.engineering import Candidate, joined, repair_candidates
from macrohard.company.engineers.extracting import extract
from macrohard.company.engineers.stubs import Stub
from macrohard.models.scripted import ScriptedModel

from ..scripted import code

STUB = Stub(name="up", signature="def up(word: str) -> str:", docstring="Say it louder.", context="A request.")


@given(st.text() | st.text().map(code) | st.text("def up(): \n\t'\"\\{}[]1+-*", max_size=60).map(code))
def test_any_reply_is_read_or_left(text: str) -> None:
    source = extract(text, STUB)
    assert source is None or "def up" in ast.unparse(ast.parse(source))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No.",
        code("def down(word): return word"),
        code("async def up(word): return word"),
        code("class up: pass"),
        code("def up(word):\n    return (" + "(" * 500 + ")" * 500),
        code("def up(word):\n    return " + "-" * 50_000 + "1"),
        code("def up(word):\n    return " + "+".join("1" * 50_000)),
        code("def up(word):\n    return word" + "[0]" * 5_000),
        code("def up(word):\n" + "".join(" " * n + "if 1:\n" for n in range(1, 95))),
        code("def up(word):\n    return '\ud800'"),
        code("def up(word):\n    return '\0'"),
        code("#" * 1_000_000 + "\ndef up(word): return word"),
        "`" * 1_000_000,
        "```python\n" * 100_000,
    ],
    ids=lambda text: f"{len(text)} characters",
)
def test_replies_without_the_function(text: str) -> None:
    started = time.monotonic()
    assert extract(text, STUB) is None
    assert time.monotonic() - started < 5


def test_only_what_the_function_needs_is_kept() -> None:
    text = code(
        "import os\nprint('at import')\nTABLE = {}\nUNUSED = os.abort()\nfor x in TABLE: pass\n\ndef helper(w):\n"
        "    return TABLE.get(w, w)\n\ndef other():\n    pass\n\ndef up(word):\n    '''Mine.'''\n    return helper(word)\n\nup('x')"
    )
    source = extract(text, STUB)
    assert source is not None
    assert "TABLE = {}" in source and "def helper" in source
    assert not any(word in source for word in ("UNUSED", "other", "at import", "for x", "up('x')", "Mine."))
    assert "def up(word: str) -> str:\n    'Say it louder.'" in source.replace('"""', "'")


def test_a_reply_may_be_bare_code_or_cut_off() -> None:
    assert extract("def up(word):\n    return word", STUB) is not None
    assert extract("Here:\n```py\ndef up(word):\n    return word\n", STUB) is not None


def test_other_parameters_are_kept_as_they_are() -> None:
    source = extract(code("def up(text, times=1):\n    return text * times"), STUB)
    assert source is not None and "def up_2(text, times=1):" in source


def test_a_round_adds_to_the_one_before() -> None:
    old, new = Candidate(function="up", source="a"), Candidate(function="up", source="b")
    assert joined([old], [new, old]) == [old.model_copy(update={"times": 2}), new]


def test_a_crash_is_shown_to_whoever_mends_it() -> None:
    model = ScriptedModel({"engineer: repair up": [code("def up(word):\n    return word")]})
    crashed = Candidate(function="up", source="def up(word):\n    1/0")
    mended = repair_candidates([(STUB, crashed, "ZeroDivisionError: division by zero")], model, 0)
    assert [(candidate.repaired, candidate.times) for candidate in mended] == [(1, 0)], "it was told what to write"
    assert "ZeroDivisionError" in model.calls[0].messages[-1].content and "1/0" in model.calls[0].messages[-2].content


def test_a_global_that_a_parameter_hides_is_left_out() -> None:
    source = extract("words = []\nSTEP = 2\ndef double(words):\n    return [word * STEP for word in words]", STUB.model_copy(update={"name": "double", "signature": "def double(words):"}))  # fmt: skip
    assert source is not None and "words = []" not in source and "STEP = 2" in source


def test_a_global_that_a_default_takes_is_kept_although_the_parameter_hides_it() -> None:
    source = extract("words = ['a']\nother = 1\ndef up(words=words, other=2):\n    return words, other", STUB)
    assert source is not None and "words = ['a']" in source and "other = 1" not in source
