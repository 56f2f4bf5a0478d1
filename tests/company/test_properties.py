"""What descriptions say of all results: read only where the words leave little doubt, and shown by the examples of people."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.company import Order, Status, build
from macrohard.company.progress import silent
from macrohard.company.propertied import HOLDS
from macrohard.company.properties import PROPERTIES, is_property, property_checks
from macrohard.company.stubfile import read_stub_file
from macrohard.truth import Check, Verdict

from .scripted import claim_about, code, filled, library_brief, model_of


def checks(text: str, name: str = "f") -> tuple[Check, ...]:
    file = read_stub_file(f'def {name}(*given):\n    """{text}"""\n', "tools.py")
    return property_checks(name, file.stubs[0].docstring, "tools", file.examples)


def said(text: str, name: str = "f") -> list[str]:
    return [check.statement.split("` ")[1].rpartition(", as far as ")[0] for check in checks(text, name)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sort the list. f([2, 1]) returns [1, 2]", ["gives back the values that it was given, each as often", "changes nothing when it is done again"]),
        (
            "Sort the numbers in descending order. f([1, 2]) returns [2, 1]",
            [
                "gives back the values that it was given, each as often",
                "gives back what is in descending order",
                "changes nothing when it is done again",
            ],
        ),
        ("Sort the words by length. f(['aa', 'b']) returns ['b', 'aa']", ["changes nothing when it is done again"]),
        ("Remove all vowels from a text. f('tea') returns 't'", ["gives back no value that it was not given, nor more often", "changes nothing when it is done again"]),
        ("Remove the first letter of a text. f('tea') returns 'ea'", ["gives back no value that it was not given, nor more often"]),
        ("Remove duplicates. f([1, 1]) returns [1]", ["gives back no value that it was not given, nor more often", "changes nothing when it is done again", "gives back no item twice"]),
        ("Count the vowels of a text. f('tea') returns 2", ["gives a whole number from 0 on"]),
        ("Return the index of the item, or -1. f([4, 5], 5) returns 1", ["gives a whole number from -1 to the length of what it was given"]),
        ("The area of a rectangle. f(2, 3) returns 6", ["gives no less for more"]),
        ("A library of f. `f(text)` removes all vowels. f('tea') returns 't'", ["gives back no value that it was not given, nor more often", "changes nothing when it is done again"]),
        ("The greatest common divisor of two numbers. f(4, 6) returns 2", ["gives the same, lists in whatever order, with its arguments the other way round"]),
    ],
)  # fmt: skip
def test_what_is_read(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Sort the list.",  # nothing shows what goes in
        "Find an item of a sorted list. f([1, 2], 2) returns 1",
        "Count the swaps that sort the list. f([2, 1]) returns [1, 0]",
        "Sort the pairs and join them. f([(2, 1)]) returns [(2, 1, 3)]",  # no longer the same items
        "Count the words. f('a b') returns {'a': 1, 'b': 1}",
        "Return the sum. f(1, 2) returns 3",
        "How the area changes. f(2) returns 4",
        "Remove a word. f('a') raises ValueError",
        "Count the digits. f(1e999j) returns 0",  # nothing that can be written goes in
        "The area of a triangle with the sides a, b and c. f(3, 4, 5) returns 6.0",
        "Count the vowels, or return -1 for an empty text. f('tea') returns 2",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert said(text) == []


def tried(folder: Path, text: str, body: str, name: str = "f") -> list[tuple[int, str]]:
    """Exit status and output of each check, on a program with this body."""
    (folder / "tools.py").write_text(f"def {name}(*given):\n    {body}\n", encoding="utf-8")
    found = []
    for check in checks(text, name):
        (step,) = check.steps
        ran = subprocess.run([sys.executable, *step.argv[1:]], cwd=folder, capture_output=True, text=True, check=False)
        found.append((ran.returncode, (ran.stdout or ran.stderr).strip()))
    return found


SORTING = "Sort the list. f([2, 1, 2]) returns [1, 2, 2]"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (SORTING, "return sorted(given[0])"),
        (SORTING, "return (item for item in sorted(given[0]))"),
        ("Remove all vowels from a text. f('tea') returns 't'", "return ''.join(c for c in given[0] if c not in 'aeiou')"),
        ("Count the vowels of a text. f('tea') returns 2", "return sum(c in 'aeiou' for c in given[0])"),
        ("The area of a rectangle. f(2, 3) returns 6", "return given[0] * given[1]"),
        ("The hamming distance of two words. f('ab', 'bb') returns 1", "return sum(a != b for a, b in zip(*given))"),
    ],
)  # fmt: skip
def test_what_is_right_has_them(tmp_path: Path, text: str, body: str) -> None:
    results = tried(tmp_path, text, body)
    assert results and all(result == (0, HOLDS) for result in results)


@pytest.mark.parametrize(
    ("text", "body", "shown"),
    [
        (SORTING, "return sorted(set(given[0]))", "for [2, 1, 2] it gives [1, 2]"),
        (SORTING, "return given[0][1:] + given[0][:1]", "for [2, 1, 2] it gives [1, 2, 2]"),
        ("Count the vowels of a text. f('tea') returns 2", "return len(given[0]) / 2", "for 'tea' it gives 1.5"),
        ("The area of a rectangle. f(2, 3) returns 6", "return given[0] * (6 - given[1])", "for 2, 3 it gives 6"),
        ("Remove all vowels from a text. f('tea') returns 't'", "return given[0].replace('ea', '').upper()", "it gives 'T'"),
    ],
)  # fmt: skip
def test_what_is_wrong_lacks_one_and_is_shown_where(tmp_path: Path, text: str, body: str, shown: str) -> None:
    broken = [told for status, told in tried(tmp_path, text, body) if status]
    assert any(shown in told for told in broken)


@pytest.mark.parametrize(
    ("body", "holds"),
    [
        ("return 'sorted' if len(given[0]) > 3 else sorted(given[0])", False),
        ("return sorted(given[0]) if given[0] == [2, 1, 2] else None", False),
        ("return sorted(given[0]) if given[0] else None", True),
    ],
    ids=["of another kind", "mostly none", "none where there is nothing"],
)
def test_results_of_another_kind_do_not_have_them(tmp_path: Path, body: str, holds: bool) -> None:
    assert all((came == HOLDS) is holds for _, came in tried(tmp_path, SORTING, body))


def test_what_ends_in_an_error_shows_nothing(tmp_path: Path) -> None:
    assert set(tried(tmp_path, SORTING, "raise ValueError('no')")) == {(0, "no result shows it")}


def test_they_are_known_by_their_ids() -> None:
    assert all(map(is_property, checks(SORTING))) and len({check.id for check in checks(SORTING)}) == 2


@given(st.text(max_size=300))
def test_any_description_is_read(text: str) -> None:
    for item in PROPERTIES:
        item.is_told(text)


@pytest.mark.parametrize("words", ["and sort ", "to remove ", "area of a ", "function for counts "])
def test_a_long_description_is_read_quickly(words: str) -> None:
    began = time.process_time()
    for item in PROPERTIES:
        item.is_told(words * 20_000)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("name", ["items", "flat", "copy", "sys", "tell", "collections"])
def test_a_function_may_be_called_like_what_looks_at_it(tmp_path: Path, name: str) -> None:
    text = f"Remove all zeros from a list. {name}([0, 1, 2]) returns [1, 2]"
    right = "return [item for item in given[0] if item]"
    assert all(result == (0, HOLDS) for result in tried(tmp_path, text, right, name))
    assert any(status for status, _ in tried(tmp_path, text, "return [9]", name))


def test_calls_are_told_once_and_can_be_written() -> None:
    (empty, *_) = checks("Sort the list. f([]) returns []")
    assert empty.statement.endswith("as far as one call shows")
    (count,) = checks("Count the digits of a number. f(1e308) returns 309")
    assert "inf" not in count.steps[0].argv[-1].rpartition("import f")[2]


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Remove the vowels. f(['a'], {'b', 'a', 'c'}) returns ['a']", "{'a', 'b', 'c'}"),
        ("Remove the zeros. f((1,)) returns (1,)", "(1,)"),
    ],
)
def test_the_same_description_makes_the_same_check(text: str, given: str) -> None:
    assert all(given in check.steps[0].argv[-1] for check in checks(text)) and checks(text)


def test_a_function_that_lacks_one_is_not_called_verified(tmp_path: Path) -> None:
    """It passes its example, and all who wrote it agree."""
    text = "Sort the numbers in ascending order. f([2, 1, 2]) returns [1, 2, 2]"
    wrong = "def f(values):\n    return values[1:2] + values[:1] + values[2:] if values[0] > values[1] else values"
    report = filled(
        tmp_path, f'def f(values: list[int]) -> list[int]:\n    """{text}"""\n', {"engineer: f": [code(wrong)]}
    )
    claim = claim_about(report, "ascending order")
    assert claim.verdict is Verdict.UNVERIFIED and "it gives" in claim.reason
    assert report.outcome is Status.DELIVERED


def test_a_candidate_that_has_it_is_chosen_before_more_that_lack_it(tmp_path: Path) -> None:
    text = "Sort the numbers in ascending order. f([2, 1]) returns [1, 2]"
    lacking = "def f(values):\n    return values[::-1]"
    replies = {"engineer: f": [[code(lacking), code(lacking), code("def f(values):\n    return sorted(values)")]]}
    report = filled(tmp_path, f'def f(values: list[int]) -> list[int]:\n    """{text}"""\n', replies)
    assert "sorted" in Path(str(report.path)).read_text(encoding="utf-8")


def test_a_library_is_held_against_what_its_request_says(tmp_path: Path) -> None:
    request = (
        "A Python library called tidy. unique(values) removes duplicates from a list. unique([2, 1, 2]) returns [2, 1]."
    )
    replies = {
        "analyst: brief": [library_brief("tidy", ("unique", {"values": "list[int]"}, "list[int]"))],
        "engineer: unique": [code("def unique(values):\n    return list(dict.fromkeys(values))")],
    }
    order = Order(request=request, out=str(tmp_path), model=model_of(tmp_path, replies), review=True)
    report = build(order, silent, lambda brief, checks: (brief, checks))
    claim = claim_about(report, "gives back no item twice")
    assert (claim.verdict, claim.maker) == (Verdict.VERIFIED, "user")
