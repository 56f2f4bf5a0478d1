"""The build: brief -> acceptance -> candidates -> choose -> assemble -> try out -> deliver."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from pydantic import Field

from macrohard.company import plan
from macrohard.company.analyst import write_brief
from macrohard.company.beginning import Begun, begin
from macrohard.company.brief import Brief
from macrohard.company.choices import choices_of
from macrohard.company.closing import close
from macrohard.company.desk import Desk, open_desk
from macrohard.company.documenting import documented
from macrohard.company.engineers.engineering import Candidate
from macrohard.company.frames import Program
from macrohard.company.jury import Choice
from macrohard.company.order import Order
from macrohard.company.placing import askable
from macrohard.company.polish import polish
from macrohard.company.progress import Progress
from macrohard.company.properties import properties_of
from macrohard.company.refusing import refuse
from macrohard.company.report import Report
from macrohard.company.request.statements import statements_about
from macrohard.company.reviewing import approved
from macrohard.company.runs import start_run
from macrohard.company.runs.durable import Steps
from macrohard.company.tester.acceptance import checks_of
from macrohard.company.tester.department import write_checks
from macrohard.company.unread import unread_notes, waiting_notes
from macrohard.company.users.oddities import odd_inputs
from macrohard.company.users.roundtrips import round_trips
from macrohard.company.users.usertests import user_test_checks
from macrohard.company.workshop import first_candidates, make
from macrohard.errors import UserError
from macrohard.truth import Check, Source
from macrohard.truth.check import Record
from macrohard.truth.examples import Example, find_examples, find_files, parse_given
from macrohard.truth.standalone import visible

Review = Callable[[str, str], tuple[str, str]]
"""Shows brief and checks as JSON and returns them as the user approved them."""


class Acceptance(Record):
    """What the program must pass, fixed before any candidate is run."""

    brief: Brief
    checks: tuple[Check, ...]
    inputs: tuple[Check, ...] = ()
    """Further inputs, on which candidates are only compared."""
    candidates: list[list[Candidate]] = Field(default=[])
    """The first candidates of each function, where they were written at the same time as the checks."""


def build(order: Order, progress: Progress, review: Review | None = None) -> Report:
    """Build what the order asks for, or go on with an unfinished run of the same order."""
    refuse(order)
    return start_run(order, partial(work, review=review), progress)


def work(order: Order, steps: Steps, progress: Progress, review: Review | None = None) -> Report:
    """The workflow of a build."""
    desk = open_desk(order, steps, progress)
    acceptance = agree(desk, review)
    return close(desk, acceptance.brief, acceptance.checks, engineer(desk, acceptance))


def agree(desk: Desk, review: Review | None) -> Acceptance:
    """Brief and acceptance checks, approved by the user where that was asked for."""
    examples = find_examples(desk.order.request)
    desk.say("analyst", f"Reading the request: {_count(len(examples), 'example')} found in it.")
    brief = desk.step("brief", Brief, lambda: _brief(desk, examples))
    _refuse_taken_place(desk, brief)
    desk.say("analyst", f"{brief.name}: {plan.summary(brief)}.")
    for note in (*unread_notes(brief, desk.order), *waiting_notes(brief, desk.order)):
        desk.say("analyst", note, stays=True)
    checks = _given_checks(desk, brief, examples)
    desk.say("tester", "Writing checks from the brief, without sight of any code.")
    begun = desk.step("acceptance", Begun, partial(_begin, desk, brief, checks))
    checks += (*_properties(desk, brief, examples), *begun.written.checks, *round_trips(brief, checks))
    checks += tuple(odd_inputs(brief, checks))
    desk.say("tester", f"{_count(len(checks), 'check')}, fixed before any code is run.")
    acceptance = Acceptance(brief=brief, checks=checks, inputs=begun.written.inputs, candidates=begun.candidates)
    if not desk.order.review:
        return acceptance
    return desk.step("review", Acceptance, lambda: _reviewed(acceptance, review or _nobody, desk.order.examples))


def _begin(desk: Desk, brief: Brief, given: tuple[Check, ...]) -> Begun:
    """Checks and first candidates; the engineers wait where a review may still change what is asked for."""
    tester = partial(write_checks, brief, given, find_files(desk.order.request), desk.model, desk.order.seed)
    if desk.order.review:
        return Begun(written=tester())
    return begin(tester, partial(first_candidates, plan.workshop(desk, brief, given, ()), desk.progress))


def engineer(desk: Desk, acceptance: Acceptance) -> tuple[Program, Choice] | None:
    """The chosen program; None when some function could not be written at all."""
    workshop = plan.workshop(desk, acceptance.brief, acceptance.checks, acceptance.inputs)
    made = make(workshop, desk, desk.progress, acceptance.candidates)
    if made is None:
        return None
    chosen, choice = made
    desk.say("integrator", "Putting the chosen functions into their frame.")
    program = workshop.assemble([candidate.source for candidate in chosen])
    files = desk.step("assemble", dict[str, str], lambda: polish(documented(program.files, desk.sandbox)))
    return Program(files=files, start=program.start), choice


def _brief(desk: Desk, examples: tuple[Example, ...]) -> Brief:
    order = desk.order
    brief = write_brief(order.request, order.kind, examples, order.examples, desk.model, order.seed)
    return brief.model_copy(update={"choices": choices_of(brief, order.examples)})


def _properties(desk: Desk, brief: Brief, examples: tuple[Example, ...]) -> tuple[Check, ...]:
    """What the request says of all results of a function of a library."""
    said = {item.name: "\n".join(statements_about(brief, item)) for item in brief.functions}
    return properties_of(said, brief.package, [*_given(desk, brief), *examples])


def _given_checks(desk: Desk, brief: Brief, examples: tuple[Example, ...]) -> tuple[Check, ...]:
    """The checks of the user, then those that stand in the request."""
    return (
        *checks_of(brief, _given(desk, brief), Source.USER),
        *user_test_checks(desk.order.tests),
        *checks_of(brief, askable(brief, examples), Source.REQUEST),
    )


def _given(desk: Desk, brief: Brief) -> list[Example]:
    """The examples that the user gave beside the request."""
    return [parse_given(text, brief.name) for text in desk.order.examples]


def _refuse_taken_place(desk: Desk, brief: Brief) -> None:
    """Before any work is done for nothing; what this very run has delivered may stand there when it is resumed."""
    place = Path(desk.order.out) / brief.name
    header = place / "evidence" / "ledger.jsonl"
    ours = header.is_file() and desk.date in header.read_text(encoding="utf-8", errors="replace").split("\n")[0]
    if place.exists() and not ours:
        raise UserError(f"{place} exists already: move it away or choose another folder with --out.")


def _reviewed(acceptance: Acceptance, review: Review, examples: Sequence[str]) -> Acceptance:
    """What the user approved; every check in it counts as the user's own, but for the rules of the house. Choices that were left as
    they were are told anew of the brief as it is now."""
    checks = "[" + ",\n".join(check.model_dump_json(indent=2) for check in acceptance.checks) + "]"
    try:
        brief, kept = approved(*review(acceptance.brief.model_dump_json(indent=2), checks))
    except ValueError as error:
        raise UserError(
            f"The reviewed brief or checks cannot be used ({visible(str(error))}): correct them and try again."
        ) from error
    if brief.choices == acceptance.brief.choices:
        brief = brief.model_copy(update={"choices": choices_of(brief, examples)})
    own = tuple(
        check if check.source is Source.HOST else check.model_copy(update={"source": Source.USER}) for check in kept
    )
    return Acceptance(brief=brief, checks=own, inputs=acceptance.inputs)


def _nobody(brief: str, checks: str) -> tuple[str, str]:
    """The review of a run that nobody watches: it must not go on unapproved."""
    raise UserError("This run waits for your review: resume it in a terminal.")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
