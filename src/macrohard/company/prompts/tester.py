"""What the tester says to the model. It sees the request and the form of the commands, never any code."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from macrohard.models import Message

_SYSTEM = (
    "You are a careful software tester. You write test cases from the request alone, with small inputs whose result "
    "you can work out for certain."
)
_NOTES = (
    "A tool called notes. It stores notes in notes.json. `notes new TITLE BODY` stores a note and prints "
    '"Saved TITLE". `notes find WORD` prints the titles that contain the word, one per line. `notes size` prints the '
    "number of characters read from standard input. `notes repeat WORD COUNT` prints a word several times: `notes repeat "
    "hi 2` prints hihi. A note number that does not exist, or a count that is not a whole number, is an error."
)
_SUM_ERROR = "a line that is not a number is an error"
_SUM = f"`notes sum` adds up the numbers on standard input, one per line; {_SUM_ERROR}."
_UNKNOWN_NOTE = "A title that is not stored is an error."
_DROP = f"`notes drop TITLE` removes a note and prints its body. {_UNKNOWN_NOTE}"
_UNKNOWN_FIELD = "An unknown field is an error."
_FIELD = f"`notes field FILE NAME` prints one field of each line of a CSV file, such as books.csv, in which the fields title and author stand. {_UNKNOWN_FIELD}"
_SHAPES = (
    "A Python library called shapes. area(width: float, height: float) -> float returns the area of a rectangle: "
    "area(1, 4) returns 4. A negative size raises ValueError."
)
_TEXT: dict[str, Any] = {"type": "string"}

_ORDINARY: dict[tuple[bool, bool], list[dict[str, Any]]] = {
    (True, False): [
        {"before": ['notes new Tea "Buy tea"', "notes new Sea Swim"], "command": "notes find ea", "prints": "Tea\nSea"},
        {"before": ['notes new Tea "Buy tea"', "notes new Sea Swim"], "command": "notes find T", "prints": "Tea"},
        {"before": ["notes new Moon Fly"], "command": "notes find sun", "prints": ""},
    ],
    (False, True): [
        {"stdin": "tea\n", "command": "notes size", "prints": "4"},
        {"stdin": "", "command": "notes size", "prints": "0"},
        {"stdin": "a b\nc\n", "command": "notes size", "prints": "6"},
    ],
    (False, False): [
        {"command": "notes repeat tea 2", "prints": "teatea"},
        {"command": "notes repeat a 3", "prints": "aaa"},
        {"command": "notes repeat x 1", "prints": "x"},
    ],
}
_ASKED = {(True, False): "notes find WORD", (False, True): "notes size", (False, False): "notes repeat WORD COUNT"}


def _cases(most: int, **properties: dict[str, Any]) -> dict[str, Any]:
    case = {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["cases"],
        "properties": {"cases": {"type": "array", "minItems": 1, "maxItems": most, "items": case}},
    }


def _before() -> dict[str, Any]:
    return {"type": "array", "maxItems": 3, "items": _TEXT}


def command_cases(
    request: str, form: str, files: Sequence[str], known: Sequence[str], *, keeps: bool, stdin: bool
) -> tuple[tuple[Message, ...], dict[str, Any]]:
    """Messages and schema for ordinary cases of one command; `form` is 'roman to-int NUMERAL', `known` are lines that
    are no new cases."""
    shape = (keeps, stdin and not keeps)
    properties: dict[str, Any] = {"before": _before()} if keeps else {}
    properties |= {"stdin": _TEXT} if stdin else {}
    properties |= {"command": _TEXT, "prints": _TEXT}
    example = json.dumps({"cases": _ORDINARY[shape]})
    shown = f" The folder holds {', '.join(files)}." if files else ""
    shot = _NOTES + _ask_ordinary(_ASKED[shape], [] if shape[0] or shape[1] else ["notes repeat hi 2"])
    return _chat((shot, example), request.strip() + _ask_ordinary(form, known) + shown), _cases(3, **properties)


def _ask_ordinary(form: str, known: Sequence[str]) -> str:
    return f"\n\nWrite three different test cases for `{form}` {_new(known)}. None is an error."


def _new(known: Sequence[str]) -> str:
    return f"other than {', '.join(f'`{text}`' for text in known)}" if known else "that are not in the text"


def error_cases(
    request: str,
    statement: str,
    forms: Sequence[str],
    *,
    keeps: bool,
    stdin: bool,
    unchanged: bool = False,
    unknown: bool = False,
) -> tuple[tuple[Message, ...], dict[str, Any]]:
    """Messages and schema for command lines that one sentence of the request calls an error; with `stdin` what they read may be the
    error, where it leaves everything `unchanged` there should be something, and with `unknown` something else than is there is named."""
    properties: dict[str, Any] = {"before": _before()} if keeps else {}
    properties |= {"stdin": _TEXT} if stdin else {}
    properties["command"] = _TEXT
    example, cases = _worked(keeps=keeps, stdin=stdin, unknown=unknown)
    if keeps:
        there = ['notes new Tea "Buy tea"'] if unchanged or unknown else []
        cases = [{"before": there, **case} for case in cases]
    return _chat((example, json.dumps({"cases": cases})), request.strip() + _ask_error(statement, forms)), _cases(
        2, **properties
    )


def _worked(*, keeps: bool, stdin: bool, unknown: bool) -> tuple[str, list[dict[str, Any]]]:
    """A question about an error like the one that is meant, and the cases that answer it: a small model writes others of their kind."""
    if stdin:
        cases = [{"stdin": "1\nx\n", "command": "notes sum"}, {"stdin": "two\n", "command": "notes sum"}]
        return f"{_NOTES} {_SUM}{_ask_error(_SUM_ERROR, ['notes sum'])}", cases
    if unknown and keeps:
        cases = [{"command": "notes drop Sea"}, {"command": "notes drop T"}]
        return f"{_NOTES} {_DROP}{_ask_error(_UNKNOWN_NOTE, ['notes drop TITLE'])}", cases
    if unknown:
        cases = [{"command": "notes field books.csv price"}, {"command": "notes field books.csv name"}]
        return f"{_NOTES} {_FIELD}{_ask_error(_UNKNOWN_FIELD, ['notes field FILE NAME'])}", cases
    cases = [{"command": "notes repeat tea x"}, {"command": "notes repeat tea 1.5"}]
    return _NOTES + _ask_error("a count that is not a whole number, is an error", ["notes repeat WORD COUNT"]), cases


def _ask_error(statement: str, forms: Sequence[str]) -> str:
    listed = ", ".join(f"`{form}`" for form in forms)
    commands = f"The commands are {listed}" if len(forms) > 1 else f"The command is {listed}"
    return f'\n\n{commands}. Write two command lines that must end in an error because of "{statement}".'


def statement_cases(
    request: str, statement: str, forms: Sequence[str], *, keeps: bool, stdin: bool
) -> tuple[tuple[Message, ...], dict[str, Any]]:
    """Messages and schema for ordinary cases that show what one sentence of the request says."""
    properties: dict[str, Any] = {"before": _before()} if keeps else {}
    properties |= {"stdin": _TEXT} if stdin else {}
    properties |= {"command": _TEXT, "prints": _TEXT}
    shape = (keeps, stdin and not keeps)
    example = _NOTES + _ask_statement("prints a word several times", ["notes repeat WORD COUNT"])
    asked = request.strip() + _ask_statement(statement, forms)
    return _chat((example, json.dumps({"cases": _ORDINARY[shape][:2]})), asked), _cases(2, **properties)


def _ask_statement(statement: str, forms: Sequence[str]) -> str:
    listed = ", ".join(f"`{form}`" for form in forms)
    return f'\n\nThe commands are {listed}. Write two test cases that are not in the text and that show "{statement}".'


def raising_cases(
    request: str, statement: str, signatures: Sequence[str]
) -> tuple[tuple[Message, ...], dict[str, Any]]:
    """Messages and schema for calls that one sentence of the request says raise an exception."""
    cases = [{"call": "area(-1, 2)", "raises": "ValueError"}, {"call": "area(1, -2)", "raises": "ValueError"}]
    shapes = ["area(width: float, height: float) -> float"]
    example = (_SHAPES + _ask_raising("A negative size raises ValueError", shapes), json.dumps({"cases": cases}))
    asked = request.strip() + _ask_raising(statement, signatures)
    return _chat(example, asked), _cases(3, call=_TEXT, raises=_TEXT)


def _ask_raising(statement: str, signatures: Sequence[str]) -> str:
    listed = ", ".join(f"`{signature}`" for signature in signatures)
    return (
        f"\n\nThe functions are {listed}. Write calls with literal arguments that must raise an exception because of "
        f'"{statement}".'
    )


def statement_calls(
    request: str, statement: str, signatures: Sequence[str]
) -> tuple[tuple[Message, ...], dict[str, Any]]:
    """Messages and schema for calls that show what one sentence of the request says."""
    cases = [{"call": "area(2, 3)", "returns": "6"}, {"call": "area(1.5, 2)", "returns": "3.0"}]
    shapes = ["area(width: float, height: float) -> float"]
    example = (_SHAPES + _ask_showing("returns the area of a rectangle", shapes), json.dumps({"cases": cases}))
    asked = request.strip() + _ask_showing(statement, signatures)
    return _chat(example, asked), _cases(2, call=_TEXT, returns=_TEXT)


def _ask_showing(statement: str, signatures: Sequence[str]) -> str:
    listed = ", ".join(f"`{signature}`" for signature in signatures)
    return (
        f"\n\nThe functions are {listed}. Write two calls with literal arguments that are not in the text and that show "
        f'"{statement}".'
    )


def call_cases(request: str, signature: str, known: Sequence[str]) -> tuple[tuple[Message, ...], dict[str, Any]]:
    """Messages and schema for ordinary calls of one function with what they return; `known` are no new cases."""
    cases = [{"call": "area(2, 3)", "returns": "6"}, {"call": "area(0, 5)", "returns": "0"}]
    cases.append({"call": "area(1.5, 2)", "returns": "3.0"})
    shot = _SHAPES + _ask_calls("area(width: float, height: float) -> float", ["area(1, 4)"])
    asked = request.strip() + _ask_calls(signature, known)
    return _chat((shot, json.dumps({"cases": cases})), asked), _cases(3, call=_TEXT, returns=_TEXT)


def _ask_calls(signature: str, known: Sequence[str]) -> str:
    return (
        f"\n\nWrite three different test cases for `{signature}` {_new(known)}, with literal arguments and small inputs. "
        "None raises an exception."
    )


def _chat(example: tuple[str, str], asked: str) -> tuple[Message, ...]:
    return (
        Message("system", _SYSTEM),
        Message("user", example[0]),
        Message("assistant", example[1]),
        Message("user", asked),
    )
