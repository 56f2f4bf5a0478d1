"""Checks that are kept in a ledger, and looked at again."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from macrohard.answers import CheckReport, Lasting, check_repository, check_sources, keep, recheck_ledger
from macrohard.errors import UserError
from macrohard.truth import Ledger

from .repositories import repository

pytestmark = pytest.mark.usefixtures("home")

TEXT = "A bee has five eyes. A bee has six legs."


@pytest.fixture
def source(tmp_path: Path) -> Path:
    place = tmp_path / "bees.md"
    place.write_text("A bee has five eyes.\n\nA bee has six legs.\n")
    return place


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.open(tmp_path / "ledger.db")


def checked(source: Path, text: str = TEXT) -> CheckReport:
    return check_sources(text, [str(source)])


def test_the_newest_check_of_each_text_is_looked_at(source: Path, ledger: Ledger) -> None:
    keep(checked(source), ledger, "bees.txt")
    newest = keep(checked(source), ledger, "bees.txt")
    keep(checked(source, "A bee has six legs."), ledger)
    source.write_text("A bee has four eyes.\n\nA bee has six legs.\n")
    first, second = recheck_ledger(ledger).checks
    assert (first.subject, first.record, first.hash) == ("bees.txt", 2, newest)
    assert [claim.finding for claim in first.found.claims] == [Lasting.CHANGED, Lasting.SAME]
    assert second.subject.startswith("sha256:") and second.found.exit_status == 0
    assert recheck_ledger(ledger).exit_status == 3


def test_a_repository_has_moved_and_the_sources_have_not(source: Path, ledger: Ledger, tmp_path: Path) -> None:
    place = repository(tmp_path / "greet")
    keep(checked(source), ledger, "bees.txt")
    keep(check_repository("No dependencies beyond click.", place), ledger, str(place))
    place.rename(tmp_path / "moved")
    with pytest.raises(UserError, match="greet is not a folder"):
        recheck_ledger(ledger)
    assert recheck_ledger(ledger, repository=tmp_path / "moved").exit_status == 0


def test_records_of_other_kinds_are_left_alone(source: Path, ledger: Ledger) -> None:
    keep(checked(source), ledger, "bees.txt")
    ledger.append("plan", "bees.txt", {"functions": 1})
    assert len(recheck_ledger(ledger).checks) == 1


def test_a_ledger_that_was_changed_is_refused(source: Path, ledger: Ledger, tmp_path: Path) -> None:
    keep(checked(source), ledger, "bees.txt")
    with sqlite3.connect(tmp_path / "ledger.db") as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE ledger_records SET subject = 'wasps.txt'")
    with pytest.raises(UserError, match="Record 1 of the ledger was changed"):
        recheck_ledger(ledger)


def test_a_ledger_without_checks(ledger: Ledger) -> None:
    with pytest.raises(UserError, match="holds no check"):
        recheck_ledger(ledger)


def test_a_record_that_no_version_of_ours_can_read(ledger: Ledger) -> None:
    ledger.append("check", "bees.txt", {"statements": "many"})
    with pytest.raises(UserError, match="kept by another version"):
        recheck_ledger(ledger)


def test_half_characters_cannot_be_kept(source: Path, ledger: Ledger) -> None:
    report = checked(source).model_copy(update={"text": "bees \ud800"})
    with pytest.raises(UserError, match="half characters"):
        keep(report, ledger, "bees.txt")
