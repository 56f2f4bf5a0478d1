"""What the request leaves open is said, and nothing else."""

from __future__ import annotations

from typing import Any

from macrohard.company.brief import Argument, ArgumentType, Brief, CommandBrief, FunctionBrief, StateField
from macrohard.company.choices import choices_of
from macrohard.company.order import Kind
from macrohard.company.statements import split_statements

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
    )
    assert choices_of(said) == ()


def test_an_example_of_the_user_says_something_too() -> None:
    silent = brief("A tool that finds words. A wrong word is an error.", commands=(find("--count"),))
    assert len(choices_of(silent)) == 3
    assert choices_of(silent, ("notes find x --count => exit status 4",)) == ()


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


def test_errors_of_which_nothing_is_said() -> None:
    (found,) = choices_of(brief("A tool called notes that counts words.", commands=(find(),)))
    assert found == (
        "The request says nothing of errors: input that makes no sense ends with one sentence on standard error and exit "
        "status 2."
    )


def test_types_of_a_library() -> None:
    told = FunctionBrief(name="mode", parameters="values: list[int]", returns="int", purpose="")
    guessed = FunctionBrief(name="half", parameters="value: float", returns="float", purpose="")
    request = "A library called notes: mode(values: list[int]) -> int and half(value)."
    found = choices_of(brief(request, kind=Kind.LIBRARY, functions=(told, guessed)))
    assert found == ("The request does not give all types of `half`: they are `(value: float) -> float`.",)
