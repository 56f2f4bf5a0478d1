from __future__ import annotations

import pytest
from hypothesis import given

from macrohard.company.brief import Argument, ArgumentType, Brief, CommandBrief, FunctionBrief
from macrohard.company.fitting import fit, misfits
from macrohard.company.order import Kind
from macrohard.truth.examples import find_examples

from ..truth.test_examples import texts


def brief_of(*commands: CommandBrief) -> Brief:
    return Brief(kind=Kind.CLI, name="tool", summary="", request="", commands=commands)


def fitted(request: str, *commands: CommandBrief) -> Brief:
    return fit(brief_of(*commands), find_examples(request))


def test_the_name_comes_from_the_examples() -> None:
    assert fitted("`roman up x` prints X", CommandBrief(name="up", purpose="")).name == "roman"
    assert fitted("`../evil up x` prints X", CommandBrief(name="up", purpose="")).name == "evil"


def test_arguments_and_their_types_come_from_the_examples() -> None:
    command = CommandBrief(name="add", purpose="", arguments=(Argument(name="n", type=ArgumentType.INTEGER),))
    assert fitted("`tool add 1.5` prints 2", command).commands[0].arguments[0].type is ArgumentType.NUMBER
    assert fitted("`tool add tea` prints 2", command).commands[0].arguments[0].type is ArgumentType.TEXT
    two = fitted("`tool add 1 2` prints 3", command).commands[0].arguments
    assert [item.name for item in two] == ["n", "value2"]
    many = fitted("`tool add 1` prints 1. `tool add 1 2 3` prints 6", command).commands[0].arguments
    assert many[-1].repeated


def test_options_come_from_the_examples_but_not_the_help() -> None:
    found = fitted("`tool add 1 --loud` prints 1. `tool add 1 --help` prints 1.", CommandBrief(name="add", purpose=""))
    assert [item.name for item in found.commands[0].arguments if item.is_option] == ["--loud"]


def test_a_short_option_takes_its_value() -> None:
    lines = Argument(name="-n", type=ArgumentType.INTEGER)
    command = CommandBrief(name="", purpose="", arguments=(Argument(name="path"), lines))
    arguments = fitted("`head2 -n 2 notes.txt` prints `a`. `head2 -n 1 -5` prints `b`", command).commands[0].arguments
    assert [item.name for item in arguments] == ["path", "-n"]


def test_a_program_without_commands() -> None:
    found = fitted("`half 4` prints 2", CommandBrief(name="half", purpose="", arguments=(Argument(name="n"),)))
    assert [item.name for item in found.commands] == [""]


def test_files_and_standard_input() -> None:
    text = "With this file a.txt:\n\n    A\n\n    $ tool show a.txt\n    A\n\n`printf 'b' | tool read` prints B"
    show = CommandBrief(name="show", purpose="", arguments=(Argument(name="path"),))
    found = fitted(text, show, CommandBrief(name="read", purpose=""))
    assert found.commands[0].arguments[0].type is ArgumentType.FILE
    assert found.commands[1].reads_stdin


def test_misfits_are_counted() -> None:
    examples = find_examples("`tool a 1` prints 1. `tool b 1` prints 1. `tool b` exits with status 2.")
    one = CommandBrief(name="b", purpose="", arguments=(Argument(name="n"),))
    assert misfits(brief_of(one), examples) == 1
    assert misfits(brief_of(), ()) == 1


@pytest.mark.parametrize(
    ("request_text", "proposed", "commands"),
    [
        ("A program called scale. `scale 4 6` prints 2.", ["scale", "servings_in", "servings_out"], [""]),
        ("A program called scale: I note a weight and take it off again.", ["scale", "remove"], ["scale", "remove"]),
        ("A program called scale that takes two numbers.", ["scale"], [""]),
        ("A program called scale with the commands scale and show.", ["scale", "show"], ["scale", "show"]),
        ("A program called scale with the command show.", ["show"], ["show"]),
        ("A program called scale. `scale scale 3` prints 6.", ["scale"], ["scale"]),
        ("A program called scale. Use `scale scale 3`.", ["scale"], ["scale"]),
        ("A program called scale that shows. `scale 3` prints 6.", ["show"], [""]),
        ("A program called scale with up and down. `scale 3` prints 6.", ["up", "down"], ["up", "down"]),
    ],
)
def test_a_program_is_no_command_of_its_own(request_text: str, proposed: list[str], commands: list[str]) -> None:
    brief = brief_of(*(CommandBrief(name=name, purpose="") for name in proposed))
    brief = brief.model_copy(update={"request": request_text, "name": "scale"})
    found = fit(brief, find_examples(request_text))
    assert found.name == "scale" and [item.name for item in found.commands] == commands


