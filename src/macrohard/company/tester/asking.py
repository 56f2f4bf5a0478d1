"""What the tester is asked about a brief: ordinary cases of each part, and cases for sentences of the request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from macrohard.company.brief import ArgumentType, Brief, CommandBrief
from macrohard.company.order import Kind
from macrohard.company.prompts import tester as prompts
from macrohard.company.request.clause import Clause, Need
from macrohard.company.request.clauses import clauses_of, options_in
from macrohard.company.request.statements import concerned, named_in
from macrohard.company.users.faults import demanded, is_general, speaks_of_unknown
from macrohard.models import Message, Question, Sampling
from macrohard.truth import Check

_SAMPLING = Sampling()
"""Replaced when it is asked: each question is asked in several ways."""
_FEW_COMMANDS = 3
_MOST_ALONE = 5
_MOST_KNOWN = 4
_LONGEST_KNOWN = 120
"""Characters of a known call that is named in a question."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the tester and how its reply is read."""

    question: Question
    statement: str | None
    """The clause of the request that the cases were written for; None for the ordinary cases of a command."""
    error: bool
    """True when the cases must end in an error."""
    status: int | None = None
    """The exit status of this error, where the clause names it."""
    unchanged: bool = False
    """True when this error changes no file."""


def form_of(brief: Brief, command: CommandBrief) -> str:
    """'roman to-int NUMERAL': how a command is called."""
    words = [brief.name, command.name]
    for item in command.arguments:
        value = item.name if item.is_option else item.name.upper()
        takes = item.is_option and item.type is not ArgumentType.FLAG
        words.append(f"[{value} VALUE]" if takes else f"[{value}]" if item.is_option or item.optional else value)
    return " ".join(word for word in words if word)


def questions(brief: Brief, files: dict[str, str], known: Sequence[Check]) -> Iterator[Asked]:
    """Every question about a brief; `files` are those that stand in the request, `known` the checks there are."""
    called = [text for check in known if (text := _called(check))]
    if brief.kind is Kind.LIBRARY:
        yield from _library_questions(brief, clauses_of(brief), called)
    else:
        yield from _command_questions(brief, clauses_of(brief), files, called, known)


def _called(check: Check) -> str:
    """The command line or call of a check, which its statement begins with; '' for one that needs more than that."""
    alone = len(check.steps) == 1 and not check.steps[0].stdin and check.statement.startswith("`")
    called = check.statement.split("`")[1] if alone else ""
    return called if len(called) <= _LONGEST_KNOWN else ""


def _starting(called: Sequence[str], start: str) -> list[str]:
    return [text for text in called if text.startswith(start)][:_MOST_KNOWN]


def _command_questions(
    brief: Brief, clauses: Sequence[Clause], files: dict[str, str], called: Sequence[str], checks: Sequence[Check]
) -> Iterator[Asked]:
    keeps = bool(brief.state_file)
    forms = [form_of(brief, command) for command in brief.commands]
    for command, form in zip(brief.commands, forms, strict=True):
        known = [] if keeps else _starting(called, f"{brief.name} {command.name}".strip() + " ")
        asked = prompts.command_cases(brief.request, form, sorted(files), known, keeps=keeps, stdin=command.reads_stdin)
        yield _asked(asked, command.name or brief.name)
    number = 0
    for clause in _distinct(clauses, Need.ERROR):
        for group in _groups(brief, clause):
            number += 1
            reads = any(item.reads_stdin and form in group for item, form in zip(brief.commands, forms, strict=True))
            asked = prompts.error_cases(
                brief.request, clause.text, group, keeps=keeps, stdin=reads, unchanged=clause.unchanged,
                unknown=speaks_of_unknown(clause.text),
            )  # fmt: skip
            yield _asked(asked, f"error {number}", clause)
    stdin = any(command.reads_stdin for command in brief.commands)
    for number, clause in enumerate(_untried(clauses, checks), 1):
        asked = prompts.statement_cases(brief.request, clause.text, forms, keeps=keeps, stdin=stdin)
        yield _asked(asked, f"statement {number}", clause)


def _distinct(clauses: Sequence[Clause], need: Need) -> list[Clause]:
    return list({clause.text: clause for clause in clauses if clause.need is need}.values())


def _untried(clauses: Sequence[Clause], checks: Sequence[Check]) -> list[Clause]:
    """The clauses that need a case of their own, and those of an option that no check uses."""
    used = {word.partition("=")[0] for check in checks for word in check.steps[-1].argv}
    options = [clause for clause in _distinct(clauses, Need.CALL) if not options_in(clause.text) <= used]
    return [*_distinct(clauses, Need.CASE), *options]


def _groups(brief: Brief, clause: Clause) -> list[list[str]]:
    """The forms of the commands that a clause of errors is asked about together; each alone when they are few,
    since 'invalid input' means something else for each, or when each has to show it."""
    said = clause.text if named_in(brief, clause.text) or not named_in(brief, clause.statement) else clause.statement
    commands = concerned(brief, said)
    forms = {command.name: form_of(brief, command) for command in commands}
    if len(commands) <= _FEW_COMMANDS:
        return [[form] for form in forms.values()]
    needed = [] if is_general(said) else demanded(brief, said)
    alone = [[forms[name]] for name in needed if name in forms]
    return alone if 0 < len(alone) <= _MOST_ALONE else [list(forms.values())]


def _library_questions(brief: Brief, clauses: Sequence[Clause], called: Sequence[str]) -> Iterator[Asked]:
    signatures = [f"{item.name}({item.parameters}) -> {item.returns}" for item in brief.functions]
    for function, signature in zip(brief.functions, signatures, strict=True):
        yield _asked(
            prompts.call_cases(brief.request, signature, _starting(called, f"{function.name}(")), function.name
        )
    for number, clause in enumerate(_distinct(clauses, Need.ERROR), 1):
        yield _asked(prompts.raising_cases(brief.request, clause.text, signatures), f"error {number}", clause)
    for number, clause in enumerate(_distinct(clauses, Need.CASE), 1):
        yield _asked(prompts.statement_calls(brief.request, clause.text, signatures), f"statement {number}", clause)


def _asked(asked: tuple[tuple[Message, ...], dict[str, Any]], purpose: str, clause: Clause | None = None) -> Asked:
    messages, schema = asked
    question = Question(messages, _SAMPLING, schema, f"tester: {purpose}")
    if clause is None:
        return Asked(question, None, error=False)
    status = next((item for item in clause.statuses if item), None)
    return Asked(question, clause.text, clause.need is Need.ERROR, status=status, unchanged=clause.unchanged)
