"""The plan: which functions a brief asks for, and which checks run through which of them."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Sequence
from functools import partial

from macrohard.company.brief import Brief, CommandBrief, FunctionBrief
from macrohard.company.desk import Desk
from macrohard.company.engineers.sessions import joined_sessions, session_of
from macrohard.company.engineers.stubs import Stub, command_stub, function_name, function_stub
from macrohard.company.frames import frame
from macrohard.company.jury.court import units_of
from macrohard.company.order import Kind
from macrohard.company.properties import is_property
from macrohard.company.request.statements import statements_about
from macrohard.company.tester.inputs import result_call
from macrohard.company.users.roundtripping import walked
from macrohard.company.workshop import DEFAULT_CANDIDATES, Workshop
from macrohard.truth import PEOPLE, Check, Source
from macrohard.truth.syntax import parse

_MOST_EXAMPLES = 4
_FEW_WORDS = 2
_DOCSTRING_WIDTH = 92


def summary(brief: Brief) -> str:
    """'a command-line program with the commands to-int and to-roman'."""
    if brief.kind is Kind.LIBRARY:
        return "a library with " + ", ".join(item.name for item in brief.functions)
    names = [command.name for command in brief.commands if command.name]
    kept = f", which keeps its data in {brief.state_file}" if brief.state_file else ""
    return ("a command-line program with " + ", ".join(names) if names else "a command-line program") + kept


def workshop(desk: Desk, brief: Brief, wanted: Sequence[Check], inputs: Sequence[Check]) -> Workshop:
    """Everything the engineers and the jury need for the functions of a brief; on `inputs` candidates are compared."""
    units, last = units_by_check(brief, [*wanted, *inputs])
    return Workshop(
        stubs=stubs(brief, wanted, last),
        checks=wanted,
        inputs=inputs,
        units=units,
        last=last,
        assemble=partial(frame, brief),
        model=desk.model,
        sandbox=desk.sandbox,
        count=desk.order.candidates or DEFAULT_CANDIDATES,
        seed=desk.order.seed,
        first_word=2 if brief.has_commands else 1,
        together=bool(brief.state_file) and len(brief.commands) > 1,
    )


def units_by_check(brief: Brief, wanted: Sequence[Check]) -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    """Check id -> the functions it runs through, and check id -> the function that its last step calls."""
    units = {check.id: _units(brief, check) for check in wanted}
    last = {check.id: unit for check in wanted if (unit := _last(brief, check))}
    return units, last


def stubs(brief: Brief, wanted: Sequence[Check], last: dict[str, str]) -> list[Stub]:
    """One stub a function, with the examples of people in its docstring; hidden checks are never shown."""
    given = [check for check in wanted if is_shown(check)]
    if brief.kind is Kind.LIBRARY:
        shown = {item.name: [check for check in given if last.get(check.id) == item.name] for item in brief.functions}
        return [
            function_stub(brief, item, _said(brief, item, given), _session(shown[item.name]))
            for item in brief.functions
        ]
    found = []
    for command in brief.commands:
        mine = [check for check in given if last.get(check.id) == function_name(command)]
        lines = _shown(brief, mine[:_MOST_EXAMPLES])
        found.append(command_stub(brief, command, _said(brief, command, given), lines))
    return found


def is_shown(check: Check) -> bool:
    """True for an example of a person. What the tester wrote stays hidden when the user has approved it, and counts as
    the user's own from then on; so does a property, which is no example."""
    return check.source in PEOPLE and not check.id.startswith("tester-") and not is_property(check)


def _shown(brief: Brief, examples: Sequence[Check]) -> tuple[str, ...]:
    """The examples as a Python session, and in words what cannot be told as one."""
    sessions = [session_of(brief, check) for check in examples]
    told = [check.statement for check, lines in zip(examples, sessions, strict=True) if not lines]
    return (*joined_sessions([lines for lines in sessions if lines]), *told)


def _said(brief: Brief, part: CommandBrief | FunctionBrief, given: Sequence[Check]) -> tuple[str, ...]:
    """The sentences about a part, without those that are nothing but an example, which is shown as one."""
    quotations = {" ".join(check.quotation.split()) for check in given if check.quotation}
    kept = []
    for statement in statements_about(brief, part):
        rest = statement
        for quotation in quotations:
            rest = rest.replace(quotation, "")
        if len(re.findall(r"\w+", rest)) > _FEW_WORDS:
            kept.append("\n".join(textwrap.wrap(statement, _DOCSTRING_WIDTH, break_long_words=False)))
    return tuple(kept)


def _session(given: Sequence[Check]) -> tuple[str, ...]:
    """Lines of a Python session that show the examples."""
    lines: list[str] = []
    for check in given[:_MOST_EXAMPLES]:
        tree = parse(check.steps[-1].argv[-1])
        call = result_call(tree)
        expected = check.steps[-1].expect.stdout
        if call is not None and expected is not None:
            lines += [f">>> {ast.unparse(call)}", expected]
    return tuple(lines)


def _units(brief: Brief, check: Check) -> frozenset[str]:
    """The functions a check runs through; all of them for a test of the user, which may call anything."""
    commands = {command.name: function_name(command) for command in brief.commands}
    only = None if brief.has_commands else commands.get("")
    found = units_of(check, commands, only, [item.name for item in brief.functions])
    every = frozenset(commands.values()) | {item.name for item in brief.functions}
    return found or (every if check.source is Source.USER else found)


def _last(brief: Brief, check: Check) -> str | None:
    """The function that the last step calls; of a round trip the one that undoes the other."""
    if way := walked(check.steps[-1]):
        return next((function_name(command) for command in brief.commands if command.name == way[-1]), None)
    final = check.model_copy(update={"steps": check.steps[-1:]})
    units = _units(brief, final)
    # A test of the user may call every function, and none of them is the last.
    return min(units) if len(units) == 1 else None
