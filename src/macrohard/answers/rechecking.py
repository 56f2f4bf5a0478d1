"""A second look at a check after its sources have changed: what still holds, what moved, what is gone, what turned."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, computed_field

from macrohard.answers.evidence import Evidence, Excerpt
from macrohard.answers.grounding.judging import Judgement
from macrohard.answers.report import CheckReport, Progress, SourceUnread, Standing, Statement
from macrohard.answers.software import check_repository
from macrohard.answers.sourced import against
from macrohard.answers.sources import Document, Web, open_index
from macrohard.errors import UserError
from macrohard.truth.check import Record
from macrohard.truth.standalone import visible

_SILENT = {Standing.OPINION, Standing.NOT_CHECKED}


class Lasting(StrEnum):
    """What became of a verdict."""

    SAME = "same"
    """The verdict is the same, and every quotation stands where it stood."""
    DRIFTED = "drifted"
    """The verdict is the same; a quotation stands elsewhere now."""
    GONE = "gone"
    """The verdict is the same by other words; a quotation stands nowhere any more."""
    CHANGED = "changed"
    """The verdict is another one."""


class Rechecked(Record):
    """One statement, then and now."""

    text: str
    start: int
    end: int
    was: Standing
    now: Standing
    finding: Lasting
    reason: str
    """What moved, is gone or is said now; a sentence, empty where nothing changed."""
    evidence: tuple[Annotated[Evidence, Field(discriminator="kind")], ...] = ()
    """What is seen now."""


class RecheckReport(Record):
    """What came of a second look."""

    schema_version: Literal["macrohard/recheck/v1"] = "macrohard/recheck/v1"
    changed: tuple[str, ...]
    """Sources whose bytes are others now, or that are not there any more."""
    unread: tuple[SourceUnread, ...]
    claims: tuple[Rechecked, ...]
    """The statements that something had decided."""

    @computed_field  # type: ignore[prop-decorator]  # pydantic documents that mypy cannot see through this pair
    @property
    def exit_status(self) -> int:
        """0 when every verdict is the same with its quotations, 3 when one is not, 4 when there is nothing to look at."""
        if not self.claims:
            return 4
        return 0 if {claim.finding for claim in self.claims} <= {Lasting.SAME, Lasting.DRIFTED} else 3


def recheck(
    report: CheckReport,
    paths: Sequence[str] = (),
    progress: Progress | None = None,
    *,
    web: Web | None = None,
    repository: Path | None = None,
    environment: Path | None = None,
) -> RecheckReport:
    """Check the text of a report again, against the same sources or repository as they are now, or against `paths` instead.

    `repository` and `environment` replace those of the report. Web addresses are fetched again. Raises UserError when the report
    does not say what was checked or was not made of what is replaced, and as `check_sources` and `check_repository` do.
    """
    if not report.text or not (report.repository or report.given or paths):
        raise UserError("The report does not hold its text and its sources: make it anew with macrohard check --json.")
    if (repository or environment) and (paths or not report.repository):
        raise UserError("Sources have no repository: name them with --sources, without --repo and --environment.")
    if report.repository and not paths:
        root, packages = repository or Path(report.repository), environment or _environment(report, repository)
        return _compared(report, check_repository(report.text, root, packages, progress=progress), [])
    index = open_index(tuple(paths) or report.given, progress=progress, web=web or Web(), again=True)
    return _compared(report, against(report.text, index, progress, scorer=_unmeasured), index.documents)


def _environment(report: CheckReport, moved: Path | None) -> Path | None:
    """The environment of the report; None, which is that of the repository, where it stood in one that has moved."""
    if report.environment is None:
        return None
    stood_inside = Path(report.environment).is_relative_to(os.path.realpath(report.repository or ""))
    return None if moved and stood_inside else Path(report.environment)


def _unmeasured(_: Judgement) -> None:
    """Verdicts and quotations are compared; nothing is told of probabilities, so that none is worked out."""


def _compared(then: CheckReport, now: CheckReport, documents: Sequence[Document]) -> RecheckReport:
    if [(item.start, item.end) for item in then.statements] != [(item.start, item.end) for item in now.statements]:
        raise UserError(
            "The report was made by a version that cuts texts otherwise: make it anew with macrohard check --json."
        )
    digests = {source.address: source.sha256 for source in now.sources}
    pairs = zip(then.statements, now.statements, strict=True)
    return RecheckReport(
        changed=tuple(item.address for item in then.sources if digests.get(item.address) != item.sha256),
        unread=now.unread,
        claims=tuple(_claim(old, new, documents) for old, new in pairs if old.verdict not in _SILENT),
    )


def _claim(old: Statement, new: Statement, documents: Sequence[Document]) -> Rechecked:
    finding, reason = _finding(old, new, documents)
    seen = tuple(item for part in new.parts for item in part.evidence)
    return Rechecked(
        text=old.text, start=old.start, end=old.end, was=old.verdict, now=new.verdict, finding=finding, reason=reason,
        evidence=seen,
    )  # fmt: skip


def _finding(old: Statement, new: Statement, documents: Sequence[Document]) -> tuple[Lasting, str]:
    told = " ".join(part.reason for part in new.parts)
    if old.verdict is not new.verdict:
        return Lasting.CHANGED, told
    moves = [(item, _place(item, documents)) for part in old.parts for item in part.evidence if item.kind == "excerpt"]
    lost = [item for item, place in moves if place is None]
    if lost:
        return Lasting.GONE, f"“{visible(lost[0].quotation, 80)}” stands nowhere any more. {told}"
    moved = [
        f"{item.address}, {item.place} → {place}" for item, place in moves if place != f"{item.address}, {item.place}"
    ]
    return (Lasting.DRIFTED, f"{'; '.join(map(visible, moved))}.") if moved else (Lasting.SAME, "")


def _place(excerpt: Excerpt, documents: Sequence[Document]) -> str | None:
    """Where a quotation stands now: where it stood, else elsewhere in its source, else in another one; None where nowhere."""
    own_first = sorted(documents, key=lambda document: document.address != excerpt.address)
    found = (place for document in own_first for place in _standing(excerpt, document))
    return next(found, None)


def _standing(excerpt: Excerpt, document: Document) -> Iterator[str]:
    if document.text[excerpt.start : excerpt.end] == excerpt.quotation:
        yield f"{document.address}, {document.place(excerpt.start)}"
    at = document.text.find(excerpt.quotation)
    if at >= 0:
        yield f"{document.address}, {document.place(at)}"


def read_report(text: str) -> CheckReport:
    """The report that `macrohard check --json` printed. Raises ValueError for anything else."""
    return report_of(json.loads(text))


def report_of(value: object) -> CheckReport:
    """The report from its JSON, once that was read; fields that a newer version has added are passed over. Raises ValueError for
    anything else."""
    return CheckReport.model_validate(value, extra="ignore")
