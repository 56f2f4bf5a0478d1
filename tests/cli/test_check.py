"""`macrohard check`: what a person sees, what a machine reads, and what another agent is told."""

from __future__ import annotations

import json
import os
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from macrohard.cli.main import cli

from ..answers.repositories import ENVIRONMENT, repository

RIGHT = "All 2 tests pass. `greet Ada` prints `Hello, Ada!`."
WRONG = "All 2 tests pass. `greet Ada` prints `Hi, \x1b[31mAda!`. It is beautiful."


def check(*words: str, stdin: str | None = None) -> Result:
    """Run the command."""
    return CliRunner().invoke(cli, ["check", *words], prog_name="macrohard", input=stdin)


@pytest.fixture
def greet(tmp_path: Path) -> Path:
    return repository(tmp_path / "greet")


def test_what_is_supported(greet: Path) -> None:
    ended = check(RIGHT, "--repo", str(greet), "--environment", str(ENVIRONMENT))
    assert ended.exit_code == 0
    assert "✓ supported" in ended.stdout and "2 passed, 0 failed, 1 skipped" in ended.stdout
    assert "$ python3 -m pytest" in ended.stdout and "Of 2 statements: 2 supported." in ended.stdout


def test_what_is_contradicted_and_what_was_not_looked_at(greet: Path) -> None:
    ended = check("-", "--repo", str(greet), "--environment", str(ENVIRONMENT), stdin=WRONG)
    assert ended.exit_code == 3 and "\x1b" not in ended.stdout
    assert "✗ contradicted" in ended.stdout and "It printed `Hello, Ada!`." in ended.stdout
    assert "1 more says nothing that running or reading could decide." in " ".join(ended.stdout.split())


def test_the_readme_is_checked_when_no_text_is_given(greet: Path) -> None:
    (greet / "README.md").write_text("# greet\n\nNo dependencies beyond click.\n")
    ended = check("--repo", str(greet), "--json")
    report = json.loads(ended.stdout)
    assert (ended.exit_code, report["schema_version"], report["exit_status"]) == (0, "macrohard/check/v1", 0)
    ((part,),) = [statement["parts"] for statement in report["statements"] if statement["parts"]]
    assert part["evidence"][0]["quotation"] == 'dependencies = ["click>=8"]'


def test_a_text_in_a_file(greet: Path, tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text("It is done.\n")
    ended = check(str(tmp_path / "report.md"), "--repo", str(greet))
    assert ended.exit_code == 4 and "Nothing in this text can be decided" in ended.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["x"], "--repo DIR"),
        (["x", "--repo", "/nothing/there"], "is not a folder"),
        (["--repo", "."], "has no README"),
        (["  ", "--repo", "."], "is empty"),
        (["x", "--repo", ".", "--max-minutes", "0"], "above 0"),
        (["nothing.md", "--repo", "."], "cannot be read"),
        (["x", "--repo", ""], "The repository has an empty name"),
        (["x", "--repo", ".", "--environment", ""], "The environment has an empty name"),
        (["x", "--repo", "~nobody-of-this-name"], "is not a folder"),
        (["x", "--sources", "~nobody-of-this-name"], "is not there"),
    ],
)
def test_what_the_user_can_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str) -> None:
    monkeypatch.chdir(tmp_path)
    ended = check(*words, stdin="[]")
    assert ended.exit_code == 2 and told in ended.stderr


def hook(event: dict[str, Any], *words: str) -> Result:
    """Run the command as a Stop hook."""
    return check("--hook", "--environment", str(ENVIRONMENT), *words, stdin=json.dumps(event))


def test_an_agent_that_says_what_is_so_may_stop(greet: Path) -> None:
    ended = hook({"hook_event_name": "Stop", "cwd": str(greet), "last_assistant_message": RIGHT})
    assert (ended.exit_code, "2 statements supported, none contradicted" in ended.stdout) == (0, True)


def test_an_agent_that_does_not_is_told_what_was_seen(greet: Path) -> None:
    ended = hook({"cwd": str(greet), "last_assistant_message": WRONG})
    assert ended.exit_code == 2 and "\x1b" not in ended.stderr
    assert (
        "1 statement supported, 1 not" in ended.stderr and "It printed `Hello, Ada!`. See `greet Ada`." in ended.stderr
    )


