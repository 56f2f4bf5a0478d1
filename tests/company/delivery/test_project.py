"""The delivered project, as its user finds it: every test works on a copy of what was really built."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from dulwich import porcelain
from dulwich.refs import Ref
from dulwich.repo import Repo

from macrohard.company import Report
from macrohard.company.brief import Brief, CommandBrief
from macrohard.company.delivery import Delivery, deliver
from macrohard.company.frames import frame
from macrohard.company.order import Kind
from macrohard.errors import UserError
from macrohard.sandbox import open_sandbox
from macrohard.truth import Claim, Finding, Meta, Verdict, audit

from ..scripted import python

META = Meta(name="up", date="2026-11-30T12:00:00Z", model="scripted", model_digest="d", macrohard="0")


@pytest.fixture
def project(roman: Report, tmp_path: Path) -> Path:
    """A fresh copy of the delivered project."""
    return Path(shutil.copytree(str(roman.path), tmp_path / "copy" / "roman"))


def test_what_lies_there(project: Path) -> None:
    assert {path.name for path in project.iterdir()} == {
        ".git", ".gitignore", "README.md", "bin", "evidence", "pyproject.toml", "src", "tests",
    }  # fmt: skip
    sources = {path.name for path in (project / "src" / "roman").iterdir()}
    assert sources == {"__init__.py", "__main__.py", "cli.py", "commands.py"}


def test_the_repository_holds_everything_in_four_commits(project: Path) -> None:
    with Repo(str(project)) as repository:
        commits = [entry.commit for entry in repository.get_walker()]
        assert repository.refs.get_symrefs()[Ref(b"HEAD")] == b"refs/heads/main"
    said = [commit.message.decode() for commit in reversed(commits)]
    assert said == [
        "Set up roman", "Add roman", "Add tests made of the checks that passed", "Add README and evidence",
    ]  # fmt: skip
    status = porcelain.status(str(project))
    assert not status.unstaged and not status.untracked and not any(status.staged.values())


def test_the_readme_states_verified_claims_only(project: Path, roman: Report) -> None:
    readme = (project / "README.md").read_text()
    stated, _, rest = readme.partition("## Unverified")
    listed = stated.partition("## Verified")[2]
    assert re.findall(r"^- (C\d+): ", listed, re.MULTILINE) == [claim.id for claim in roman.claims]
    assert "No claim about this program was left unverified." in rest
    assert readme.startswith("# roman\n\nThis was ordered:\n\n> A command-line tool that converts Roman numerals")


def test_its_tests_pass_without_macrohard(project: Path, roman: Report) -> None:
    ended = python("-I", "-m", "unittest", "discover", "-s", "tests", "-t", ".", cwd=project)
    assert ended.returncode == 0, ended.stderr
    assert f"Ran {len(roman.claims)} tests" in ended.stderr


def test_its_tests_can_fail(project: Path) -> None:
    commands = project / "src" / "roman" / "commands.py"
    commands.write_text(commands.read_text().replace('"X": 10', '"X": 11'))
    ended = python("-m", "unittest", "-q", cwd=project)
    assert ended.returncode == 1 and "roman_to_int_xiv_prints_14" in ended.stderr


def test_packaging(project: Path) -> None:
    settings = tomllib.loads((project / "pyproject.toml").read_text())
    assert settings["project"]["name"] == "roman"
    assert settings["project"]["dependencies"] == []
    assert settings["project"]["scripts"] == {"roman": "roman.cli:main"}
    assert settings["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == ["src/roman"]
    entry = "import sys; from roman.cli import main; sys.exit(main(['to-int', 'IX']))"
    assert python("-c", entry, cwd=project / "src").stdout == "9\n"
    assert python("-m", "roman", "to-int", "IX", cwd=project / "src").stdout == "9\n"


def test_the_start_script_works_from_any_folder_and_through_a_link(project: Path, tmp_path: Path) -> None:
    (tmp_path / "roman.py").write_text("raise SystemExit('the wrong module')")
    (tmp_path / "argparse.py").write_text("raise SystemExit('the wrong module')")
    moved = Path(shutil.copytree(project, tmp_path / "a: b" / "roman"))
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "r").symlink_to("../a: b/roman/bin/roman")
    (tmp_path / "again").symlink_to(tmp_path / "tools" / "r")
    starts = (project / "bin" / "roman", os.path.relpath(project / "bin" / "roman", tmp_path), moved / "bin" / "roman",
              "tools/r", "./again")  # fmt: skip
    for start in starts:
        words = [str(start), "to-roman", "9"]
        ended = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (ended.returncode, ended.stdout) == (0, "IX\n"), ended


def test_delivered_code_is_neat(project: Path) -> None:
    for words in (["ruff", "check"], ["ruff", "format", "--check", "--line-length", "100"]):
        ended = python("-m", *words, "--isolated", "--no-cache", "src", "tests", cwd=project)
        assert ended.returncode == 0, ended.stdout
    ended = python(
        "-m", "mypy", "--strict", "--config-file", "/dev/null", "--cache-dir", "/dev/null", "src", cwd=project
    )
    assert ended.returncode == 0, ended.stdout


def test_check_sh_needs_no_macrohard(project: Path) -> None:
    ended = subprocess.run(["sh", "evidence/check.sh"], cwd=project, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_the_audit_holds_until_one_byte_is_changed(project: Path, roman: Report) -> None:
    before = audit(project, open_sandbox())
    assert before.holds and [claim.id for claim in before.claims] == [claim.id for claim in roman.claims]
    commands = project / "src" / "roman" / "commands.py"
    text = commands.read_text()
    assert text.count('"IX"') == 1
    commands.write_text(text.replace('"IX"', '"IY"'))
    assert audit(project, open_sandbox()).holds, "no claim is about 9 in Roman numerals"
    commands.write_text(text.replace('"IV"', '"IY"'))
    after = audit(project, open_sandbox())
    broken = [claim.statement for claim in after.claims if claim.finding is Finding.FAILS]
    assert broken[:2] == ["`roman to-roman 14` prints `XIV`", "`roman to-roman 4` prints `IV`"]
    assert [" undoes " in statement for statement in broken[2:]] == [True, True], "14 does not come back"
    assert not after.holds and after.changed_inputs == ("src/roman/commands.py",)


def _delivery(claims: tuple[Claim, ...] = ()) -> Delivery:
    brief = Brief(
        kind=Kind.CLI, name="up", summary="Shouts.", request="Shout.", commands=(CommandBrief(name="up", purpose="p"),)
    )
    return Delivery(brief, frame(brief, ["def up():\n    return 'UP'"]), claims, (), META)


def test_a_taken_place_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "up").mkdir()
    (tmp_path / "up" / "mine").write_text("mine")
    with pytest.raises(UserError, match="exists already"):
        deliver(_delivery(), tmp_path / "up")
    assert [str(path.relative_to(tmp_path)) for path in sorted(tmp_path.rglob("*"))] == ["up", "up/mine"]


def test_delivering_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    def contents() -> dict[str, bytes]:
        paths = [path for path in (tmp_path / "up").rglob("*") if path.is_file() and path.name != "index"]
        return {str(path): path.read_bytes() for path in paths}

    deliver(_delivery(), tmp_path / "up")
    first = contents()
    deliver(_delivery(), tmp_path / "up")
    assert contents() == first


def test_nothing_is_written_through_a_link_beside_the_place(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / ".up.part").symlink_to("precious")
    assert deliver(_delivery(), tmp_path / "up").is_dir()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["precious", "up"]
    assert not (tmp_path / "up").is_symlink() and not any((tmp_path / "precious").iterdir())


def test_a_parent_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be written"):
        deliver(_delivery(), tmp_path / "file" / "up")


def test_statements_cannot_break_out_of_the_tests(tmp_path: Path) -> None:
    """What stands in a statement comes from people and from models; here it goes into a docstring and a method."""
    from macrohard.truth import PROGRAM, Check, Expectation, Run, Source, Step

    wild = 'a""" + exit() + """\\ \x00 \x1b[31m \u202e %s {x} \'\'\'\n    raise SystemExit'
    step = Step(argv=(PROGRAM, "up"), stdin=wild, expect=Expectation(stdout=wild, stdout_contains=(wild,)))
    check = Check(id="x", statement=wild, source=Source.TESTER, files={"a.txt": wild}, steps=(step,))
    run = Run(check=check, program=("x",), inputs={}, observed=())
    claim = Claim(id="C01", statement=wild, subject="up", maker="tester", evidence=(run,), verdict=Verdict.VERIFIED)
    root = deliver(_delivery((claim,)), tmp_path / "up")
    text = (root / "tests" / "test_up.py").read_text()
    compile(text, "test_up.py", "exec")
    assert "\x00" not in text and "\x1b" not in text and "\u202e" not in text
    ended = python("-m", "unittest", cwd=root)
    assert "Ran 1 test" in ended.stderr


@pytest.mark.parametrize(("path", "status"), [("new.txt", 1), ("/dev/null", 0)])
def test_the_tests_look_for_changed_files_where_nothing_may_change(tmp_path: Path, path: str, status: int) -> None:
    from macrohard.truth import PYTHON, Check, Expectation, Run, Source, Step

    code = f"open({path!r}, 'w'); raise SystemExit(2)"
    step = Step(argv=(PYTHON, "-c", code), expect=Expectation(exit_status=2, unchanged=True))
    run = Run(
        check=Check(id="x", statement="s", source=Source.TESTER, steps=(step,)), program=("x",), inputs={}, observed=()
    )
    claim = Claim(id="C01", statement="s", subject="up", maker="tester", evidence=(run,), verdict=Verdict.VERIFIED)
    root = deliver(_delivery((claim,)), tmp_path / "up")
    ended = python("-m", "unittest", cwd=root)
    assert (ended.returncode, "Ran 1 test" in ended.stderr) == (status, True), ended.stderr


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"files": {"a.txt": "kept"}}, 0),
        ({"files": {"a.txt": "new"}}, 1),
        ({"stderr_contains": ("no such",)}, 0),
        ({"stderr_contains": ("another",)}, 1),
    ],
)
def test_the_tests_look_at_files_and_messages(tmp_path: Path, more: dict[str, Any], status: int) -> None:
    from macrohard.truth import PYTHON, Check, Expectation, Run, Source, Step

    code = "import sys\nprint('no such thing', file=sys.stderr)"
    step = Step(argv=(PYTHON, "-c", code), expect=Expectation(**more))
    check = Check(id="x", statement="s", source=Source.HOST, files={"a.txt": "kept"}, steps=(step,))
    run = Run(check=check, program=("x",), inputs={}, observed=())
    claim = Claim(id="C01", statement="s", subject="up", maker="host", evidence=(run,), verdict=Verdict.VERIFIED)
    root = deliver(_delivery((claim,)), tmp_path / "up")
    ended = python("-m", "unittest", cwd=root)
    assert (ended.returncode, "Ran 1 test" in ended.stderr) == (status, True), ended.stderr


def test_tests_of_the_user_are_delivered_with_their_folders(tmp_path: Path) -> None:
    from macrohard.company.users.usertests import user_test_checks
    from macrohard.truth import Run

    text = "from up.commands import up\n\ndef test_up():\n    assert up() == '{}'\n"
    for number, (said, status) in enumerate((("UP", 0), ("DOWN", 1))):
        (check,) = user_test_checks({"unit/test_a.py": text.format(said)})
        run = Run(check=check, program=("x",), inputs={}, observed=())
        claim = Claim(id="C01", statement="s", subject="up", maker="user", evidence=(run,), verdict=Verdict.VERIFIED)
        (tmp_path / str(number)).mkdir()
        root = deliver(_delivery((claim,)), tmp_path / str(number) / "up")
        ended = python("-m", "unittest", cwd=root)
        assert (ended.returncode, "Ran 1 test" in ended.stderr) == (status, True), ended.stderr


def test_nothing_in_the_readme_steers_a_terminal() -> None:
    from macrohard.company.delivery import readme

    wild = "a\x1b]0;owned\x07\x1b[2J\u202e\x9b \u200b\r"
    brief = _delivery().brief.model_copy(update={"request": f"é\u00a0{wild}\n\t{wild}", "choices": (wild,)})
    claims = [
        Claim(id=f"C{number}", statement=wild, subject="up", maker="tester", verdict=verdict, reason=wild)
        for number, verdict in enumerate(Verdict)
    ]
    text = readme.text(brief, claims, [wild], META)
    assert [c for c in text if not c.isprintable()] == [c for c in text if c in "\n\t\u00a0"]
    assert text.count("a\\x1b]0;owned\\x07") == 2 + 1 + 2 * len(Verdict) + 1 and "> é\u00a0a" in text
