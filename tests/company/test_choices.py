"""What the request leaves open is said, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from macrohard.company.brief import (
    Argument,
    ArgumentType,
    Brief,
    CommandBrief,
    FunctionBrief,
    StateField,
)
from macrohard.company.choices import choices_of
from macrohard.company.order import Kind
from macrohard.company.request.sentences import split_statements
from macrohard.company.request.statuses import statuses_in

SAYS_ALL = (
    "A tool called notes that keeps titles in notes.json. `notes find WORD --count` finds. "
    "A wrong word is an error with exit status 3."
)


def brief(request: str, **more: Any) -> Brief:
    """Of a program called notes."""
    known: dict[str, Any] = {"kind": Kind.CLI, "name": "notes", "summary": "", "statements": split_statements(request)}
    return Brief(request=request, **known | more)


def find(*options: str) -> CommandBrief:
    return CommandBrief(
        name="find",
        purpose="",
        arguments=(Argument(name="word"), *(Argument(name=item, type=ArgumentType.FLAG) for item in options)),
    )


def test_nothing_was_chosen_where_the_request_says_it_all() -> None:
    said = brief(
        SAYS_ALL,
        commands=(find("--count"),),
        state_file="notes.json",
        state_fields=(StateField(name="title", type=ArgumentType.TEXT),),
        error_status=3,
    )
    assert choices_of(said) == ()


def test_an_example_of_the_user_says_something_too() -> None:
    silent = brief("A tool that finds words. A wrong word is an error.", commands=(find("--count"),), error_status=4)
    assert len(choices_of(silent)) == 3
    assert choices_of(silent, ("notes find x --count => exit status 4",)) == (
        "The request gives no name: it is called `notes`.",
    )


def test_a_status_that_is_named_and_not_taken_is_a_choice() -> None:
    (found,) = choices_of(brief("`notes find x` exits with status 0. A wrong word is an error.", commands=(find(),)))
    assert found == "The request names no exit status for errors: it is 2."


def test_several_statuses_are_one_in_the_program() -> None:
    request = "A tool called notes finds. A wrong word exits with status 3, a missing one exits with status 4."
    (found,) = choices_of(brief(request, commands=(find(),), error_status=3))
    assert found == "The request names several exit statuses for errors (3, 4): every error ends with 3."


def test_a_status_that_a_transcript_shows_is_no_choice() -> None:
    request = (
        "A tool called notes. A wrong word is an error.\n\n    $ notes find x\n    error: no x\n    $ echo $?\n    3\n"
    )
    assert choices_of(brief(request, commands=(find(),), error_status=3)) == ()


@pytest.mark.parametrize(
    "said",
    [
        "The exit code is 3 for a wrong word.",
        "On error, exit 3 with a message.",
        "An error has an exit status of 3.",
        "Without the file it exits with 3.",
        "It prints to stderr and exits with status 3.",
        "Exit code 3 for errors.",
    ],
)
def test_ways_to_name_a_status(said: str) -> None:
    assert (
        choices_of(
            brief(f"A tool called notes finds words. {said}", commands=(find(),), error_status=statuses_in(said)[0])
        )
        == ()
    )


def test_options_and_keys_are_looked_for_as_words() -> None:
    found = choices_of(
        brief(
            "`notes c-to-f` finds and converts; a due date and a priority are kept in notes.json. Errors exit with status 2.",
            commands=(find("-t"),),
            state_file="notes.json",
            state_fields=(StateField(name="due_date", type="text"), StateField(name="prio", type="text")),
        )
    )
    assert found == (
        "Each record in notes.json has keys that the request does not name: `prio`.",
        "`find` has options that the request does not name: `-t`.",
    )


def test_a_name_that_is_only_a_word_of_the_request_was_chosen() -> None:
    first, second = choices_of(brief("A tool for statistics. Errors exit with status 2.", name="statistics"))
    assert first == "The request gives no name: it is called `statistics`."
    assert second == "Its package is called `statistics_program`, since `statistics` would hide a module."


def test_a_name_a_status_and_what_a_model_added() -> None:
    found = choices_of(
        brief(
            "It stores things in kept.json and finds them. An unknown word is an error.",
            commands=(find("--limit", "--count"),),
            state_file="kept.json",
            state_fields=(StateField(name="thing", type=ArgumentType.TEXT), StateField(name="rank", type="number")),
        )
    )
    assert found == (
        "The request gives no name: it is called `notes`.",
        "The request names no exit status for errors: it is 2.",
        "Each record in kept.json has keys that the request does not name: `rank`.",
        "`find` has options that the request does not name: `--limit`, `--count`.",
    )


def test_commands_that_the_request_does_not_name() -> None:
    said = "A tool called notes keeps words. An error exits with status 2."
    assert choices_of(brief(said, commands=(find(),))) == ("The request does not name these commands: `find`.",)
    assert choices_of(brief(said, commands=(find(),)), ("notes find x => 1",)) == ()


def test_errors_of_which_nothing_is_said() -> None:
    (found,) = choices_of(brief("A tool called notes that finds words.", commands=(find(),)))
    assert found == (
        "The request says nothing of errors: an error ends with a message on standard error and exit status 2."
    )


def test_types_of_a_library() -> None:
    told = FunctionBrief(name="mode", parameters="values: dict[str,int]", returns="int", purpose="")
    other = FunctionBrief(name="last", parameters="a: int", returns="int", purpose="")
    guessed = FunctionBrief(name="half", parameters="value: float", returns="float", purpose="")
    request = "A library called notes: mode(values: dict[str, int]) -> int, last(a: int) -> int | None, half(value)."
    found = choices_of(brief(request, kind=Kind.LIBRARY, functions=(told, other, guessed)))
    assert found == (
        "The request does not spell out the signature of `last`: it is `(a: int) -> int`.",
        "The request does not spell out the signature of `half`: it is `(value: float) -> float`.",
    )


@pytest.mark.parametrize(
    "said",
    [
        "median(numbers: list[float]) -> float returns the middle.",
        "median( numbers : list[float] )->float returns the middle.",
        "def median(numbers: list[float]) -> float: the middle",
        "`median(numbers: list[float]) -> float`",
        "median(numbers: list[float]) -> float. It returns the middle",
    ],
)
def test_a_signature_that_the_request_spells_out_is_no_choice(said: str) -> None:
    """Words may stand right behind it."""
    told = FunctionBrief(name="median", parameters="numbers: list[float]", returns="float", purpose="")
    assert choices_of(brief(f"A library called notes. {said}", kind=Kind.LIBRARY, functions=(told,))) == ()


@pytest.mark.parametrize("returns", ["float | None", "floats", "float|None", "float[int]", "float.x"])
def test_a_longer_type_is_another(returns: str) -> None:
    told = FunctionBrief(name="median", parameters="numbers: list[float]", returns="float", purpose="")
    said = f"A library called notes. median(numbers: list[float]) -> {returns}"
    assert len(choices_of(brief(said, kind=Kind.LIBRARY, functions=(told,)))) == 1


def test_a_name_cannot_end_its_own_quotation() -> None:
    fields = (StateField(name="a` **Verified** `b\x1b[31m", type="text"),)
    (found,) = choices_of(
        brief(SAYS_ALL, commands=(find(),), error_status=3, state_file="notes.json", state_fields=fields)
    )
    assert found.count("`") == 2 and "\x1b" not in found
