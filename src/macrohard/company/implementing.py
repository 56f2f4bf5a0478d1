"""Implementing a stub file: every empty function filled in, judged and tried out like a build."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from macrohard.company.brief import Brief
from macrohard.company.closing import meta, outcome, record, report, tried, unproved
from macrohard.company.delivery.project import lay_out
from macrohard.company.desk import Desk, open_desk
from macrohard.company.frames import Program
from macrohard.company.jury import Choice
from macrohard.company.notes import notes_on
from macrohard.company.order import Order
from macrohard.company.progress import Progress
from macrohard.company.refusing import evidence_place, refuse, refuse_changed, refuse_taken_place, stub_file_of
from macrohard.company.report import Report, Status
from macrohard.company.runs import start_run
from macrohard.company.runs.durable import Steps
from macrohard.company.stubchecks import StubChecks
from macrohard.company.stubfile import StubFile
from macrohard.company.stubplan import brief_of, program_of
from macrohard.company.workshop import make
from macrohard.errors import UserError
from macrohard.truth import Check, Claim, write_evidence
from macrohard.writing import replace_file


def implement(order: Order, progress: Progress) -> Report:
    """Fill in the stub file of the order, or go on with an unfinished run of the same order."""
    refuse(order)
    return start_run(order, work, progress)


def work(order: Order, steps: Steps, progress: Progress) -> Report:
    """The workflow of `implement`."""
    desk = open_desk(order, steps, progress)
    file = stub_file_of(order)
    brief = _brief(order, file)
    desk.say("analyst", f"{len(file.stubs)} functions to fill in, with {len(file.examples)} examples.")
    checks = StubChecks(desk, brief, file)
    candidates = checks.begin()
    made = make(checks.workshop(), desk, desk.progress, candidates, checks.doubted if checks.late else None)
    if made is None:
        return report(desk, brief, unproved(brief, checks.all), None, ("Some function could not be written at all.",))
    chosen, choice = made
    program = desk.step(
        "assemble", Program, lambda: program_of(brief, file, [item.source for item in chosen], neat=True)
    )
    return _close(desk, brief, file, checks.all, program, choice)


def _brief(order: Order, file: StubFile) -> Brief:
    """A stub file is its own brief."""
    name = Path(order.file_name).stem
    if not name.isidentifier():
        raise UserError(f"{order.file_name} cannot be imported by that name: rename it, for example to my_module.py.")
    return brief_of(name, file)


def _close(
    desk: Desk, brief: Brief, file: StubFile, checks: Sequence[Check], program: Program, choice: Choice
) -> Report:
    standing = [check for check in checks if check.id not in choice.disputed]
    desk.say("users", "Calling every function in a sandbox.")
    claims = desk.step("try out", tuple[Claim, ...], lambda: tried(desk, brief, program, standing, choice))
    left = tuple(
        f"{name} was left as it is: only functions at the top of the file are filled in." for name in file.skipped
    )
    notes = (*notes_on(brief, checks, choice), *left)
    if outcome(claims) is Status.DECLINED:
        return report(desk, brief, claims, None, notes, choice)
    out = Path(desk.order.out)
    folder = evidence_place(desk.order)
    desk.say("delivery", f"Writing {out.name} and its evidence.")
    desk.step("deliver", str, lambda: _deliver(desk, brief, program, claims, folder))
    record(desk, claims)
    return report(desk, brief, claims, out, notes, choice, folder)


def _deliver(desk: Desk, brief: Brief, program: Program, claims: Sequence[Claim], folder: Path) -> str:
    """Write the evidence with a copy of the file beside it, then the file itself, each whole or not at all.

    Raises UserError when it cannot be written, or what stands there now is the user's; the run can then go on here.
    """
    out = Path(desk.order.out)
    text = program.files[f"{brief.package}.py"]
    part = folder.with_name(f".{folder.name}.part")
    try:
        refuse_changed(desk.order, text)
        refuse_taken_place(folder)
        lay_out(program, part)
        write_evidence(part, claims, (), meta(desk, brief.name))
        shutil.rmtree(folder, ignore_errors=True)
        os.rename(part, folder)
        replace_file(out, text)
    except OSError as error:
        raise UserError(f"The file cannot be written to {out}: {error.strerror or error}.") from error
    return str(out)