def test_an_agent_is_sent_back_once(greet: Path) -> None:
    ended = hook({"cwd": str(greet), "last_assistant_message": WRONG, "stop_hook_active": True})
    assert (ended.exit_code, ended.output) == (0, "")


def test_the_last_message_may_stand_in_a_transcript(greet: Path, tmp_path: Path) -> None:
    said = [
        {"message": {"role": "assistant", "content": "`greet Ada` prints `Hello, Ada!`."}},
        {"message": {"role": "assistant", "content": [{"type": "text", "text": WRONG}, {"type": "tool_use"}]}},
        {"message": {"role": "user", "content": "thanks"}},
        {"type": "summary"},
    ]
    transcript = tmp_path / "session.jsonl"
    transcript.write_text("\n".join(map(json.dumps, said)) + "\nbroken")
    ended = hook({"transcript_path": str(transcript)}, "--repo", str(greet))
    assert ended.exit_code == 2 and "Hello, Ada!" in ended.stderr


@pytest.mark.parametrize(
    ("stdin", "told"),
    [
        ("nothing", "no event"),
        ("[" * 100_000, "no event"),
        ('{"cwd": "/nothing", "last_assistant_message": "x"}', "not a folder"),
    ],
    ids=["no event", "deep", "no folder"],
)
def test_an_agent_is_not_held_up_by_what_it_cannot_mend(stdin: str, told: str) -> None:
    ended = check("--hook", stdin=stdin)
    assert ended.exit_code == 0 and "could not check" in ended.stdout and told in ended.stdout


def test_an_agent_is_not_held_up_by_a_mistyped_hook() -> None:
    ended = check("--hook", "--max-minute", "x", stdin="{}")
    assert ended.exit_code == 1 and "--max-minute" in ended.stderr
    assert check("--max-minute", "x", stdin="{}").exit_code == 2


@pytest.mark.parametrize("words", [["All tests pass."], ["--sources", "."], ["--html", "page.html"]])
def test_a_hook_takes_no_other_text_and_no_sources(words: list[str]) -> None:
    """With 2 the agent would be sent on to mend what it cannot."""
    ended = check("--hook", *words, stdin="{}")
    assert ended.exit_code == 1 and "leave out TEXT, --sources" in ended.stderr


@pytest.mark.parametrize("event", [{}, {"last_assistant_message": " "}, {"transcript_path": 3}])
def test_an_agent_that_says_nothing_may_stop(event: dict[str, Any]) -> None:
    assert hook(event).exit_code == 0


def test_against_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "home"))
    (tmp_path / "a.md").write_text("The bridge is 300 metres long.")
    (tmp_path / "b.bin").write_bytes(bytes(range(256)) * 20)
    words = [
        "The bridge is 400 metres long.",
        "--sources",
        str(tmp_path / "a.md"),
        "--sources",
        str(tmp_path / "b.bin"),
    ]
    ended = check(*words, "--html", str(tmp_path / "page.html"))
    seen = " ".join(ended.stdout.split())
    assert ended.exit_code == 3 and "✗ contradicted" in seen and "says otherwise: “300”" in seen
    assert "not looked at:" in seen and "It is not text" in seen
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    report = json.loads(check(*words, "--json").stdout)
    (statement,) = report["statements"]
    assert statement["parts"][0]["evidence"][0]["quotation"] == "The bridge is 300 metres long."
    assert report["repository"] is None and len(report["sources"]) == 1


def test_both_sides_of_a_dispute_have_their_dates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "home"))
    for name, length, changed in (("a", 300, 1_700_000_000), ("b", 400, 1_750_000_000)):
        source = tmp_path / "sources" / f"{name}.md"
        source.parent.mkdir(exist_ok=True)
        source.write_text(f"The bridge is {length} metres long.", encoding="utf-8")
        os.utime(source, (changed, changed))
    ended = check("The bridge is 300 metres long.", "--sources", str(tmp_path / "sources"))
    shown = " ".join(ended.output.split())
    assert (
        ended.exit_code == 3 and "2023-11-14: “The bridge is 300" in shown and "2025-06-15: “The bridge is 400" in shown
    )


