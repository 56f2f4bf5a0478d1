"""Statements about functions, and sessions of Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from macrohard.answers import Standing

from ..repositories import checked, reason, verdicts, written

FILES = {
    "src/slugs/__init__.py": "from slugs.core import slugify\n",
    "src/slugs/core.py": """def slugify(text):
    return text.lower().replace(" ", "-")


def first(items):
    if not items:
        raise ValueError("empty")
    return items[0]


def never(value):
    return value
""",
    "other.py": "def twice():\n    return 2\n",
    "more.py": "def twice():\n    return 4\n",
}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ('`slugify("A b")` returns "a-b".', Standing.SUPPORTED),
        ("slugify('A b') returns 'a_b'.", Standing.CONTRADICTED),
        ("`first([2.0, 1])` returns 2.", Standing.SUPPORTED),
        ("`first([])` raises ValueError.", Standing.SUPPORTED),
        ("`first([])` raises IndexError.", Standing.CONTRADICTED),
        ("`first([1])` raises ValueError.", Standing.CONTRADICTED),
        ("`first(3)` returns 3.", Standing.CONTRADICTED),
        ("`twice()` returns 2.", Standing.NOT_CHECKED),
        ("`nothing(1)` returns 2.", Standing.NOT_CHECKED),
        ("`obj.first([1])` returns 2.", None),
        ("`never(1)` returns True.", Standing.CONTRADICTED),
        ("`never([1, {0: 1}])` returns [True, {0: 1}].", Standing.CONTRADICTED),
        ("`never([1, {0: 1}])` returns [1, {False: 1}].", Standing.CONTRADICTED),
        ("`never([True, 2.0])` returns [True, 2].", Standing.SUPPORTED),
        ("`first([])` raises Exception.", Standing.SUPPORTED),
        ("`first(1, 2)` returns 3 if it is asked nicely.", None),
        ("`from slugs import slugify` works.", Standing.SUPPORTED),
        ("`import slugs.nothing` works.", Standing.CONTRADICTED),
    ],
)
def test_functions(tmp_path: Path, text: str, verdict: Standing | None) -> None:
    report = checked(text, written(tmp_path, FILES))
    assert list(verdicts(report).values()) == ([verdict] if verdict else []), report


BROKEN = {
    "template.py": "def {{ name }}(text):\n    return {{ value }}\n",
    "ancient.py": "print 'Python 2'\n",
    "long.py": "VALUES = [" + "0, " * 200_000 + "]\n",
}


def test_files_that_cannot_be_read_and_do_not_name_the_function_are_passed_over(tmp_path: Path) -> None:
    repository = written(tmp_path, FILES | BROKEN)
    report = checked('`slugify("A b")` returns "a-b".', repository)
    assert list(verdicts(report).values()) == [Standing.SUPPORTED], report


def test_a_name_is_found_in_whatever_form_it_is_written(tmp_path: Path) -> None:
    repository = written(tmp_path, {"names.py": "def cafe\u0301(text):\n    return text\n"})
    report = checked('`caf\u00e9("a")` returns "a".', repository)
    assert list(verdicts(report).values()) == [Standing.SUPPORTED], report


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_files_that_cannot_be_read_and_may_define_the_function_leave_it_open(tmp_path: Path, name: str) -> None:
    text = BROKEN[name] + "def slugify(text):\n    return text\n"
    report = checked('`slugify("A b")` returns "a-b".', written(tmp_path, FILES | {name: text}))
    assert list(verdicts(report).values()) == [Standing.NOT_CHECKED], report


LIAR = """class Liar:
    def __eq__(self, other):
        return True

    def __repr__(self):
        return "liar"


def lie():
    return Liar()
"""


def test_what_a_result_says_of_itself_is_not_believed(tmp_path: Path) -> None:
    report = checked("`lie()` returns 3.", written(tmp_path, {"liar.py": LIAR}))
    assert list(verdicts(report).values()) == [Standing.NOT_CHECKED] and "`liar`" in reason(report)


@pytest.mark.parametrize(
    ("session", "verdict"),
    [
        (">>> from slugs import slugify\n>>> slugify('A b')\n'a-b'", Standing.SUPPORTED),
        (">>> from slugs import slugify\n>>> slugify('A b')\n'...b'", Standing.SUPPORTED),
        (">>> from slugs import slugify\n>>> slugify('A b')\n'a_b'", Standing.CONTRADICTED),
        (">>> slugify('A b')\n'a-b'", Standing.NOT_CHECKED),
        (">>> 1 + 1  # doctest: +SKIP\n3", None),
    ],
)
def test_sessions_of_python(tmp_path: Path, session: str, verdict: Standing | None) -> None:
    report = checked(f"Use it:\n\n```python\n{session}\n```\n", written(tmp_path, FILES))
    assert list(verdicts(report).values()) == ([verdict] if verdict else []), report
