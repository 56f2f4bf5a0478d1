"""Filling in stub files through the front door, everything real but the mind."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from macrohard.company import Event, Progress, Report, Status, implement, implementing, resume
from macrohard.company.progress import silent
from macrohard.company.stubfile import read_stub_file, with_examples
from macrohard.errors import UserError
from macrohard.sandbox import open_sandbox
from macrohard.truth import Verdict, audit, confidence
from macrohard.truth.confidence import Calibration

from .scripted import cases, code, filled, python, stub_order, verdicts

STUBS = '''"""Little helpers."""
import os, sys   # kept as it is


LIMIT = 3      # unformatted on purpose

def finished( x ):
    return 'kept'  +  x

# A comment above.
def area(width: float, height: float) -> float:
    """Return the area of a rectangle.

    >>> area(2, 3)
    6
    >>> area(-1, 2)
    Traceback (most recent call last):
    ValueError: negative
    """
    # a comment inside
    raise NotImplementedError

class Shape:
    def corners(self) -> int:
        """How many corners it has."""
        ...

def vowels(text: str) -> int:
    """How many vowels stand in the text: vowels("tea") returns 2."""
'''
AREA = "import math\n\ndef area(width, height):\n    if min(width, height) < 0:\n        raise ValueError('negative')\n    return math.prod([width, height])"
VOWELS = "LETTERS = 'aeiou'\n\ndef vowels(text):\n    return sum(letter in LETTERS for letter in text.lower())"
REPLIES = {
    "engineer: area": [code(AREA)],
    "engineer: vowels": [code(VOWELS)],
    "tester: area": [cases({"call": "area(0, 5)", "returns": "0"})],
    "tester: vowels": [cases({"call": "vowels('AbE')", "returns": "2"})],
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """What came of filling in the stubs above."""
    return filled(tmp_path_factory.mktemp("implement"), STUBS, REPLIES)


def test_stubs_are_filled_and_verified(report: Report) -> None:
    assert report.outcome is Status.VERIFIED
    found = verdicts(report)
    assert found["`area(2, 3)` returns `6`"] is found["`area(-1, 2)` raises ValueError"] is Verdict.VERIFIED
    assert found['`vowels("tea")` returns `2`'] is found["`area(0, 5)` returns `0`"] is Verdict.VERIFIED
    assert {claim.maker for claim in report.claims if "tea" in claim.statement or "2, 3" in claim.statement} == {"user"}


def test_everything_else_stays_as_it_was(report: Report) -> None:
    written = Path(str(report.path)).read_text()
    before = STUBS.replace("    # a comment inside\n    raise NotImplementedError\n", "").split("\n")
    kept = iter(written.split("\n"))
    assert all(line in kept for line in before), "every line of the user is there, in its order"
    assert "    return 'kept'  +  x\n" in written and "LIMIT = 3      # unformatted on purpose\n" in written


def test_it_works(report: Report) -> None:
    out = Path(str(report.path))
    told = "import stubs; print(stubs.area(3, 4), stubs.vowels('sea'), stubs.finished('x'), stubs.Shape().corners())"
    assert python("-c", told, cwd=out.parent).stdout == "12 2 keptx None\n"
    assert python("-m", "doctest", out.name, cwd=out.parent).returncode == 0


def test_methods_are_left_with_a_note(report: Report) -> None:
    assert any(note.startswith("corners was left as it is") for note in report.notes)


def test_the_evidence_lies_beside_and_holds(report: Report) -> None:
    folder = Path(str(report.evidence)).parent
    assert folder == Path(str(report.path)).with_name("stubs.evidence")
    assert (folder / "src" / "stubs.py").read_text() == Path(str(report.path)).read_text()
    checked = audit(folder, open_sandbox())
    assert checked.holds and checked.seal == report.seal


def test_a_wrong_example_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    text = 'def up(word):\n    """up("a") returns "B"."""\n'
    found = filled(tmp_path, text, {"engineer: up": [code("def up(word):\n    return word.upper()")]})
    assert found.outcome is Status.DECLINED and found.path is None
    assert (tmp_path / "stubs.py").read_text() == text


def test_files_that_hide_a_module_of_python(tmp_path: Path) -> None:
    text = 'import json\n\n\ndef shown(value):\n    """shown([1]) returns "[1]"."""\n'
    replies = {
        "tester: shown": [cases({"call": "shown([2])", "returns": "'[2]'"})],
        "engineer: shown": [code("def shown(value):\n    return json.dumps(value)")],
    }
    found = filled(tmp_path, text, replies, name="json.py")
    assert found.outcome is Status.VERIFIED, verdicts(found)
    assert (tmp_path / "json.py").read_text() == text + "    return json.dumps(value)\n"


class Everyone(dict[str, Calibration]):
    """The same calibration for every model."""

    def get(self, key: str, default: object = None) -> Calibration:  # type: ignore[override]
        return self["all"]


@pytest.mark.parametrize(("intercept", "asked"), [(9.0, False), (-9.0, True)], ids=["sure", "in doubt"])
def test_where_examples_sort_candidates_the_tester_is_asked_only_of_what_is_in_doubt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, intercept: float, asked: bool
) -> None:
    """`half` has no example, so the tester is asked about it in any case."""
    calibration = Calibration(
        model_digest="",
        data="",
        data_digest="",
        tasks=1,
        date="",
        command="",
        intercept=intercept,
        terms={},
        threshold=0.9,
    )
    monkeypatch.setattr(confidence, "_calibrations", lambda: Everyone(all=calibration))
    text = 'def up(word):\n    """up("a") returns "A"."""\n\n\ndef half(number):\n    """Half of a number."""\n'
    replies = {
        "engineer: up": [code("def up(word):\n    return word.upper()")],
        "engineer: half": [code("def half(number):\n    return number // 2")],
        "tester: up": [cases({"call": "up('b')", "returns": "'B'"})],
        "tester: half": [cases({"call": "half(4)", "returns": "2"})],
    }
    found = filled(tmp_path, text, replies)
    assert "`half(4)` returns `2`" in verdicts(found)
    assert ("`up('b')` returns `'B'`" in verdicts(found)) is asked
    assert len({claim.id for claim in found.claims}) == len(found.claims)


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("def f(:\n", "stubs.py", "stubs.py is not valid Python in line 1"),
        ("x = 1\n", "stubs.py", "has nothing to fill in"),
        ("def f():\n    return 1\n", "stubs.py", "has nothing to fill in"),
        ("def f():\n    pass\n", "stubs.py", "f in stubs.py has no docstring"),
        ("\0", "stubs.py", "is not valid Python"),
        ("-" * 100_000 + "1", "stubs.py", "is not valid Python"),
        ('def f():\n    """F."""\n', "my-stubs.py", "rename it"),
    ],
)
def test_files_that_cannot_be_filled(tmp_path: Path, text: str, name: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        filled(tmp_path, text, {}, name)
    assert (tmp_path / name).read_text() == text


TWICE = '''def twice(number: int) -> int:
    """Return the number two times: twice(2) returns 4."""


def kept(number: int) -> int:
    return twice(number)
'''
SQUARE = "def twice(number):\n    return number ** 2"
DOUBLE = "def twice(number):\n    return number * 2"


def test_examples_and_tests_beside_the_file_are_checks_of_the_user(tmp_path: Path) -> None:
    """The docstring alone would be content with the square."""
    tests = {"test_a.py": "from stubs import kept\n\ndef test_kept():\n    assert kept(7) == 14\n"}
    given = ("twice(3) => 6", "kept(5) => 10", "twice('x') => 'xx'")
    replies = {"engineer: twice": [[code(SQUARE), code(DOUBLE)]]}
    found = filled(tmp_path, TWICE, replies, examples=given, tests=tests)
    assert "number * 2" in (tmp_path / "stubs.py").read_text()
    asked = [
        "`twice(2)` returns `4`",
        "`twice(3)` returns `6`",
        "`kept(5)` returns `10`",
        "`twice('x')` returns `'xx'`",
    ]
    assert [claim.statement for claim in found.claims[:5]] == [*asked, "The tests in test_a.py pass"]
    assert all((claim.maker, claim.verdict) == ("user", Verdict.VERIFIED) for claim in found.claims[:5]), verdicts(
        found
    )
    assert "twice(3)" not in (tmp_path / "stubs.py").read_text()


@pytest.mark.parametrize(
    ("more", "statement"),
    [
        ({"examples": ("twice(3) => 6",)}, "`twice(3)` returns `6`"),
        (
            {"tests": {"test_a.py": "import stubs\n\ndef test_a():\n    assert stubs.twice(3) == 6\n"}},
            "The tests in test_a.py pass",
        ),
    ],
)
def test_what_breaks_them_is_refuted(tmp_path: Path, more: dict[str, Any], statement: str) -> None:
    found = filled(tmp_path, TWICE, {"engineer: *": [code(SQUARE)]}, **more)
    assert verdicts(found)[statement] is Verdict.REFUTED and found.outcome is not Status.VERIFIED


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"examples": ("thrice(3) => 9",)}, "stubs.py has no function thrice"),
        ({"examples": ("twice 3 => 9",)}, "is no call with its result"),
        ({"examples": ("twice(3) => 5 or 6",)}, "is no call with its result"),
        ({"examples": ("twice(3) => 6, not 9",)}, "is no call with its result"),
        ({"examples": ("caf\udce9(3) => 6",)}, "not text in UTF-8"),
        ({"tests": {"test_a.py": "import pytest\n"}}, "needs pytest"),
    ],
)
def test_what_cannot_be_tried_is_refused_before_work_begins(tmp_path: Path, more: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError, match=said) as refused:
        filled(tmp_path, TWICE, {}, **more)
    assert str(refused.value).isprintable() and not getattr(refused.value, "__notes__", [])


def test_evidence_replaces_evidence_and_nothing_else(tmp_path: Path) -> None:
    replies = {"engineer: *": [code(DOUBLE)]}
    dates = [filled(tmp_path, TWICE, replies, seed=seed).evidence for seed in (0, 1)]
    assert dates[0] == dates[1] and Path(str(dates[0])).is_dir()
    mine = tmp_path / "stubs.evidence" / "mine.txt"
    shutil.rmtree(mine.parent)
    mine.parent.mkdir()
    mine.write_text("precious")
    with pytest.raises(UserError, match="stubs.evidence would be replaced and is not evidence of Macrohard"):
        filled(tmp_path, TWICE, {})
    assert mine.read_text() == "precious"


MINE = TWICE + "\n\nMORE = 1  # written while the run worked\n"


def at_the_end(action: Callable[[], object]) -> Progress:
    """A listener that does this when all is made and nothing is written yet."""

    def listen(event: Event) -> None:
        if event.department == "delivery":
            action()

    return listen


def told_run(error: BaseException) -> str:
    """The run that the note on an error says to go on with."""
    (note,) = error.__notes__
    return str(note.removeprefix("Go on with: macrohard resume "))


def test_edits_made_meanwhile_stay_and_the_run_goes_on(tmp_path: Path) -> None:
    order = stub_order(tmp_path, TWICE, {"engineer: *": [code(DOUBLE)]})
    file = Path(order.out)
    with pytest.raises(UserError, match=r"stubs\.py was changed or made meanwhile and stays as it is") as refused:
        implement(order, at_the_end(lambda: file.write_text(MINE)))
    assert file.read_text() == MINE and not (tmp_path / "stubs.evidence").exists()
    with pytest.raises(UserError, match="was changed or made meanwhile"):
        resume(told_run(refused.value), silent)
    file.rename(tmp_path / "mine.py")
    assert resume(told_run(refused.value), silent).outcome is Status.VERIFIED
    assert "number * 2" in file.read_text() and (tmp_path / "mine.py").read_text() == MINE


def test_a_file_that_appeared_where_the_result_was_to_be_written_stays(tmp_path: Path) -> None:
    order = stub_order(tmp_path, TWICE, {"engineer: *": [code(DOUBLE)]})
    elsewhere = tmp_path / "done.py"
    with pytest.raises(UserError, match=r"done\.py was changed or made meanwhile"):
        implement(
            order.model_copy(update={"out": str(elsewhere)}), at_the_end(lambda: elsewhere.write_text("MINE = 1\n"))
        )
    assert elsewhere.read_text() == "MINE = 1\n" and Path(order.out).read_text() == TWICE


def test_a_folder_that_appeared_in_the_place_of_the_evidence_stays(tmp_path: Path) -> None:
    order = stub_order(tmp_path, TWICE, {"engineer: *": [code(DOUBLE)]})
    mine = tmp_path / "stubs.evidence" / "mine.txt"

    def appear() -> None:
        mine.parent.mkdir()
        mine.write_text("precious")

    with pytest.raises(UserError, match="is not evidence of Macrohard"):
        implement(order, at_the_end(appear))
    assert mine.read_text() == "precious" and Path(order.out).read_text() == TWICE


def test_a_run_that_was_stopped_when_all_was_written_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in the file then is its own, not an edit of the user."""
    order = stub_order(tmp_path, TWICE, {"engineer: *": [code(DOUBLE)]})

    def write_and_stop(path: Path, text: str) -> None:
        path.write_text(text)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt) as stopped:
        patched.setattr(implementing, "replace_file", write_and_stop)
        implement(order, silent)
    assert resume(told_run(stopped.value), silent).outcome is Status.VERIFIED


def test_nothing_is_written_through_links_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "mine").write_text("precious")
    (tmp_path / ".stubs.evidence.part").symlink_to("precious")
    (tmp_path / ".stubs.py.part").symlink_to("precious/mine")
    found = filled(tmp_path, TWICE, {"engineer: *": [code(DOUBLE)]})
    assert found.outcome is Status.VERIFIED and not Path(str(found.evidence)).is_symlink()
    assert [path.read_text() for path in (tmp_path / "precious").iterdir()] == ["precious"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("twice(3) => 6", ">>> twice(3)\n6"), ("twice('x') => raises TypeError", "twice('x') raises TypeError")],
)
def test_engineers_and_tester_read_the_examples_beside_the_file(text: str, shown: str) -> None:
    file = read_stub_file(TWICE, "stubs.py")
    told = with_examples(file, [text], "stubs.py")
    assert told.stubs[0].docstring.endswith(shown) and told.text == file.text
    assert with_examples(file, [], "stubs.py") == file
