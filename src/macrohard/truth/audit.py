"""The audit: every piece of evidence of a delivered project is produced again, in a fresh place.

Nothing in the project is trusted: not its paths, not its sizes, not its text, and not its own check script.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import ValidationError, computed_field

from macrohard.errors import UserError
from macrohard.sandbox import Sandbox
from macrohard.truth import standalone
from macrohard.truth.check import Record
from macrohard.truth.claim import Claim, Verdict
from macrohard.truth.context import Context, Outcome
from macrohard.truth.evidence import Evidence
from macrohard.truth.scenario import PYTHON_INSIDE

LONGEST = 2000
"""The most characters of a statement or reason that are passed on."""


class Finding(StrEnum):
    """What the audit found about a claim."""

    HOLDS = "holds"
    """All its evidence was produced again and shows what it is said to show."""
    FAILS = "fails"
    """A check was run and did not pass."""
    TAMPERED = "tampered"
    """The claim, its record or its check was changed since it was sealed; it was not run."""
    NOT_CHECKABLE = "not checkable"
    """There is nothing that could be run."""


class ClaimAudit(Record):
    """What the audit found about one claim. Text from the project has been made safe to print."""

    id: str
    statement: str
    """Empty when it can no longer be known."""
    verdict: str
    """What the evidence calls it: 'verified', 'refuted', 'unverified'."""
    finding: Finding
    reason: str = ""
    """Why it does not hold, or what it holds for when the program was changed; a sentence."""
    changed_inputs: tuple[str, ...] = ()
    """Files of the program that are not as they were when the evidence was made."""
    commands: tuple[str, ...] = ()
    """What is run to show it, each in one line. The statement is only words: these tell whether they fit it."""


class AuditReport(Record):
    """What still holds of what a project says about itself."""

    schema_version: Literal["macrohard/audit/v1"] = "macrohard/audit/v1"
    project: str
    """The folder that was audited."""
    name: str
    """Of the program, as its evidence says."""
    seal: str
    """The hash that stands for the whole evidence; empty when it is broken. Compare it with the one you kept."""
    claims: tuple[ClaimAudit, ...]
    problems: tuple[str, ...]
    """What was changed in the evidence folder besides the claims that are named above; sentences."""
    changed_inputs: tuple[str, ...]
    """Files of the program that were changed, added or removed since the delivery."""

    @computed_field  # type: ignore[prop-decorator]  # pydantic documents that mypy cannot see through this pair
    @property
    def holds(self) -> bool:
        """Tell whether every claim called verified holds and nothing in the evidence was changed."""
        tampered = any(claim.finding is Finding.TAMPERED for claim in self.claims)
        verified = [claim for claim in self.claims if claim.verdict == Verdict.VERIFIED]
        return not (self.problems or tampered) and all(claim.finding is Finding.HOLDS for claim in verified)

    @property
    def exit_status(self) -> int:
        """0 when it holds, else 3; 1 would say that Macrohard itself has failed."""
        return 0 if self.holds else 3


Progress = Callable[[ClaimAudit, int, int], None]
"""Called after each claim with what was found, how many claims are done, and how many there are."""


def audit(project_root: Path, sandbox: Sandbox, progress: Progress | None = None) -> AuditReport:
    """Verify the evidence of a project and do every check again.

    Raises UserError when there is no evidence, it cannot be read, or it was made by a newer version, and
    SandboxUnavailable when a wall is missing.
    """
    evidence = _read(project_root)
    found: list[ClaimAudit] = []
    with standalone.snapshot(str(project_root)) as copy:
        for entry in evidence["claims"]:
            found.append(_audit_claim(entry, copy, sandbox))
            if progress:
                progress(found[-1], len(found), len(evidence["claims"]))
    return AuditReport(
        project=str(project_root),
        name=_safe(evidence["name"]),
        seal=evidence["seal"],
        claims=tuple(found),
        problems=tuple(_safe(problem) for problem in evidence["problems"]),
        changed_inputs=tuple(sorted({path for claim in found for path in claim.changed_inputs})),
    )


def _read(project: Path) -> standalone.Json:
    try:
        return standalone.read_evidence(str(project))
    except standalone.Unreadable as error:
        raise UserError(str(error)) from error


def _audit_claim(entry: standalone.Json, copy: standalone.Snapshot, sandbox: Sandbox) -> ClaimAudit:
    if entry["tampered"]:
        return _found(entry, Finding.TAMPERED, _sentence(entry["tampered"]))
    try:
        claim = Claim.model_validate(entry["claim"])
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        return _found(entry, Finding.NOT_CHECKABLE, _sentence(f"this version does not understand its `{where}`"))
    if not claim.evidence:
        return _found(entry, Finding.NOT_CHECKABLE, _sentence(claim.reason.rstrip(".") or "it has no evidence"))
    ran = tuple(command for evidence in claim.evidence for command in _commands(evidence))
    found = _rechecked(entry, claim, copy, sandbox)
    return found.model_copy(update={"commands": ran})


def _rechecked(entry: standalone.Json, claim: Claim, copy: standalone.Snapshot, sandbox: Sandbox) -> ClaimAudit:
    if not all(_starts_python(evidence) for evidence in claim.evidence):
        return _found(entry, Finding.NOT_CHECKABLE, _sentence("none of the commands starts the program or Python"))
    outcomes = [_again(evidence, copy, sandbox) for evidence in claim.evidence]
    changed = tuple(sorted({_safe(path) for outcome in outcomes for path in outcome.changed_inputs}))
    failure = next((outcome.reason for outcome in outcomes if not outcome.holds), None)
    if failure is not None:
        return _found(entry, Finding.FAILS, _safe(failure), changed)
    note = "It holds for the program as it is now, which was changed since the delivery." if changed else ""
    return _found(entry, Finding.HOLDS, note, changed)


def _found(entry: standalone.Json, finding: Finding, reason: str, changed: tuple[str, ...] = ()) -> ClaimAudit:
    return ClaimAudit(
        id=_safe(entry["id"]),
        statement=_safe(entry["statement"]),
        verdict=_safe(entry["verdict"]),
        finding=finding,
        reason=reason,
        changed_inputs=changed,
    )


def _starts_python(evidence: Evidence) -> bool:
    return standalone.starts_python(evidence.check.model_dump(mode="json"), evidence.program)


def _commands(evidence: Evidence) -> tuple[str, ...]:
    """The commands of a check, each as one line."""
    expanded = (standalone.expand(step.argv, evidence.program, PYTHON_INSIDE) for step in evidence.check.steps)
    return tuple(_safe(cut_command(shlex.join(argv), LONGEST)) for argv in expanded)


def cut_command(line: str, longest: int) -> str:
    """A command of at most so many characters: a tenth of them its beginning and the rest its end, where code calls what is tried."""
    begins = longest // 10
    return line if len(line) <= longest else f"{line[:begins]}…{line[begins + 1 - longest :]}"


def _again(evidence: Evidence, copy: standalone.Snapshot, sandbox: Sandbox) -> Outcome:
    """Produce one piece of evidence again on the copy of the program."""
    try:
        _, strange = copy.take(evidence.python_path)
    except (OSError, ValueError) as error:
        return Outcome(holds=False, reason=f"The program cannot be read: {standalone.visible(str(error))}.")
    outcome = evidence.recheck(Context(Path(copy.folder), sandbox))
    return outcome.model_copy(update={"changed_inputs": (*outcome.changed_inputs, *strange)})


def _safe(text: str) -> str:
    return standalone.visible(text, LONGEST)


def _sentence(text: str) -> str:
    plain = _safe(text)
    return plain[:1].upper() + plain[1:] + "."