def test_text_and_source_from_the_web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host of one's own network is asked only where the user names it."""
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "home"))
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "text.txt").write_text("The bridge is 300 metres long.")
    (tmp_path / "web" / "source.html").write_text("<html><p>The bridge is 300 metres long.</p></html>")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(tmp_path / "web"))) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        site = f"http://127.0.0.1:{server.server_address[1]}"
        words = [f"{site}/text.txt", "--sources", f"{site}/source.html"]
        refused, told = check(*words), check(*words, "--own-host", "127.0.0.1")
        server.shutdown()
    assert refused.exit_code == 2 and "127.0.0.1 is inside your own network" in refused.stderr
    assert told.exit_code == 0 and "✓ supported" in told.stdout


class Silent(SimpleHTTPRequestHandler):
    """A server of a folder that says nothing on stderr."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def test_sources_need_a_text(tmp_path: Path) -> None:
    ended = check("--sources", str(tmp_path))
    assert ended.exit_code == 2 and "Give the text" in ended.stderr


def test_no_weights_are_fetched_where_sources_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("macrohard.cli.ordering.fetch_weights", lambda *_: pytest.fail("they were fetched"))
    ended = check("The bridge is long.", "--sources", "nope", "--model", "embedded")
    assert ended.exit_code == 2 and "nope is not there" in ended.stderr


@pytest.mark.parametrize("page", ["text.md", "s/a.md", "s/../s/a.md", "link.html", "kept.db"])
def test_a_page_replaces_nothing_that_is_read_or_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    Path("s").mkdir()
    for name in ("text.md", "s/a.md"):
        Path(name).write_text("The bridge is long.")
    Path("link.html").symlink_to("text.md")
    ended = check("text.md", "--sources", "s", "--ledger", "kept.db", "--html", page)
    assert ended.exit_code == 2 and f"{page} would be overwritten" in ended.stderr
    assert {Path(name).read_text() for name in ("text.md", "s/a.md")} == {"The bridge is long."}


def test_a_page_does_not_replace_the_readme_that_is_checked(greet: Path) -> None:
    (greet / "README.md").write_text("# greet\n\nNo dependencies beyond click.\n")
    ended = check("--repo", str(greet), "--html", str(greet / "README.md"))
    assert ended.exit_code == 2 and (greet / "README.md").read_text().startswith("# greet")


def test_a_source_whose_name_has_two_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    Path("a\nb.md").write_text("The bridge is 300 metres long.")
    ended = check("The bridge is 300 metres long.", "--sources", "a\nb.md")
    assert r"a\nb.md, line 1: “The bridge is 300 metres long.”" in " ".join(ended.stdout.split())


def test_a_text_with_half_characters(tmp_path: Path) -> None:
    """Such an argument is one with bytes that are not UTF-8; what is read on stdin is refused likewise."""
    (tmp_path / "a.md").write_text("The bridge is long.")
    ended = check("The bridge is \udcff long.", "--sources", str(tmp_path), "--html", str(tmp_path / "page.html"))
    assert ended.exit_code == 2 and "is not text in UTF-8" in ended.stderr and not (tmp_path / "page.html").exists()


def test_recheck_after_a_source_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "home"))
    source, report = tmp_path / "a.md", tmp_path / "report.json"
    source.write_text("The bridge is 300 metres long.")
    report.write_text(check("The bridge is 300 metres long.", "--sources", str(source), "--json").stdout)
    same = recheck(str(report))
    assert same.exit_code == 0 and "= same" in same.stdout
    source.write_text("The bridge is 310 metres long.")
    changed = recheck(str(report))
    assert changed.exit_code == 3 and "✗ changed" in changed.stdout and "supported → contradicted" in changed.stdout
    told = json.loads(recheck(str(report), "--json").stdout)
    assert told["claims"][0]["now"] == "contradicted" and told["changed"] == [str(source)]


@pytest.mark.parametrize("columns", ["0", "20"])
def test_nothing_is_lost_on_a_narrow_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", columns)
    (tmp_path / "a.md").write_text("The bridge is 300 metres long.")
    ended = check("The bridge is 300 metres long.", "--sources", str(tmp_path / "a.md"))
    assert (
        "✓ supported" in ended.stdout and "The bridge is 300" in ended.stdout and "checker: The bridge" in ended.stderr
    )


def test_recheck_of_a_repository_that_has_moved(greet: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text(check("No dependencies beyond click.", "--repo", str(greet), "--json").stdout)
    greet.rename(tmp_path / "moved")
    lost = recheck(str(report))
    assert lost.exit_code == 2 and "give the folder of a repository with --repo" in lost.stderr
    assert recheck(str(report), "--repo", str(tmp_path / "moved")).exit_code == 0
    ended = recheck(str(report), "--repo", str(tmp_path / "moved"), "--environment", str(tmp_path))
    assert ended.exit_code == 2 and "is no virtual environment; name one with --environment" in ended.stderr


def test_recheck_of_a_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "home"))
    source, text, ledger = tmp_path / "a.md", tmp_path / "text.txt", tmp_path / "kept" / "ledger.db"
    source.write_text("The bridge is 300 metres long.")
    text.write_text("The bridge is 300 metres long.")
    for said in (str(text), "The bridge is long."):
        check(said, "--sources", str(source), "--ledger", str(ledger))
    source.write_text("The bridge is 310 metres long.")
    shown = recheck(str(ledger))
    assert shown.exit_code == 3 and f"{text} (record 1)" in shown.stdout and "✗ changed" in shown.stdout
    told = json.loads(recheck(str(ledger), "--json").stdout)
    assert [kept["record"] for kept in told["checks"]] == [1, 2] and told["exit_status"] == 3


def test_a_ledger_that_cannot_be_used_is_told_before_the_check(tmp_path: Path) -> None:
    ended = check("The bridge is long.", "--sources", str(tmp_path / "missing.md"), "--ledger", "mysql://x/y")
    assert ended.exit_code == 2 and "postgresql://" in ended.stderr


@pytest.mark.parametrize("content", [None, "", "[1]", '{"schema_version": "macrohard/check/v1"}'])
def test_recheck_needs_a_report(tmp_path: Path, content: str | None) -> None:
    report = tmp_path / "report.json"
    if content is not None:
        report.write_text(content)
    ended = recheck(str(report))
    assert ended.exit_code == 2 and "macrohard check" in ended.stderr and "Traceback" not in ended.stderr


def recheck(*words: str) -> Result:
    """Run the other command."""
    return CliRunner().invoke(cli, ["recheck", *words], prog_name="macrohard")


def test_a_model_reads_what_is_left_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "home"))
    (tmp_path / "a.md").write_text("The Sund Ferry sails every hour, \x1b[31msays the board.", encoding="utf-8")
    replies = {"reader: whether": ["Yes"], "reader: which": ["[1]"]}
    script = {"format": "macrohard/script/v1", "replies": replies}
    (tmp_path / "script.json").write_text(json.dumps(script), encoding="utf-8")
    words = ("Boats of the Sund Ferry leave hourly.", "--sources", str(tmp_path / "a.md"))
    ended = check(*words, "--model", f"scripted:{tmp_path / 'script.json'}")
    told = " ".join(ended.stdout.split())
    assert ended.exit_code == 3 and "reads it there; that is no proof." in told
    assert "“The Sund Ferry sails every hour, " in told and "\x1b" not in ended.stdout
    assert "reads it there" not in check(*words).stdout


@pytest.mark.parametrize("also", ["--repo", "--environment"])
def test_a_text_is_held_against_a_repository_or_sources(greet: Path, tmp_path: Path, also: str) -> None:
    (tmp_path / "source.txt").write_text("The bridge is 40 metres long.")
    ended = check("The bridge is long.", also, str(greet), "--sources", str(tmp_path / "source.txt"))
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert "leave --repo and --environment out, or --sources" in ended.stderr


def test_a_model_without_sources(greet: Path) -> None:
    ended = check(RIGHT, "--repo", str(greet), "--model", "embedded")
    assert ended.exit_code == 2 and "name them with --sources" in ended.stderr
