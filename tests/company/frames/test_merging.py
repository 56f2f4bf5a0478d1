"""Functions from different candidates in one module do what they did alone."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.company.frames.merging import merge
from macrohard.company.frames.renaming import rename
from macrohard.company.stubfile import fill

NAMES = ["one", "two"]
HELPERS = [
    "",
    "TABLE = {'a': 1}",
    "TABLE = {'a': 2}",
    "def TABLE():\n    return 3",
    "class TABLE:\n    TABLE = 4\n    def two(self):\n        return self.TABLE",
    "from math import pi as TABLE",
    "import math as TABLE",
    "from math import tau as TABLE",
    "import os.path\nTABLE = os.path.sep",
    "def two(x):\n    return 'helper'\nTABLE = two(1)",
    "def max(*x):\n    return 'mine'\nTABLE = max(1)",
    "from datetime import datetime\nTABLE = datetime(2000, 1, 1).year",
    "import datetime\nTABLE = datetime.datetime(2001, 1, 1).year",
    "def inner(TABLE=5):\n    return TABLE\nTABLE = inner()",
    "TABLE = [TABLE for TABLE in (1, 2)]",
    "TABLE: int = 6\ndef change():\n    global TABLE\n    TABLE = 7\nchange()",
    "TABLE = max([8, 9], key=lambda max: -max)",
]
BODIES = [
    "return repr(TABLE)[:9]",
    "return str(TABLE)[:9] + 'a TABLE' + f'{x} TABLE'",
    "return [str(TABLE)[:9] for TABLE in (1, x)], str(TABLE)[:9]",
    "TABLE_2 = 5\n    return TABLE_2, str(TABLE)[:9]",
    "return (lambda TABLE: TABLE)(x), dict(TABLE=x), str(TABLE)[:9]",
    "def nested():\n        return str(TABLE)[:9]\n    return nested(), max(1, 2)",
    "try:\n        raise ValueError\n    except ValueError as two:\n        return str(TABLE)[:9], type(two)",
    "return max(x, 1), sum([1, 2])",
]


def source(name: str, helper: str, body: str) -> str:
    """A candidate, as `ast.unparse` writes one."""
    return ast.unparse(ast.parse(f"{helper}\ndef {name}(x):\n    {body}\n"))


def parts_of(parts: Sequence[tuple[str, str]], names: Sequence[str]) -> dict[str, str]:
    """Name -> source. A source defines its function once, and comes with a table of its own."""
    return {
        name: source(name, "TABLE = 0" if not helper or f"def {name}(" in helper.split("\n")[0] else helper, body)
        for name, (helper, body) in zip(names, parts, strict=True)
    }


def outcome(text: str, name: str) -> Any:
    """What the function of a module does."""
    scope: dict[str, Any] = {"__name__": "made"}
    exec(text, scope)  # noqa: S102 - written above
    try:
        return scope[name](1)
    except NameError as error:
        return type(error)


candidates = st.tuples(st.sampled_from(HELPERS), st.sampled_from(BODIES))


@given(st.tuples(candidates, candidates), st.permutations(NAMES))
def test_merging_keeps_what_functions_do(parts: tuple[tuple[str, str], tuple[str, str]], names: list[str]) -> None:
    sources = parts_of(parts, names)
    merged = merge(list(sources.values()), names)
    for name, alone in sources.items():
        assert outcome(merged, name) == outcome(alone, name), merged


@given(st.tuples(candidates, candidates), st.permutations(NAMES))
def test_filling_keeps_what_functions_do(parts: tuple[tuple[str, str], tuple[str, str]], names: list[str]) -> None:
    sources = parts_of(parts, names)
    text = 'TABLE = "the user\'s"\n\n\ndef one(x):\n    """One."""\n\n\ndef two(x):\n  """Two."""\n\n\ndef user():\n    return TABLE\n'
    filled = fill(text, sources)
    for name, alone in sources.items():
        assert outcome(filled, name) == outcome(alone, name), filled
    assert "".join(filled.split()).count("'theuser's") == 0 and '"the user\'s"' in filled


def test_equal_helpers_are_kept_once() -> None:
    helper = "def shared(x):\n    return x"
    merged = merge([f"{helper}\n\ndef {name}(x):\n    return shared(x)" for name in NAMES], NAMES)
    assert merged.count("def shared") == 1


def test_imports_come_first_and_once() -> None:
    merged = merge(
        ["import math\nimport re\n\ndef one(x):\n    return x", "import re\n\ndef two(x):\n    return x"], NAMES
    )
    assert merged.startswith("import math\nimport re\n\n\ndef one") and merged.count("import re") == 1


def test_decorators_stay() -> None:
    merged = merge(["import functools\n\n@functools.cache\ndef one(x):\n    return x"], ["one"])
    assert "@functools.cache\ndef one" in merged


def test_a_renamed_helper_takes_all_that_use_it_along() -> None:
    """`outer` reads alike in both, and means something else in each."""
    parts = [f"def inner():\n    return {n}\n\ndef outer():\n    return inner()\n\ndef {name}(x):\n    return outer()"
             for n, name in enumerate(NAMES)]  # fmt: skip
    merged = merge(parts, NAMES)
    assert [outcome(merged, name) for name in NAMES] == [0, 1]


@pytest.mark.parametrize(("old", "text"), list(itertools.product(["TABLE", "two", "x"], HELPERS[1:])))
def test_renaming_changes_nothing_else(old: str, text: str) -> None:
    tree = ast.parse(text)
    rename(tree, old, "quite_new")
    scope: dict[str, Any] = {}
    exec(ast.unparse(tree), scope)  # noqa: S102 - written above
    before: dict[str, Any] = {}
    exec(text, before)  # noqa: S102 - written above
    assert {("quite_new" if name == old else name) for name in before} == set(scope)
    for name, value in before.items():
        if isinstance(value, int | float | str | dict | list) and not name.startswith("__"):
            assert scope["quite_new" if name == old else name] == value
