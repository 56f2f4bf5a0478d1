from __future__ import annotations

from hypothesis import given

from macrohard.company.brief import Argument, ArgumentType, Brief, CommandBrief
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


@given(texts)
def test_any_examples_can_be_fitted(request_text: str) -> None:
    found = fitted(request_text, CommandBrief(name="a", purpose="", arguments=(Argument(name="n"),)))
    assert found.package.isidentifier() and "/" not in found.name
