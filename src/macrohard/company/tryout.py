"""The users: emulated users operate the finished program as a person would, each command a process of its own.

What they see is the evidence. Besides the checks of people and of the tester they try what every program of its kind
must do: start, explain itself, fail politely.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from macrohard.company.brief import Argument, ArgumentType, Brief
from macrohard.company.frames import Program
from macrohard.company.order import Kind
from macrohard.company.statements import error_statements, general_statements, names_part
from macrohard.sandbox import Sandbox
from macrohard.truth import PROGRAM, PYTHON, Check, Claim, Expectation, Run, Source, Step, Verdict, inputs_of, run_check
from macrohard.truth.standalone import visible

_AT_ONCE = 2


def try_out(
    brief: Brief,
    program: Program,
    project: Path,
    checks: Sequence[Check],
    doubtful: Mapping[str, str],
    sandbox: Sandbox,
) -> tuple[Claim, ...]:
    """One claim for every check; one without evidence for every sentence of the request that no check shows, and for
    every function about which the jury abstains (`doubtful`: function -> why)."""
    inputs = inputs_of(project)

    def run(check: Check) -> Run:
        return run_check(check, project, program.start, sandbox, inputs=inputs)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        runs = list(pool.map(run, [*checks, *house_checks(brief, checks)]))
    claims = [claim_of(brief, run) for run in runs]
    claims += [
        _open(brief, f"“{visible(text, 400)}”", "No check that shows it has passed.")
        for text in uncovered(brief, claims)
    ]
    claims += [_open(brief, f"`{name}` is right beyond the inputs above", why) for name, why in doubtful.items()]
    return tuple(claim.model_copy(update={"id": f"C{number:02d}"}) for number, claim in enumerate(claims, 1))


def claim_of(brief: Brief, run: Run) -> Claim:
    """What a run shows: an example of a person that fails is refuted, any other failing check leaves it open."""
    given = run.check.source in {Source.USER, Source.REQUEST}
    verdict = Verdict.VERIFIED if not run.failure else Verdict.REFUTED if given else Verdict.UNVERIFIED
    return Claim(
        id="",
        statement=run.check.statement,
        subject=brief.name,
        maker=run.check.source.value,
        evidence=(run,),
        verdict=verdict,
        reason=run.failure,
    )


def _open(brief: Brief, statement: str, reason: str) -> Claim:
    """A claim that nothing proves, so that nobody overlooks it."""
    return Claim(id="", statement=statement, subject=brief.name, maker=Source.REQUEST.value, reason=reason)


def uncovered(brief: Brief, claims: Sequence[Claim]) -> list[str]:
    """The sentences of the request that no verified claim shows.

    A sentence of errors or of the whole program needs a check written for it; one that names a command or a
    function needs a check of a person or of the tester that calls it.
    """
    verified = [run.check for claim in claims if claim.verdict is Verdict.VERIFIED for run in claim.evidence]
    shown = {check.quotation for check in verified if check.quotation}
    called = {word for check in verified if check.source is not Source.HOST for word in _called(brief, check)}
    special = {*error_statements(brief), *general_statements(brief)}
    open_ones = []
    for statement in brief.statements:
        inside = any(quotation in statement for quotation in shown)
        by_name = statement not in special and any(_mentions(brief, statement, name) for name in called)
        if not inside and not by_name and (statement in special or names_part(brief, statement)):
            open_ones.append(statement)
    return open_ones


def _called(brief: Brief, check: Check) -> Iterator[str]:
    """Commands or functions that the last step of a check calls."""
    step = check.steps[-1]
    if step.argv[0] == PROGRAM:
        named = step.argv[1] if len(step.argv) > 1 else ""
        yield named if any(command.name == named for command in brief.commands) else ""
    else:
        yield from (item.name for item in brief.functions if f"import {item.name}\n" in step.argv[-1])


def _mentions(brief: Brief, statement: str, name: str) -> bool:
    parts = {
        "commands": tuple(item for item in brief.commands if item.name == name),
        "functions": tuple(item for item in brief.functions if item.name == name),
    }
    return any(parts.values()) and names_part(brief.model_copy(update=parts), statement)


def house_checks(brief: Brief, checks: Sequence[Check]) -> list[Check]:
    """What every program of its kind must do, whatever was asked."""
    made = _library_rules(brief) if brief.kind is Kind.LIBRARY else _command_rules(brief, checks)
    return [check.model_copy(update={"id": f"host-{number:02d}"}) for number, check in enumerate(made, 1)]


def _library_rules(brief: Brief) -> Iterator[Check]:
    names = ", ".join(item.name for item in brief.functions)
    code = f"from {brief.package} import {names}\nprint('imported')\n"
    yield _house(f"`from {brief.package} import {names}` works", (PYTHON, "-c", code), Expectation(stdout="imported"))


def _command_rules(brief: Brief, checks: Sequence[Check]) -> Iterator[Check]:
    names = tuple(command.name for command in brief.commands if command.name)
    yield _house(
        f"`{brief.name} --help` explains how it is used" + (f" and lists {', '.join(names)}" if names else ""),
        (PROGRAM, "--help"),
        Expectation(stdout_contains=("usage:", *names)),
    )
    failing = Expectation(exit_status=brief.error_status, error_message=True)
    ends = f"ends with a message and exit status {brief.error_status}"
    if names:
        yield _house(f"An unknown command {ends}", (PROGRAM, "no-such-command"), failing)
    for command in brief.commands:
        required = [item for item in command.arguments if not item.is_option]
        start = (PROGRAM, command.name) if command.name else (PROGRAM,)
        called = shlex.join((brief.name, *start[1:]))
        if required:
            yield _house(f"`{called}` without its arguments {ends}", start, failing)
        yield from _type_rules(required, start, called, failing)
    if brief.state_file:
        yield from _state_rules(brief, checks, failing, ends)


def _type_rules(
    arguments: Sequence[Argument], start: tuple[str, ...], called: str, failing: Expectation
) -> Iterator[Check]:
    """A word where a number must be, a file that is not there."""
    values = {
        ArgumentType.INTEGER: "1",
        ArgumentType.NUMBER: "1",
        ArgumentType.TEXT: "x",
        ArgumentType.FILE: "none.txt",
    }
    wrong = {ArgumentType.INTEGER: "many", ArgumentType.NUMBER: "many", ArgumentType.FILE: "missing.txt"}
    if any(item.type is ArgumentType.FILE for item in arguments):
        words = tuple(wrong[item.type] if item.type is ArgumentType.FILE else values[item.type] for item in arguments)
        yield _house(f"`{called}` with a file that does not exist ends with a message", (*start, *words), failing)
        return
    for index, item in enumerate(arguments):
        if item.type in wrong:
            words = tuple(values[other.type] for other in arguments)
            words = (*words[:index], wrong[item.type], *words[index + 1 :])
            yield _house(
                f"`{called}` with a word for {item.name.upper()} ends with a message", (*start, *words), failing
            )


def _state_rules(brief: Brief, checks: Sequence[Check], failing: Expectation, ends: str) -> Iterator[Check]:
    """State is kept in the file that was named, and a damaged file is reported and left as it is."""
    kept = next((check for check in checks if check.source in {Source.USER, Source.REQUEST} and _changes(check)), None)
    if kept is not None:
        code = f"import json\nprint(type(json.load(open({brief.state_file!r}))).__name__)\n"
        look = Step(argv=(PYTHON, "-c", code), expect=Expectation(stdout="list"))
        before = tuple(step.model_copy(update={"expect": Expectation()}) for step in kept.steps[:1])
        yield _house(
            f"What `{brief.name}` stores stands in {brief.state_file} in the current folder", look.argv, look.expect
        ).model_copy(update={"steps": (*before, look), "quotation": brief.state_file})
        damaged = {str(brief.state_file): "{damaged"}
        expect = failing.model_copy(update={"files": damaged})
        check = _house(f"A damaged {brief.state_file} {ends}, and is left as it is", kept.steps[0].argv, expect)
        yield check.model_copy(update={"files": damaged})


def _changes(check: Check) -> bool:
    return check.steps[0].argv[0] == PROGRAM and check.steps[0].expect.exit_status == 0


def _house(statement: str, argv: tuple[str, ...], expect: Expectation) -> Check:
    return Check(id="", statement=statement, source=Source.HOST, steps=(Step(argv=argv, expect=expect),))
