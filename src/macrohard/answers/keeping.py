"""Checks that are kept in a ledger, so that they can be looked at again when their sources have changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import computed_field

from macrohard.answers.rechecking import RecheckReport, recheck, report_of
from macrohard.answers.report import CheckReport, Progress
from macrohard.answers.sources import Web
from macrohard.errors import UserError
from macrohard.truth import Ledger
from macrohard.truth.check import Record
from macrohard.truth.ledger import Record as LedgerRecord
from macrohard.truth.standalone import sha256, visible

KIND = "check"
"""Of the records."""
_LONGEST = 1000
"""Characters of a subject that a ledger holds."""


class KeptCheck(Record):
    """The newest check of one text in a ledger, looked at again."""

    subject: str
    """The file or web address that was checked, as the user named it, or the sha256 of a text without a place."""
    record: int
    """Its number in the ledger."""
    hash: str
    """The hash of that record."""
    found: RecheckReport


class KeptReport(Record):
    """What came of a second look at a ledger."""

    schema_version: Literal["macrohard/recheck-ledger/v1"] = "macrohard/recheck-ledger/v1"
    checks: tuple[KeptCheck, ...]

    @computed_field  # type: ignore[prop-decorator]  # pydantic documents that mypy cannot see through this pair
    @property
    def exit_status(self) -> int:
        """3 when any check says so, 0 when one holds and none says otherwise, 4 when there is nothing to look at."""
        found = {check.found.exit_status for check in self.checks}
        return 3 if 3 in found else 0 if 0 in found else 4


def keep(report: CheckReport, ledger: Ledger, place: str | None = None) -> str:
    """Append a report to a ledger and return the hash of its record.

    `place` is the file or address of the text; without one the text is known by its sha256. What was kept of the same subject
    before stays. Raises UserError when the ledger refuses.
    """
    body = report.model_dump(mode="json")
    try:
        return ledger.append(KIND, subject_of(report, place), body).hash
    except ValueError as error:
        raise UserError(
            "The text or the name of a source holds half characters, which no ledger can hold; correct its encoding."
        ) from error


def subject_of(report: CheckReport, place: str | None) -> str:
    """What a check is known by in a ledger."""
    return place if place and len(place) <= _LONGEST else f"sha256:{sha256(report.text.encode())}"


def recheck_ledger(
    ledger: Ledger,
    paths: Sequence[str] = (),
    progress: Progress | None = None,
    *,
    web: Web | None = None,
    repository: Path | None = None,
    environment: Path | None = None,
) -> KeptReport:
    """Look again at the newest check of each subject in a ledger, as `recheck` does with one report.

    Raises UserError when the ledger was changed or holds no check, and as `recheck` does.
    """
    broken = ledger.verify()
    if broken:
        raise UserError(f"Record {broken[0].number} of the ledger was changed; restore it from a backup.")
    newest = {record.subject: record for record in ledger.records() if record.kind == KIND}
    if not newest:
        raise UserError("The ledger holds no check: keep one with macrohard check --ledger.")
    kept = [(record, _report(record)) for record in newest.values()]
    of_some = any(report.repository for _, report in kept)

    def again(report: CheckReport) -> RecheckReport:
        """Where a repository is now says nothing of the checks against sources beside it."""
        moved = {"repository": repository, "environment": environment} if report.repository or not of_some else {}
        return recheck(report, paths, progress, web=web, **moved)

    return KeptReport(
        checks=tuple(
            KeptCheck(subject=record.subject, record=record.number, hash=record.hash, found=again(report))
            for record, report in kept
        )
    )


def _report(record: LedgerRecord) -> CheckReport:
    try:
        return report_of(record.body)
    except ValueError as error:
        name = visible(record.subject, 80)
        raise UserError(f"The check of {name} in the ledger was kept by another version; check it anew.") from error
