"""The end of a run: the program is tried out, delivered when something about it is proved, and reported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from macrohard import __version__
from macrohard.company.brief import Brief
from macrohard.company.confidence import Confidence, confidence_in
from macrohard.company.delivery import Delivery, deliver
from macrohard.company.delivery.project import lay_out
from macrohard.company.desk import Desk
from macrohard.company.frames import Program
from macrohard.company.jury import Choice
from macrohard.company.notes import notes_on, typing_note
from macrohard.company.order import Kind
from macrohard.company.polish import type_errors
from macrohard.company.report import FunctionReport, Report, Status
from macrohard.company.unread import unread_notes
from macrohard.company.users.tryout import try_out
from macrohard.paths import cache_dir, state_dir
from macrohard.truth import PEOPLE, Check, Claim, Ledger, Meta, Source, Verdict, seal_of


def close(desk: Desk, brief: Brief, checks: Sequence[Check], made: tuple[Program, Choice] | None) -> Report:
    """Try out, deliver, report. Without a program, or when no acceptance check holds, nothing is delivered."""
    unread = unread_notes(brief, desk.order)
    if made is None:
        notes = ("Some function could not be written at all.", *unread)
        return report(desk, brief, unproved(brief, checks), None, notes)
    program, choice = made
    standing = [check for check in checks if check.id not in choice.disputed]
    desk.say("users", "Trying out the finished program, each command in a sandbox of its own.")
    claims = desk.step("try out", tuple[Claim, ...], lambda: tried(desk, brief, program, standing, choice))
    typing = desk.step("types", list[str], lambda: _type_errors(desk, brief))
    notes = (*unread, *notes_on(brief, checks, choice), *typing_note(typing))
    if outcome(claims) is Status.DECLINED:
        return report(desk, brief, claims, None, notes, choice)
    desk.say("delivery", "Writing the repository, its README of verified claims, its tests and its evidence.")
    delivery = Delivery(brief, program, claims, notes, meta(desk, brief.name))
    place = desk.step("deliver", str, lambda: str(deliver(delivery, Path(desk.order.out) / brief.name)))
    record(desk, claims)
    return report(desk, brief, claims, Path(place), notes, choice)


def outcome(claims: Sequence[Claim]) -> Status:
    """`verified` needs every claim; without one verified check of a person or of the tester nothing was proved."""
    verified = [claim for claim in claims if claim.verdict is Verdict.VERIFIED]
    given = [claim for claim in claims if claim.evidence and claim.maker in PEOPLE]
    counted = given or [claim for claim in claims if claim.maker == Source.TESTER]
    if not any(claim.verdict is Verdict.VERIFIED for claim in counted):
        return Status.DECLINED
    return Status.VERIFIED if len(verified) == len(claims) else Status.DELIVERED


def meta(desk: Desk, name: str) -> Meta:
    """What the evidence says about its making."""
    return Meta(
        name=name,
        date=desk.date,
        model=desk.model.name,
        model_digest=desk.model.digest,
        macrohard=__version__,
    )


def record(desk: Desk, claims: Sequence[Claim]) -> None:
    """Put the claims into the user's ledger, once."""
    desk.step("ledger", int, lambda: _append(desk.run_id, claims))


def _append(run_id: str, claims: Sequence[Claim]) -> int:
    ledger = Ledger.open(state_dir() / "ledger.db")
    done = len(list(ledger.records(run_id)))
    for claim in claims[done:]:
        ledger.append("claim", run_id, claim.model_dump(mode="json"))
    return len(claims)


def _type_errors(desk: Desk, brief: Brief) -> list[str]:
    return type_errors(staging(desk) / "src", brief.package, cache_dir() / "types")


def staging(desk: Desk) -> Path:
    """Where the program of a run stands while it is tried out."""
    return state_dir() / "staging" / desk.run_id


def tried(desk: Desk, brief: Brief, program: Program, checks: Sequence[Check], choice: Choice) -> tuple[Claim, ...]:
    """The claims about a program, each with what was seen when it was run."""
    root = staging(desk)
    lay_out(program, root)
    return try_out(brief, program, root, checks, choice, confidence_in(choice, desk.model.digest), desk.sandbox)


def unproved(brief: Brief, checks: Sequence[Check]) -> tuple[Claim, ...]:
    """The claims that were to be proved, none of them with evidence."""
    return tuple(
        Claim(
            id=f"C{number:02d}",
            statement=check.statement,
            subject=brief.name,
            maker=check.source.value,
            reason="There is no program to try it on.",
        )
        for number, check in enumerate(checks, 1)
    )


def report(
    desk: Desk,
    brief: Brief,
    claims: Sequence[Claim],
    place: Path | None,
    notes: tuple[str, ...],
    choice: Choice | None = None,
    project: Path | None = None,
) -> Report:
    """What came of the run; `project` is the folder that holds the evidence, when it is not `place` itself."""
    project = project or place
    confidence = confidence_in(choice, desk.model.digest) if choice else None
    runnable = project is not None and brief.kind is Kind.CLI
    return Report(
        run_id=desk.run_id,
        outcome=outcome(claims) if place is not None else Status.DECLINED,
        name=brief.name,
        claims=tuple(claims),
        confidence=round(confidence.program, 4) if confidence else None,
        functions=_functions(choice, confidence) if choice else (),
        cost=desk.cost(),
        model=desk.model.name,
        model_digest=desk.model.digest,
        path=str(place) if place is not None else None,
        evidence=str(project / "evidence") if project is not None else None,
        seal=seal_of(project) if project is not None else None,
        run=(str(project / "bin" / brief.name),) if runnable and project is not None else (),
        recheck=("sh", str(project / "evidence" / "check.sh")) if project is not None else (),
        choices=brief.choices,
        notes=notes,
    )


def _functions(choice: Choice, confidence: Confidence | None) -> tuple[FunctionReport, ...]:
    return tuple(
        FunctionReport(
            name=name,
            confidence=confidence.of[name] if confidence else None,
            mutants=killed.mutants,
            killed=killed.killed,
            untold=killed.untold,
        )
        for name, killed in choice.killed.items()
    )
