"""What a person edited in a review: refused where no program could be made of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import ValidationError

from macrohard.company import plan
from macrohard.company.brief import Brief, CommandBrief
from macrohard.company.engineers.stubs import function_name, parameter_name
from macrohard.company.frames import frame
from macrohard.company.naming import command_name, option_name, program_name, signature, state_file_name
from macrohard.company.order import Kind
from macrohard.company.proposals import one_line
from macrohard.truth import PROGRAM, PYTHON, Check
from macrohard.truth.check import Record
from macrohard.truth.standalone import is_inside
from macrohard.truth.syntax import parse


class _Edited(Record):
    """What the file of a review holds."""

    brief: Brief
    checks: tuple[Check, ...]


def approved(brief: str, checks: str) -> tuple[Brief, tuple[Check, ...]]:
    """Brief and checks as they were edited, in JSON; raises ValueError, with what is wrong, for such that cannot be used."""
    try:
        edited = _Edited.model_validate_json(f'{{"brief":{brief},"checks":{checks}}}')
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    sound = sound_brief(edited.brief)
    require_sound(edited.checks)
    return sound, edited.checks


def sound_brief(brief: Brief) -> Brief:
    """The brief, its descriptions on one line each; raises ValueError for what cannot become a program."""
    _require(program_name(brief.name) == brief.name, f"{brief.name!r} is no name of a program")
    _require(0 < brief.error_status < 256, f"{brief.error_status} is no exit status of an error")
    if brief.kind is Kind.CLI:
        _commands(brief)
    else:
        _functions(brief)
    brief = _on_one_line(brief)
    program = frame(brief, [stub.text for stub in plan.stubs(brief, (), {})])
    for path, text in program.files.items():
        if path.endswith(".py"):
            parse(text)  # whatever was not thought of above
    return brief


def require_sound(checks: Sequence[Check]) -> None:
    """Raise ValueError for checks that cannot be run."""
    _unique((check.id for check in checks), "id of a check")
    for check in checks:
        _require(all(map(is_inside, check.files)), f"the files of {check.id!r} are not all inside its folder")
        for step in check.steps:
            runs = step.argv[:1] == (PROGRAM,) or (step.argv[:2] == (PYTHON, "-c") and len(step.argv) > 2)
            _require(runs, f"a step of {check.id!r} starts neither {PROGRAM} nor {PYTHON} with -c")
            _require(not any("\0" in word for word in step.argv), f"a word of {check.id!r} holds a null character")


def _commands(brief: Brief) -> None:
    _require(bool(brief.commands), "there is no command")
    _require(len(brief.commands) == 1 or all(item.name for item in brief.commands), "a command has no name")
    _unique(map(function_name, brief.commands), "command")
    for command in brief.commands:
        _require(command_name(command.name) == command.name, f"{command.name!r} is no name of a command")
        _arguments(command)
    if brief.state_file is not None:
        _require(state_file_name(brief.state_file) == brief.state_file, f"{brief.state_file!r} is no name of a file")


def _arguments(command: CommandBrief) -> None:
    _unique(map(parameter_name, command.arguments), f"argument of {command.name!r}")
    for item in command.arguments:
        right = option_name(item.name) if item.is_option else command_name(item.name)
        _require(bool(right) and right == item.name, f"{item.name!r} is no name of an argument")
    positional = [item for item in command.arguments if not item.is_option]
    _require(
        not any(item.repeated for item in positional[:-1]), f"only the last argument of {command.name!r} can repeat"
    )
    _require(
        not any(item.optional and (item.repeated or item is not positional[-1]) for item in command.arguments),
        f"only the last argument of {command.name!r} can be optional, and it cannot repeat",
    )


def _functions(brief: Brief) -> None:
    _require(bool(brief.functions), "there is no function")
    _unique((item.name for item in brief.functions), "function")
    for item in brief.functions:
        signature(item.name, item.parameters, item.returns)


def _on_one_line(brief: Brief) -> Brief:
    commands = [item.model_copy(update={"purpose": one_line(item.purpose)}) for item in brief.commands]
    functions = [item.model_copy(update={"purpose": one_line(item.purpose)}) for item in brief.functions]
    fields = [item.model_copy(update={"name": one_line(item.name)}) for item in brief.state_fields]
    more = {"commands": tuple(commands), "functions": tuple(functions), "state_fields": tuple(fields)}
    return brief.model_copy(update={"summary": one_line(brief.summary), **more})


def _unique(names: Iterable[str], what: str) -> None:
    listed = list(names)
    for name in listed:
        _require(listed.count(name) == 1, f"{name!r} is there twice as the name of a {what}")


def _require(right: bool, otherwise: str) -> None:
    if not right:
        raise ValueError(otherwise)
