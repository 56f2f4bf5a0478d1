"""What a person edited in a review becomes a program, or is refused in one sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from macrohard.company import Order, build
from macrohard.company.progress import silent
from macrohard.errors import UserError

from .scripted import argument, cli_brief, code, command, library_brief, model_of

COMMANDS = cli_brief("p", command("up", "word", argument("count", "integer"), options=[argument("--loud", "flag")]))
FUNCTIONS = library_brief("p", ("f", {"x": "int"}, "int"))


def edited(folder: Path, written: str, brief: dict[str, Any], checks: object = None) -> None:
    """Build with a review that puts these into the brief, or other checks in their place."""
    replies = {"analyst: brief": [written], "engineer: *": [code("def f(x: int) -> int:\n    return x")]}
    model = model_of(folder, replies)
    request = "A library: f(2) returns 2. f(3) returns 4." if written == FUNCTIONS else "A command-line tool called p."

    def review(told: str, made: str) -> tuple[str, str]:
        return json.dumps({**json.loads(told), **brief}), made if checks is None else json.dumps(checks)

    build(Order(request=request, out=str(folder / "out"), model=model, review=True), silent, review)


ARGUMENT = {"name": "a", "type": "text", "repeated": False}
UP = {"name": "up", "purpose": "", "arguments": [ARGUMENT], "reads_stdin": False}
F = {"name": "f", "parameters": "x: int", "returns": "int", "purpose": ""}
STEP = {"argv": ["{program}", "up"], "expect": {}}
CHECK = {"id": "a", "statement": "s", "source": "user", "steps": [STEP]}


@pytest.mark.parametrize(
    ("written", "brief", "said"),
    [
        (COMMANDS, {"name": "my tool"}, "'my tool' is no name of a program"),
        (COMMANDS, {"name": "../x"}, "is no name of a program"),
        (COMMANDS, {"commands": []}, "there is no command"),
        (COMMANDS, {"commands": [{**UP, "name": "a b"}]}, "not a safe name"),
        (COMMANDS, {"commands": [UP, {**UP, "name": ""}]}, "a command has no name"),
        (COMMANDS, {"commands": [UP, UP]}, "is there twice"),
        (COMMANDS, {"commands": [{**UP, "arguments": [{**ARGUMENT, "name": ""}]}]}, "is no name of an argument"),
        (COMMANDS, {"commands": [{**UP, "arguments": [{**ARGUMENT, "name": "--help"}]}]}, "is no name of an argument"),
        (COMMANDS, {"commands": [{**UP, "arguments": [{**ARGUMENT, "name": "-- x"}]}]}, "not a safe name"),
        (COMMANDS, {"commands": [{**UP, "arguments": [ARGUMENT, ARGUMENT]}]}, "is there twice"),
        (COMMANDS, {"commands": [{**UP, "arguments": [{**ARGUMENT, "repeated": True}, {**ARGUMENT, "name": "b"}]}]}, "can repeat"),
        (COMMANDS, {"state_file": "../x.json"}, "not a safe name"),
        (COMMANDS, {"error_status": 0}, "is no exit status"),
        (COMMANDS, {"kind": "library"}, "there is no function"),
        (COMMANDS, {"nothing": 1}, "nothing"),
        (FUNCTIONS, {"functions": []}, "there is no function"),
        (FUNCTIONS, {"functions": [{**F, "name": "f-g"}]}, "reviewed brief"),
        (FUNCTIONS, {"functions": [{**F, "parameters": "x: int = "}]}, "reviewed brief"),
        (FUNCTIONS, {"functions": [{**F, "parameters": "x: int # \x1b[8m\n"}]}, "not one plain line"),
        (FUNCTIONS, {"functions": [F, F]}, "is there twice"),
    ],
)  # fmt: skip
def test_a_brief_that_cannot_become_a_program(tmp_path: Path, written: str, brief: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError, match=said) as refused:
        edited(tmp_path, written, brief)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    ("checks", "said"),
    [
        ([CHECK, CHECK], "is there twice"),
        ([{**CHECK, "steps": [{**STEP, "argv": []}]}], "starts neither"),
        ([{**CHECK, "steps": [{**STEP, "argv": ["sh", "-c", "ls"]}]}], "starts neither"),
        ([{**CHECK, "steps": [{**STEP, "argv": ["{program}", "\0"]}]}], "null character"),
        ([{**CHECK, "files": {"../x": ""}}], "inside its folder"),
        ([{**CHECK, "steps": []}], "at least 1 item"),
    ],
)
def test_checks_that_cannot_be_run(tmp_path: Path, checks: list[Any], said: str) -> None:
    with pytest.raises(UserError, match=said) as refused:
        edited(tmp_path, COMMANDS, {}, checks)
    assert str(refused.value).isprintable()


def test_descriptions_are_put_on_one_line(tmp_path: Path) -> None:
    wild = 'Does\n"""it\x1b[31m all\\'
    edited(tmp_path, FUNCTIONS, {"summary": wild, "functions": [{**F, "purpose": wild}]})
    texts = [path.read_text() for path in (tmp_path / "out" / "p").rglob("*.py")]
    assert texts and all("\x1b" not in text for text in texts)
    assert any("it [31m all" in text for text in texts)
