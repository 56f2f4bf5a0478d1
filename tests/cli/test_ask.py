"""`macrohard ask`: what a person sees and what a machine reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from macrohard.cli.main import cli

LENGTH = "How long is the bridge?"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("The bridge is 412 metres long. \x1b[31mIt is <b>green</b>.\n", encoding="utf-8")
    return tmp_path


def ask(question: str, *words: str, whether: str = "Yes", which: str = "[1]") -> Result:
    """Run the command with a model that says this of every passage."""
    script = {"format": "macrohard/script/v1", "replies": {"reader: whether": [whether], "reader: which": [which]}}
    Path("script.json").write_text(json.dumps(script), encoding="utf-8")
    words = ("ask", question, "--model", "scripted:script.json", *words)
    return CliRunner().invoke(cli, words, prog_name="macrohard")


def test_an_answer() -> None:
    ended = ask(LENGTH, "--sources", "a.md")
    assert ended.exit_code == 0
    assert "✓ The sources say:\n  The bridge is 412 metres long.\n    a.md, line 1, " in ended.stdout
    assert "1 passages of 1 sources were read by scripted:script.json; it is not calibrated" in " ".join(
        ended.stdout.split()
    )


def test_no_answer() -> None:
    ended = ask("Who owns the bridge?", "--sources", "a.md", whether="No")
    assert ended.exit_code == 4
    assert "∅ The sources do not say." in ended.stdout and "In no source: “owns”." in ended.stdout


def test_a_dispute() -> None:
    Path("b.md").write_text("The bridge is 420 metres long.", encoding="utf-8")
    ended = ask(LENGTH, "--sources", "a.md", "--sources", "b.md")
    assert ended.exit_code == 3
    assert "⇄ The sources disagree:" in ended.stdout and ended.stdout.count("⇄ disputed") == 2


def test_what_leans_is_told() -> None:
    ended = ask("How long is the wonderful bridge?", "--sources", "a.md")
    assert f"Asked: {LENGTH}" in ended.stdout


def test_terminals_are_safe() -> None:
    ended = ask("Is the bridge green?", "--sources", "a.md", which="[1], [2]")
    assert "\x1b" not in ended.stdout and "green" in ended.stdout


def test_for_machines() -> None:
    report = json.loads(ask(LENGTH, "--sources", "a.md", "--json").stdout)
    assert (report["schema_version"], report["exit_status"], report["given"]) == ("macrohard/answer/v1", 0, ["a.md"])
    assert report["sentences"][0]["evidence"][0]["quotation"] == "The bridge is 412 metres long."


def test_a_source_cannot_turn_the_page_around(place: Path) -> None:
    (place / "a.md").write_text("The bridge is \u202egnol sertem 412.", encoding="utf-8")
    ask(LENGTH, "--sources", "a.md", "--html", "out.html")
    page = (place / "out.html").read_text(encoding="utf-8")
    assert "\u202e" not in page and "⟨U+202E⟩gnol" in page


def test_a_page(place: Path) -> None:
    assert ask("Is the bridge green?", "--sources", "a.md", "--html", "out.html", which="[1], [2]").exit_code == 0
    page = (place / "out.html").read_text(encoding="utf-8")
    assert "<h1>Is the bridge green?</h1>" in page and "&lt;b&gt;green&lt;/b&gt;" in page and "<b>" not in page


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("…", "--sources", "a.md"), "There is no question; ask in words."),
        (("long " * 300, "--sources", "a.md"), "longer than 1000 characters"),
        ((LENGTH, "--sources", "none.md"), "none.md"),
        ((LENGTH,), "--sources"),
        ((LENGTH, "--sources", ""), "empty name"),
        ((LENGTH, "--sources", "a.md", "--html", "."), "no file that can be written"),
        ((LENGTH, "--sources", "a.md", "--html", ""), "no file that can be written"),
        ((LENGTH, "--sources", "a.md", "--html", "~nosuchuser/x.html"), "--html"),
    ],
)
def test_what_a_user_can_mend(words: tuple[str, ...], told: str) -> None:
    ended = ask(*words)
    assert ended.exit_code == 2 and told in ended.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [(("", "--sources", "a.md"), "no question"), ((LENGTH, "--sources", "nope"), "nope is not there")],
)
def test_no_weights_are_fetched_for_what_cannot_be_asked(
    monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str
) -> None:
    monkeypatch.setattr("macrohard.cli.ordering.fetch_weights", unexpected)
    ended = CliRunner().invoke(cli, ["ask", *words, "--model", "embedded"])
    assert ended.exit_code == 2 and told in ended.stderr


def unexpected(*_: object) -> None:
    """Stands for what may not be called."""
    raise AssertionError


def test_a_page_does_not_replace_a_source(place: Path) -> None:
    before = (place / "a.md").read_bytes()
    ended = ask(LENGTH, "--sources", ".", "--html", "a.md")
    assert ended.exit_code == 2 and "a.md would be overwritten" in ended.stderr
    assert (place / "a.md").read_bytes() == before


def test_nothing_is_read_twice(place: Path) -> None:
    script = {"format": "macrohard/script/v1", "log": "calls.jsonl", "replies": {"reader: *": ["Yes"]}}
    Path("script.json").write_text(json.dumps(script), encoding="utf-8")
    words = ["ask", LENGTH, "--sources", "a.md", "--model", "scripted:script.json"]
    ended = [CliRunner().invoke(cli, words).exit_code for _ in range(2)]
    calls = (place / "calls.jsonl").read_text(encoding="utf-8").splitlines()
    assert ended == [4, 4] and len(calls) == 4  # two questions on the one passage, each asked and answered once
