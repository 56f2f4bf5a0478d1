"""A second look after sources have changed: same, drifted, gone, changed."""

from __future__ import annotations

import json
import venv
from pathlib import Path

import pytest

from macrohard.answers import CheckReport, Lasting, RecheckReport, Standing, check_repository, check_sources, recheck
from macrohard.answers.rechecking import read_report
from macrohard.errors import UserError

from .repositories import repository

pytestmark = pytest.mark.usefixtures("home")

TEXT = "A bee has five eyes. A bee has six legs. Wasps can read."
SOURCE = "A bee has five eyes.\n\nA bee has six legs.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "sources"
    place.mkdir()
    (place / "bees.md").write_text(SOURCE)
    return place


def checked(folder: Path) -> CheckReport:
    """A report as it is read back from what was printed."""
    return read_report(check_sources(TEXT, [str(folder)]).model_dump_json())


def findings(report: RecheckReport) -> list[Lasting]:
    return [claim.finding for claim in report.claims]


def test_nothing_has_changed(folder: Path) -> None:
    then = checked(folder)
    assert then.text == TEXT and then.given == (str(folder),)
    now = recheck(then)
    assert findings(now) == [Lasting.SAME] * 3 and not now.changed and now.exit_status == 0


def test_what_moved_is_found_again(folder: Path) -> None:
    then = checked(folder)
    (folder / "bees.md").write_text("A new first line, and more of them.\n\n" + SOURCE)
    now = recheck(then)
    assert findings(now) == [Lasting.DRIFTED, Lasting.DRIFTED, Lasting.SAME] and now.exit_status == 0
    assert now.claims[0].reason.endswith("bees.md, line 1 → " + now.changed[0] + ", line 3.")


def test_what_moved_to_another_source_is_found_again(folder: Path) -> None:
    then = checked(folder)
    (folder / "bees.md").rename(folder / "insects.md")
    assert findings(recheck(then))[:2] == [Lasting.DRIFTED] * 2


def test_what_is_said_otherwise_now(folder: Path) -> None:
    then = checked(folder)
    (folder / "bees.md").write_text(
        "A bee has four eyes.\n\nEvery bee has got six legs: a bee has six legs.\n\nWasps can read.\n"
    )
    now = recheck(then)
    assert findings(now) == [Lasting.CHANGED, Lasting.GONE, Lasting.CHANGED] and now.exit_status == 3
    turned = [(claim.was, claim.now) for claim in now.claims]
    assert turned[0] == (Standing.SUPPORTED, Standing.CONTRADICTED)
    assert turned[2] == (Standing.NOT_IN_SOURCES, Standing.SUPPORTED)


def test_sources_may_be_elsewhere_now(folder: Path, tmp_path: Path) -> None:
    then = checked(folder)
    folder.rename(tmp_path / "moved")
    with pytest.raises(UserError, match="is not there"):
        recheck(then)
    assert findings(recheck(then, [str(tmp_path / "moved")])) == [Lasting.DRIFTED, Lasting.DRIFTED, Lasting.SAME]


def test_a_repository_is_run_again(tmp_path: Path) -> None:
    place = repository(tmp_path / "greet")
    then = check_repository("`greet Ada` prints `Hello, Ada!`.", place)
    assert findings(recheck(then)) == [Lasting.SAME]
    (path,) = [path for path in place.rglob("*.py") if "Hello" in path.read_text()][:1]
    path.write_text(path.read_text().replace("Hello", "Bye"))
    assert findings(recheck(then)) == [Lasting.CHANGED]


def test_a_repository_may_be_elsewhere_now(tmp_path: Path) -> None:
    """With the environment that stood in it."""
    place = repository(tmp_path / "greet")
    venv.create(place / ".venv")
    then = check_repository("`greet Ada` prints `Hello, Ada!`.", place)
    assert then.environment == str(place / ".venv")
    place.rename(tmp_path / "moved")
    with pytest.raises(UserError, match=r"greet/.venv is no virtual environment; name one with --environment"):
        recheck(then)
    assert findings(recheck(then, repository=tmp_path / "moved")) == [Lasting.SAME]
    with pytest.raises(UserError, match="nowhere is no virtual environment"):
        recheck(then, repository=tmp_path / "moved", environment=tmp_path / "nowhere")


def test_sources_have_no_repository(folder: Path) -> None:
    with pytest.raises(UserError, match="without --repo"):
        recheck(checked(folder), repository=folder)


def test_fields_that_a_newer_version_added_are_passed_over(folder: Path) -> None:
    """A shape only ever gains fields."""
    printed = json.loads(check_sources(TEXT, [str(folder)]).model_dump_json())
    for place in (printed, printed["sources"][0], printed["statements"][0]["parts"][0]["evidence"][0]):
        place["added"] = {"by": "a newer version"}
    assert read_report(json.dumps(printed)) == checked(folder)


@pytest.mark.parametrize("field", ["given", "repository", "environment"])
def test_a_name_that_no_file_can_have(folder: Path, tmp_path: Path, field: str) -> None:
    """Reports may be written by others."""
    name = f"{tmp_path}/a\0b"
    wrong = {"given": (name,)} if field == "given" else {"repository": str(folder), field: name}
    with pytest.raises(UserError, match="is not there|is not a folder|is no virtual environment"):
        recheck(checked(folder).model_copy(update=wrong))


def test_a_report_without_its_text_cannot_be_looked_at_again(folder: Path) -> None:
    with pytest.raises(UserError, match="does not hold its text"):
        recheck(checked(folder).model_copy(update={"text": ""}))


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", "{", json.dumps({"schema_version": "macrohard/check/v2"})])
def test_what_is_no_report(text: str) -> None:
    with pytest.raises(ValueError):
        read_report(text)


def test_a_report_that_cuts_its_text_otherwise_is_not_compared(folder: Path) -> None:
    report = checked(folder)
    shorter = report.model_copy(update={"statements": report.statements[1:]})
    with pytest.raises(UserError, match="make it anew"):
        recheck(shorter)
