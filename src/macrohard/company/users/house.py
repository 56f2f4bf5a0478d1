"""The rules of the house: what every program must do, whatever was asked. It starts, explains itself, never crashes."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from macrohard.company.brief import Argument, ArgumentType, Brief
from macrohard.company.order import Kind
from macrohard.company.tester.stating import after
from macrohard.company.users.storing import storing_check
from macrohard.truth import PEOPLE, PROGRAM, PYTHON, Check, Expectation, Source, Step
from macrohard.truth.examples import Line


def house_checks(brief: Brief, checks: Sequence[Check]) -> list[Check]:
    """What every program of its kind must do, whatever was asked; `checks` show how its commands are called."""
    made = _library_rules(brief) if brief.kind is Kind.LIBRARY else _command_rules(brief, checks)
    return [check.model_copy(update={"id": f"host-{number:02d}"}) for number, check in enumerate(made, 1)]


def _library_rules(brief: Brief) -> Iterator[Check]:
    names = ", ".join(item.name for item in brief.functions)
    code = f"from {brief.package} import {names}\nprint('imported')\n"
    yield _house(f"`from {brief.package} import {names}` works", (PYTHON, "-c", code), Expectation(stdout="imported"))


def _command_rules(brief: Brief, checks: Sequence[Check]) -> Iterator[Check]:
    names = tuple(command.name for command in brief.commands if command.name)
    yield _house(
        f"`{brief.name} --help` prints its usage" + (f" and lists {', '.join(names)}" if names else ""),
        (PROGRAM, "--help"),
        Expectation(stdout_contains=("usage:", *names)),
    )
    failing = Expectation(exit_status=brief.error_status, error_message=True)
    ends = f"ends with a message and exit status {brief.error_status}"
    if names:
        yield _house(f"An unknown command {ends}", (PROGRAM, "no-such-command"), failing)
    for command in brief.commands:
        required = [item for item in command.arguments if not item.is_option and not item.optional]
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
    """State is kept in the file that was named, and a file that is no JSON is reported and left as it is."""
    if stored := storing_check(brief, checks):
        yield _stored(brief, stored)
    kept = next((check for check in checks if check.source in PEOPLE and _ends_well(check)), None)
    if kept is not None:
        damaged = {str(brief.state_file): "{damaged"}
        expect = failing.model_copy(update={"files": damaged})
        argv = kept.steps[0].argv
        typed = shlex.join((brief.name, *argv[1:]))
        check = _house(f"`{typed}` with `{{damaged` in {brief.state_file} {ends}, and leaves it as it is", argv, expect)
        yield check.model_copy(update={"files": damaged})


def _stored(brief: Brief, stored: Check) -> Check:
    """After a command line that stores something, there is something in the file."""
    code = f"import json\nfound = json.load(open({brief.state_file!r}))\nprint(type(found).__name__ if found else 'nothing')\n"
    look = Step(argv=(PYTHON, "-c", code), expect=Expectation(stdout="list"))
    before = [_ending_as_it_did(step) for step in stored.steps]
    typed = [Line(words=(brief.name, *step.argv[1:]), stdin=step.stdin) for step in stored.steps]
    statement = f"{after(typed)}{brief.state_file} in the current folder holds a JSON list that is not empty"
    more = {"files": stored.files, "steps": (*before, look), "quotation": brief.state_file}
    return _house(statement, look.argv, look.expect).model_copy(update=more)


def _ending_as_it_did(step: Step) -> Step:
    return step.model_copy(update={"expect": Expectation(exit_status=step.expect.exit_status)})


def _ends_well(check: Check) -> bool:
    return check.steps[0].argv[0] == PROGRAM and check.steps[0].expect.exit_status == 0


def _house(statement: str, argv: tuple[str, ...], expect: Expectation) -> Check:
    return Check(id="", statement=statement, source=Source.HOST, steps=(Step(argv=argv, expect=expect),))
