"""The tester: writes executable checks from the brief alone. It never sees code, and code makers never see its checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from macrohard.company.acceptance import checks_of
from macrohard.company.brief import ArgumentType, Brief, CommandBrief
from macrohard.company.cases import MOST_CASES, read_cases
from macrohard.company.confirming import confirmed
from macrohard.company.examples import Example
from macrohard.company.order import Kind
from macrohard.company.prompts import tester as prompts
from macrohard.company.statements import concerned, error_statements, general_statements
from macrohard.models import Message, Model, Question, Sampling
from macrohard.truth import Check, Source

_SAMPLINGS = (Sampling(temperature=0.0, max_tokens=400), Sampling(temperature=0.7, top_p=0.95, max_tokens=400))
"""Each question is asked twice: the most likely cases, and others."""

_FEW_COMMANDS = 3


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question of the tester and how its reply is read."""

    question: Question
    statement: str | None
    """The sentence of the request that the cases were written for; None for the ordinary cases of a command."""
    error: bool
    """True when the cases must end in an error."""


@dataclass(frozen=True, slots=True)
class _Case:
    """A case that could be read, before it is confirmed."""

    question: int
    """The number of the question that it answers."""
    brief: Brief
    example: Example
    check: Check


def write_checks(
    brief: Brief, known: Sequence[Check], files: dict[str, str], model: Model, seed: int
) -> tuple[Check, ...]:
    """Checks that the model wrote from the brief and confirmed; what cannot be read or is known already is left out."""
    return write_all([brief], known, files, model, seed)


def write_all(
    briefs: Sequence[Brief], known: Sequence[Check], files: dict[str, str], model: Model, seed: int
) -> tuple[Check, ...]:
    """Checks for several briefs, all questions asked at once."""
    asked = [(brief, item) for brief in briefs for item in _questions(brief, files)]
    questions = [replace(item.question, sampling=replace(one, seed=seed)) for _, item in asked for one in _SAMPLINGS]
    answers = iter(model.answer(questions))
    seen = {_key(check) for check in known}
    cases: list[_Case] = []
    for group, (brief, item) in enumerate(asked):
        texts = [next(answers).replies[0].text for _ in _SAMPLINGS]
        for example in (example for text in texts for example in _read(text, brief, files, item)):
            (check,) = checks_of(brief, [example], Source.TESTER)
            if _key(check) not in seen:
                seen.add(_key(check))
                cases.append(_Case(group, brief, example, check))
    return _kept(cases, confirmed([(case.brief, case.example) for case in cases], model, seed))


def _kept(cases: Sequence[_Case], certain: Sequence[bool]) -> tuple[Check, ...]:
    """The checks of the confirmed cases, the first few of each question."""
    counts: Counter[int] = Counter()
    found: list[Check] = []
    for case in (case for case, sure in zip(cases, certain, strict=True) if sure):
        counts[case.question] += 1
        if counts[case.question] <= MOST_CASES:
            found.append(case.check.model_copy(update={"id": f"tester-{len(found) + 1:02d}"}))
    return tuple(found)


def _read(text: str, brief: Brief, files: dict[str, str], asked: _Asked) -> list[Example]:
    return read_cases(text, brief, files, statement=asked.statement, error=asked.error)


def _key(check: Check) -> tuple[object, ...]:
    return tuple((step.argv, step.stdin) for step in check.steps), tuple(sorted(check.files))


def form_of(brief: Brief, command: CommandBrief) -> str:
    """'roman to-int NUMERAL': how a command is called."""
    words = [brief.name, command.name]
    for item in command.arguments:
        value = item.name if item.is_option else item.name.upper()
        takes = item.is_option and item.type is not ArgumentType.FLAG
        words.append(f"[{value} VALUE]" if takes else f"[{value}]" if item.is_option else value)
    return " ".join(word for word in words if word)


def _questions(brief: Brief, files: dict[str, str]) -> Iterator[_Asked]:
    yield from _library_questions(brief) if brief.kind is Kind.LIBRARY else _command_questions(brief, files)


def _command_questions(brief: Brief, files: dict[str, str]) -> Iterator[_Asked]:
    keeps = bool(brief.state_file)
    forms = [form_of(brief, command) for command in brief.commands]
    for command, form in zip(brief.commands, forms, strict=True):
        asked = prompts.command_cases(brief.request, form, sorted(files), keeps=keeps, stdin=command.reads_stdin)
        yield _asked(asked, command.name or brief.name)
    number = 0
    for statement in error_statements(brief):
        for group in _groups(brief, statement):
            number += 1
            asked = prompts.error_cases(brief.request, statement, group, keeps=keeps)
            yield _asked(asked, f"error {number}", statement, error=True)
    stdin = any(command.reads_stdin for command in brief.commands)
    for number, statement in enumerate(general_statements(brief), 1):
        asked = prompts.statement_cases(brief.request, statement, forms, keeps=keeps, stdin=stdin)
        yield _asked(asked, f"statement {number}", statement)


def _groups(brief: Brief, statement: str) -> list[list[str]]:
    """The forms of the commands that a sentence of errors is asked about together; each alone when they are few,
    since 'invalid input' means something else for each."""
    forms = [form_of(brief, command) for command in concerned(brief, statement)]
    return [forms] if len(forms) > _FEW_COMMANDS else [[form] for form in forms]


def _library_questions(brief: Brief) -> Iterator[_Asked]:
    signatures = [f"{item.name}({item.parameters}) -> {item.returns}" for item in brief.functions]
    for function, signature in zip(brief.functions, signatures, strict=True):
        yield _asked(prompts.call_cases(brief.request, signature), function.name)
    for number, statement in enumerate(error_statements(brief), 1):
        yield _asked(
            prompts.raising_cases(brief.request, statement, signatures), f"error {number}", statement, error=True
        )


def _asked(
    asked: tuple[tuple[Message, ...], dict[str, Any]],
    purpose: str,
    statement: str | None = None,
    *,
    error: bool = False,
) -> _Asked:
    messages, schema = asked
    return _Asked(Question(messages, _SAMPLINGS[0], schema, f"tester: {purpose}"), statement, error)
