"""The frames around hostile names and texts: each program is started in the real sandbox and must explain itself."""

from __future__ import annotations

import ast
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.company.brief import Brief
from macrohard.company.engineers.stubs import function_name, function_stub, parameters
from macrohard.company.frames import Program, frame
from macrohard.company.order import Kind
from macrohard.company.proposals import read_brief
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


def run_with(
    text: str, source: str, *words: str, files: dict[str, str] | None = None, stdin: str = ""
) -> tuple[int | None, str]:
    """What a program with this function prints, and its exit status."""
    brief = read_brief(text, Kind.CLI, "request kept in a.json")
    assert brief is not None
    program = frame(brief, [source])
    step = Step(argv=(PROGRAM, *words), stdin=stdin, expect=Expectation())
    check = Check(id="c", statement="", source=Source.HOST, files=files or {}, steps=(step,))
    ((seen,),) = run_jobs([program.files], program.start, [Job(0, check)], open_sandbox())
    return seen["exit_status"], seen["stdout"]


@pytest.mark.parametrize("name", ["command", "_command", "Command", "options", "parser"])
def test_an_argument_may_have_any_name(name: str) -> None:
    text = cli_brief("p", command("add", "name", name))
    found = read_brief(text, Kind.CLI, "")
    assert found is not None
    names = ", ".join(item for item, _ in parameters(found, found.commands[0]))
    assert run_with(text, f"def add({names}):\n    return ' '.join([{names}])", "add", "ll", "ls -l") == (
        0,
        "ll ls -l\n",
    )


@pytest.mark.parametrize("word", ["-2+3", "-1e3", "-.5", "-7", "- 2"])
def test_what_begins_like_a_number_is_no_option(word: str) -> None:
    text = cli_brief("p", command("", "expression", options=[argument("--by", "text")]))
    source = "def run_command(expression, by):\n    return f'{expression} {by}'"
    for words in ((word,), ("--by", word, word)):
        status, printed = run_with(text, source.replace("run_command", function_of(text)), *words)
        assert status == 0 and printed.startswith(word)


def function_of(text: str) -> str:
    """The name of the only function."""
    brief = read_brief(text, Kind.CLI, "")
    assert brief is not None
    return function_name(brief.commands[0])


def test_a_file_saved_by_a_spreadsheet_begins_with_its_first_word() -> None:
    text = cli_brief("p", command("", argument("path", "file")))
    source = f"def {function_of(text)}(text):\n    return text[:4]"
    assert run_with(text, source, "a.csv", files={"a.csv": "\ufeffname,age\n"}) == (0, "name\n")


@pytest.mark.parametrize("body", ["return map(str.upper, ['a', 'b'])", "yield 'A'\n    yield 'B'", "return ['A', 'B']"])
def test_what_is_worked_out_piece_by_piece_is_printed_line_by_line(body: str) -> None:
    text = cli_brief("p", command("", "word"))
    assert run_with(text, f"def {function_of(text)}(word):\n    {body}", "x") == (0, "A\nB\n")


def test_what_a_generator_stores_is_kept() -> None:
    text = cli_brief("p", command("add", "word"), state_file="a.json", fields=[argument("word")])
    source = "def add(records, word):\n    records.append({'word': word})\n    yield len(records)"
    brief = read_brief(text, Kind.CLI, "kept in a.json")
    assert brief is not None
    program = frame(brief, [source])
    steps = tuple(Step(argv=(PROGRAM, "add", "x"), expect=Expectation()) for _ in range(2))
    check = Check(id="c", statement="", source=Source.HOST, steps=steps)
    (seen,) = run_jobs([program.files], program.start, [Job(0, check)], open_sandbox())
    assert [step["stdout"] for step in seen] == ["1\n", "2\n"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("json", "json_command"), ("random", "random_command"), ("list", "list_command"), ("add", "add")],
)
def test_a_function_has_the_name_of_no_module(name: str, expected: str) -> None:
    brief = read_brief(cli_brief("p", command(name), command("other")), Kind.CLI, "")
    assert brief is not None and function_name(brief.commands[0]) == expected


def test_an_argument_that_is_left_out_is_none_and_a_file_stands_for_standard_input() -> None:
    text = cli_brief("p", command("", argument("path", "file"), stdin=True))
    brief = read_brief(text, Kind.CLI, "")
    assert brief is not None
    optional = brief.commands[0].arguments[0].model_copy(update={"optional": True})
    brief = brief.model_copy(update={"commands": (brief.commands[0].model_copy(update={"arguments": (optional,)}),)})
    names = ", ".join(name for name, _ in parameters(brief, brief.commands[0]))
    program = frame(brief, [f"def {function_name(brief.commands[0])}({names}):\n    return repr([{names}])"])
    steps = [(("a.txt",), "typed\n"), ((), "typed\n")]
    checks = [
        Check(id="c", statement="", source=Source.HOST, files={"a.txt": "text"},
              steps=(Step(argv=(PROGRAM, *words), stdin=stdin, expect=Expectation()),))
        for words, stdin in steps
    ]  # fmt: skip
    seen = run_jobs([program.files], program.start, [Job(0, check) for check in checks], open_sandbox())
    assert [step["stdout"] for (step,) in seen] == ["['', 'text']\n", "['typed\\n', None]\n"]