@given(texts)
def test_any_examples_can_be_fitted(request_text: str) -> None:
    found = fitted(request_text, CommandBrief(name="a", purpose="", arguments=(Argument(name="n"),)))
    assert found.package.isidentifier() and "/" not in found.name


@pytest.mark.parametrize(
    ("request_text", "proposed", "names"),
    [
        ("`tool list` prints `a`. `tool list Bob` prints `b`", [], ["value?"]),
        ("`tool list` prints `a`. `tool list Bob` prints `b`", ["person"], ["person?"]),
        ("`tool list PERSON [TAG]` lists. `tool list Bob` prints `b`", ["person", "tag"], ["person", "tag?"]),
        ("`tool list [TAG]` lists. `tool list` prints `b`", [], ["tag?"]),
        ("`tool list <person> [tag]` lists. `tool list Bob` prints `b`. `tool list Bob x` prints `b`", ["person"], ["person", "tag?"]),
        ("`tool list WORD [WORD...]` lists. `tool list a` prints `b`. `tool list a b` prints `b`", ["word"], ["word+"]),
        ("`tool list [--all]` lists. `tool list a` prints `b`", ["word"], ["word"]),
    ],
)  # fmt: skip
def test_the_last_argument_may_be_left_out(request_text: str, proposed: list[str], names: list[str]) -> None:
    command = CommandBrief(name="list", purpose="", arguments=tuple(Argument(name=name) for name in proposed))
    brief = brief_of(command, CommandBrief(name="other", purpose="")).model_copy(
        update={"request": f"{request_text}. Other things too."}
    )
    examples = find_examples(request_text)
    found = fit(brief, examples)
    arguments = found.commands[0].arguments
    assert [item.name + "?" * item.optional + "+" * item.repeated for item in arguments] == names
    assert misfits(found, examples) == 0


@pytest.mark.parametrize(
    ("request_text", "proposed", "types"),
    [
        ("`tool 'aa bb cc' --width 5` prints `a`. `tool 'aa bb'` prints `b`", {"text": "text"}, {"text": "text", "--width": "integer"}),
        ("`tool 'aa bb cc' --width 5` prints `a`", {"text": "text", "--width": "flag"}, {"text": "text", "--width": "integer"}),
        ("`tool --loud hello` prints `a`", {"word": "text", "--loud": "text"}, {"word": "text", "--loud": "flag"}),
        ("`tool 4 --by 2.5` prints `a`", {"n": "number", "--by": "integer"}, {"n": "number", "--by": "number"}),
        ("`tool a --code=007` prints `a`", {"word": "text"}, {"word": "text", "--code": "text"}),
        ("`tool a --all` prints `a`. `tool a b` prints `a`", {"word": "text"}, {"word": "text", "--all": "flag"}),
        ("`tool a --by 2` prints `a`", {"word": "text", "--by": "text"}, {"word": "text", "--by": "text"}),
    ],
)  # fmt: skip
def test_an_option_takes_a_value_where_the_examples_give_it_one(
    request_text: str, proposed: dict[str, str], types: dict[str, str]
) -> None:
    arguments = tuple(Argument(name=name, type=ArgumentType(kind)) for name, kind in proposed.items())
    found = fitted(request_text, CommandBrief(name="", purpose="", arguments=arguments))
    assert {item.name: item.type.value for item in found.commands[0].arguments} == types
    assert misfits(found, find_examples(request_text)) == 0


@pytest.mark.parametrize(
    ("parameters", "called", "fits"),
    [
        ("width: int, height: int", "area(2, 3)", True),
        ("width: int, height: int = 2", "area(2)", True),
        ("width: int, height: int", "area(2, height=3)", True),
        ("width: int, *, height: int", "area(2, height=3)", True),
        ("*sides: int, **more: int", "area(2, 3, 4, deep=1)", True),
        ("width: int", "area(2, 3)", False),
        ("width: int, height: int", "area(2)", False),
        ("width: int, height: int", "area(2, deep=3)", False),
        ("width: int, height: int", "area(2, 3, width=3)", False),
        ("width: int, *, height: int", "area(2)", False),
    ],
)
def test_a_call_must_fit_the_parameters(parameters: str, called: str, fits: bool) -> None:
    function = FunctionBrief(name="area", parameters=parameters, returns="int", purpose="")
    brief = Brief(kind=Kind.LIBRARY, name="geo", summary="", request="", functions=(function,))
    assert misfits(brief, find_examples(f"{called} returns 6")) == (0 if fits else 1)
    assert misfits(brief, find_examples(f"{called} raises TypeError")) == 0
