"""What the parser of a delivered program makes of a command line is told without the program."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from macrohard.company.brief import Argument, ArgumentType, Brief, CommandBrief
from macrohard.company.frames import cli
from macrohard.company.order import Kind
from macrohard.company.users.parsing import Refusal, parse
from macrohard.truth import PROGRAM, PYTHON, Check, Expectation, Source, Step

TEXT, INTEGER, NUMBER, FILE, FLAG = ArgumentType
COMMANDS = {
    "add": (Argument(name="amount", type=NUMBER), Argument(name="item-name")),
    "low": (Argument(name="limit", type=INTEGER), Argument(name="tag", optional=True)),
    "rows": (Argument(name="path", type=FILE), Argument(name="word", repeated=True)),
    "sort": (Argument(name="--unique", type=FLAG), Argument(name="--by", type=INTEGER)),
    "list": (),
}
LINES = [
    ("add", "12.50", "food"), ("add", "-12.50", "food"), ("add", "-1e3", "food"), ("add", "nan", "food"),
    ("add", "1_0", "food"), ("add", "12.50", "-food"), ("add", "food", "12.50"), ("add", "12.50"),
    ("add", "1" * 400, "food"), ("add", "1", "a", "b"), ("add", "--", "12.50", "-food"), ("add", "", "x"), ("low", "2.5"), ("low", "many"),
    ("low", "1"), ("low", "-1", "x"), ("low", "9" * 5000), ("low", "٣"), ("rows", "t.csv", "x", "y"), ("rows", "t.csv"),
    ("rows", "missing.txt", "x"), ("rows", "./t.csv", "x"), ("sort", "--unique"), ("sort", "--by", "x"),
    ("sort", "--by=3"), ("sort", "--un"), ("sort", "--by"), ("sort", "-x"), ("list",), ("list", "x"), ("none",), (),
]  # fmt: skip


def brief_of(commands: Mapping[str, Sequence[Argument]]) -> Brief:
    made = tuple(CommandBrief(name=name, purpose="", arguments=tuple(items)) for name, items in commands.items())
    return Brief(kind=Kind.CLI, name="t", summary="T.", request="A tool called t.", commands=made)


def check(*words: str, before: Sequence[str] = ()) -> Check:
    steps = tuple(Step(argv=(PROGRAM, *argv), expect=Expectation()) for argv in (*([before] if before else []), words))
    return Check(id="", statement="", source=Source.TESTER, files={"t.csv": "a,b\n"}, steps=steps)


@pytest.fixture(scope="module")
def frame(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The module of the frame, in a folder with the file of the checks."""
    folder = tmp_path_factory.mktemp("frame")
    (folder / "t.csv").write_text("a,b\n")
    text = cli.files(brief_of(COMMANDS), "")["t/cli.py"].replace("from t import commands\n", "")
    (folder / "cli.py").write_text(text)
    return folder


@pytest.mark.parametrize("words", LINES, ids=lambda words: " ".join(words)[:20])
def test_it_refuses_what_the_frame_refuses(
    frame: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(frame)
    monkeypatch.setattr(sys, "argv", ["t"])
    parser = runpy.run_path(str(frame / "cli.py"))["build_parser"]()
    try:
        parser.parse_args(words)
        refused = False
    except SystemExit:
        refused = True
    assert isinstance(parse(brief_of(COMMANDS), check(*words)), Refusal) is refused


def test_it_tells_what_was_refused(capfd: pytest.CaptureFixture[str]) -> None:
    brief = brief_of(COMMANDS)
    assert parse(brief, check("add", "food", "x")) == Refusal(NUMBER, ("amount",))
    assert parse(brief, check("rows", "missing.txt", "x")) == Refusal(FILE, ("path",))
    assert parse(brief, check("rows", "t.csv")) == Refusal(None, ("word",))
    assert parse(brief, check("none")) == Refusal(None, ())
    assert capfd.readouterr() == ("", "")


def test_it_tells_the_word_for_each_argument() -> None:
    brief = brief_of(COMMANDS)
    amount, item = COMMANDS["add"]
    assert parse(brief, check("add", "-1", "two words")) == [(amount, "-1"), (item, "two words")]
    path, word = COMMANDS["rows"]
    assert parse(brief, check("rows", "t.csv", "x", "y")) == [(path, "t.csv"), (word, "x"), (word, "y")]
    assert parse(brief_of({"": COMMANDS["add"]}), check("7", "x")) == [(amount, "7"), (item, "x")]


def test_what_the_program_itself_has_written_can_be_read() -> None:
    brief = brief_of(COMMANDS).model_copy(update={"state_file": "t.json"})
    assert isinstance(parse(brief, check("rows", "t.json", "x")), Refusal)
    assert not isinstance(parse(brief, check("rows", "t.json", "x", before=("list",))), Refusal)


def test_of_other_calls_and_other_briefs_nothing_is_known() -> None:
    call = Step(argv=(PYTHON, "-c", "print(1)"), expect=Expectation())
    assert parse(brief_of(COMMANDS), check("add").model_copy(update={"steps": (call,)})) == []
    twice = brief_of({"a": (Argument(name="--x"), Argument(name="--x"))})
    assert parse(twice, check("a", "--x", "1")) == Refusal(None, ("--x", "--x"))
