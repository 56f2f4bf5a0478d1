"""`macrohard audit` on a small project with real evidence, made and checked inside the real walls."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from macrohard.cli.main import cli
from macrohard.sandbox import open_sandbox
from macrohard.truth import Check, Claim, Expectation, Meta, Source, Step, Verdict, run_check, write_evidence

META = Meta(
    name="doubler",
    date="2026-11-30T12:00:00Z",
    model="scripted",
    model_digest="sha256:" + "0" * 64,
    macrohard="0.1.0",
)
CHECK = Check(
    id="double-21",
    statement="`doubler 21` prints `42`",
    source=Source.USER,
    steps=(Step(argv=("{program}", "21"), expect=Expectation(stdout="42")),),
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A delivered project with one verified claim."""
    source = tmp_path / "doubler" / "src" / "doubler"
    source.mkdir(parents=True)
    (source / "__init__.py").touch()
    (source / "__main__.py").write_text("import sys\n\nprint(2 * int(sys.argv[1]))\n")
    root = tmp_path / "doubler"
    run = run_check(CHECK, root, ("{python}", "-m", "doubler"), open_sandbox())
    claim = Claim(
        id="C01",
        statement=CHECK.statement,
        subject="doubler",
        maker="user",
        evidence=(run,),
        verdict=Verdict.VERIFIED,
    )
    write_evidence(root, [claim], [], META)
    return root


def audit(*words: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(cli, ["audit", *words], prog_name="macrohard")


def test_what_holds(project: Path) -> None:
    ended = audit(str(project))
    assert ended.exit_code == 0
    assert "Everything that is called verified holds." in ended.stdout
    report = json.loads(audit(str(project), "--json").stdout)
    assert (report["schema_version"], report["holds"]) == ("macrohard/audit/v1", True)


def test_program_of_this_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    assert audit().exit_code == 0


@pytest.mark.parametrize("columns", [0, 30, 200])
def test_nothing_is_lost_on_a_narrow_terminal(project: Path, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = audit(str(project)).stdout
    assert "What is said" in " ".join(shown.split()) and "".join(CHECK.statement.split()) in said(shown)


def said(table: str) -> str:
    """What stands in the second column, in one piece."""
    rows = table[table.index("C01") : table.index("Everything")].splitlines()
    return "".join("".join(row.removeprefix("C01").split("verified")[0].split()) for row in rows)


def test_an_empty_name_is_not_this_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shell makes one of a variable that is not set."""
    monkeypatch.chdir(project)
    ended = audit("")
    assert ended.exit_code == 2 and "The project has an empty name" in ended.stderr


def test_what_no_longer_holds(project: Path) -> None:
    program = project / "src" / "doubler" / "__main__.py"
    program.write_text(program.read_text().replace("2 *", "3 *"))
    ended = audit(str(project))
    assert ended.exit_code == 3
    assert "C01" in ended.stdout and "fails" in ended.stdout
    assert "Not everything that is called verified holds." in ended.stdout
    assert "Changed since the delivery: src/doubler/__main__.py" in ended.stdout
    assert json.loads(audit(str(project), "--json").stdout)["claims"][0]["finding"] == "fails"
