"""The frames around hostile names and texts: each program is started in the real sandbox and must explain itself."""

from __future__ import annotations

import ast
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.company.analyst import read_brief
from macrohard.company.brief import Brief
from macrohard.company.engineers.stubs import function_name, function_stub, parameters
from macrohard.company.frames import Program, frame
from macrohard.company.order import Kind
from macrohard.company.trial import Job, Seen, run_jobs
from macrohard.sandbox import open_sandbox
from macrohard.truth import PROGRAM, Check, Expectation, Source, Step

from ..scripted import argument, cli_brief, command, library_brief

WILD = [
    'Say """hello""" and "bye"', "\\", '\\"""', '"', '""', "100 % sure", "%(prog)s and 5 %", "%s %d %(x)s", "{name} {} {0!r}",
    "a\nb\r\nc\x00d", "\x1b[31mred\x1b[0m", "\u202edesrever\u202c", "'''", "# comment\nimport os", "ünïcödé ✓ 漢字", "x" * 100_000,
    "$(reboot) `reboot` ; rm -rf /",
]  # fmt: skip
wild = st.text(max_size=30) | st.sampled_from(WILD) | st.text("\"'\\%{}()\n", max_size=12)


def wild_brief(text: str) -> str:
    """A brief with this text wherever any text may stand, its names apart."""
    described: Any = json.loads(
        cli_brief("tool", command("up", "word", argument("n", "number"), options=[argument("--loud", "flag")]),
                  command("down", argument("path", "file"), stdin=True), state_file="a.json", fields=[argument("title")])
    )  # fmt: skip
    described["summary"] = text
    described["record_fields"][0]["name"] = text
    for item in described["commands"]:
        item["purpose"] = text
    return json.dumps(described)


def programmed(brief: Brief) -> Program:
    """The program of a brief, its functions doing nothing."""
    sources = []
    for item in brief.commands:
        names = ", ".join(name for name, _ in parameters(brief, item))
        sources.append(f"def {function_name(item)}({names}):\n    return 'done'")
    return frame(brief, sources)


def started(*runs: tuple[Brief, tuple[str, ...]]) -> list[Seen]:
    """What each program does with these words."""
    step = [Step(argv=(PROGRAM, *words), expect=Expectation()) for _, words in runs]
    checks = [Check(id="c", statement="", source=Source.HOST, steps=(item,)) for item in step]
    programs = [programmed(brief) for brief, _ in runs]
    assert len({program.start for program in programs}) == 1
    jobs = [Job(number, check) for number, check in enumerate(checks)]
    results = run_jobs([program.files for program in programs], programs[0].start, jobs, open_sandbox())
    return [steps[0] for steps in results]


@given(wild)
def test_every_file_of_every_frame_is_python(text: str) -> None:
    brief = read_brief(wild_brief(text), Kind.CLI, f"Keeps it in a.json. {text}")
    assert brief is not None
    for path, content in programmed(brief).files.items():
        ast.parse(content, path)
        assert len(content) < 20_000 and "\x00" not in content and "\u202e" not in content and "\x1b" not in content


def test_programs_with_hostile_texts_explain_themselves() -> None:
    briefs = [read_brief(wild_brief(text), Kind.CLI, "Keeps it in a.json.") for text in WILD]
    runs = [(brief, words) for brief in briefs if brief for words in (("--help",), ("up", "--help"), ("up", "a", "1"))]
    assert len(runs) == 3 * len(WILD)
    for (brief, words), seen in zip(runs, started(*runs), strict=True):
        assert (seen["exit_status"], seen["stderr"]) == (0, ""), (brief.summary, words)
        assert seen["stdout"].startswith("usage: tool") or seen["stdout"] == "done\n"


@pytest.mark.parametrize(
    "name",
    [
        "__init__",
        "test",
        "os",
        "con",
        ".git",
        "json",
        "argparse",
        "sys",
        "collections",
        "import",
        "class",
        "runpy",
        "Typing",
    ],
)
def test_programs_named_like_what_they_need(name: str) -> None:
    brief = read_brief(cli_brief(name, command("up", "word"), state_file="a.json"), Kind.CLI, "Keeps it in a.json.")
    assert brief is not None
    ((seen),) = started((brief, ("up", "tea")))
    assert (seen["exit_status"], seen["stdout"]) == (0, "done\n"), seen["stderr"]


@pytest.mark.parametrize(
    "word", ["list", "print", "for", "main", "records", "2nd", "to-int", "help", "call", "cli", "options"]
)
def test_commands_and_arguments_named_like_python(word: str) -> None:
    brief = read_brief(
        cli_brief("tool", command(word, word, options=[argument(f"--{word}x", "text")]), command("other")),
        Kind.CLI,
        "r",
    )
    assert brief is not None
    seen = started((brief, (word, "a")), (brief, ("other",)))
    assert [item["stdout"] for item in seen] == ["done\n", "done\n"], seen


@given(st.lists(st.tuples(wild, wild, wild, wild), min_size=1, max_size=2))
def test_any_library_is_python_or_refused(functions: list[tuple[str, str, str, str]]) -> None:
    listed = [(name, {parameter: kind}, returns) for name, parameter, kind, returns in functions]
    brief = read_brief(library_brief("tool", *listed), Kind.LIBRARY, "r")
    if brief is not None:
        sources = [function_stub(brief, item, (), ()).text for item in brief.functions]
        for path, content in frame(brief, sources).files.items():
            ast.parse(content, path)


@given(wild)
def test_any_purpose_makes_a_library(text: str) -> None:
    described: Any = json.loads(library_brief("tool", ("f", {"a": "int = 1"}, "list[int]")))
    described["summary"] = described["functions"][0]["purpose"] = text
    brief = read_brief(json.dumps(described), Kind.LIBRARY, "r")
    assert brief is not None
    program = frame(brief, [function_stub(brief, brief.functions[0], (text[:50],), ('>>> f(\'"""\')', text[:50])).text])
    assert ast.parse(program.files["tool/functions.py"]) and ast.parse(program.files["tool/__init__.py"])
