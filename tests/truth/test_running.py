"""Checks are run step by step in one folder, and evidence can be produced again."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from macrohard.errors import UserError
from macrohard.sandbox import Ending
from macrohard.truth import Check, Context, Expectation, Run, Source, Step, inputs_of, run_check

from .conftest import PROGRAM_WORDS, OpenSandbox, roman_check


def scenario(*steps: Step, files: dict[str, str] | None = None) -> Check:
    return Check(id="s", statement="it works", source=Source.USER, files=files or {}, steps=steps)


def shell_step(command: str, **expect: object) -> Step:
    return Step(argv=("sh", "-c", command), expect=Expectation.model_validate(expect))


def test_a_passing_check_is_evidence_without_failure(project: Path, sandbox: OpenSandbox) -> None:
    run = run_check(roman_check(), project, PROGRAM_WORDS, sandbox)
    assert run.failure == ""
    assert run.observed[0].exit_status == 0
    assert run.observed[0].stdout_sha256 == hashlib.sha256(b"XIV\n").hexdigest()
    source = (project / "src/roman/__init__.py").read_bytes()
    assert run.inputs["src/roman/__init__.py"] == hashlib.sha256(source).hexdigest()
    assert set(run.inputs) == {"src/roman/__init__.py", "src/roman/__main__.py"}


def test_the_program_sees_its_source_and_not_its_evidence(project: Path, sandbox: OpenSandbox) -> None:
    run_check(roman_check(), project, PROGRAM_WORDS, sandbox)
    command = sandbox.commands[0]
    assert command.argv == ("python3", "-m", "roman", "14")
    assert dict(command.mounts) == {"/project/src": project / "src"}
    assert command.env["PYTHONPATH"] == "/project/src"


def test_a_failing_check_says_what_it_saw(project: Path, sandbox: OpenSandbox) -> None:
    run = run_check(roman_check(14, "XV"), project, PROGRAM_WORDS, sandbox)
    assert run.failure == "`roman 14`: it printed `XIV`, not `XV`."


def test_steps_share_one_folder_and_stop_at_the_first_that_breaks(project: Path, sandbox: OpenSandbox) -> None:
    check = scenario(
        shell_step("cat given.txt > state"),
        shell_step("cat state", stdout="hello"),
        shell_step("exit 3"),
        shell_step("true"),
        files={"given.txt": "hello"},
    )
    run = run_check(check, project, PROGRAM_WORDS, sandbox)
    assert len(run.observed) == 3
    assert run.failure == "Step 3, `sh -c 'exit 3'`: the exit status is 3, not 0."


def test_files_are_compared_afterwards(project: Path, sandbox: OpenSandbox) -> None:
    good = scenario(shell_step("mkdir a; echo 1 > a/b", files={"a/b": "1"}))
    bad = scenario(shell_step("true", files={"a/b": "1"}))
    assert run_check(good, project, PROGRAM_WORDS, sandbox).failure == ""
    assert "no readable file `a/b`" in run_check(bad, project, PROGRAM_WORDS, sandbox).failure


@pytest.mark.parametrize(
    ("command", "changed"),
    [
        ("cat a/given.txt; exit 2", ""),
        ("echo hello > a/given.txt; exit 2", ""),
        ("mkdir b; exit 2", ""),
        ("echo bye > a/given.txt; exit 2", "a/given.txt"),
        ("echo >> a/given.txt; exit 2", "a/given.txt"),
        ("touch .hidden; exit 2", ".hidden"),
        ("rm a/given.txt; exit 2", "a/given.txt"),
        ("ln -s a b; exit 2", "b"),
        ("mkfifo b; exit 2", "b"),
        ("mv a b; exit 2", "a/given.txt, b/given.txt"),
        ("echo x >> 'a\\\\b'; exit 2", "a\\\\b"),
        ("echo x >> \"$(printf 'bad\\377')\"; exit 2", "bad\\udcff"),
        ("mkdir __pycache__; touch __pycache__/x.pyc; exit 2", "__pycache__/x.pyc"),
        ("ln -sfn elsewhere link; exit 2", "link"),
        ("truncate -s 20M big; exit 2", "something that cannot be compared (a file of more than 16777216 bytes)"),
        (
            "for n in 1 2 3 4 5; do truncate -s 15M $n; done; exit 2",
            "something that cannot be compared (more than 4096",
        ),
    ],
)
def test_a_step_that_may_change_nothing(command: str, changed: str, project: Path, sandbox: OpenSandbox) -> None:
    steps = shell_step("touch before 'a\\\\b'; ln -s before link"), shell_step(command, exit_status=2, unchanged=True)
    run = run_check(scenario(*steps, files={"a/given.txt": "hello\n"}), project, PROGRAM_WORDS, sandbox)
    assert f"it may change nothing, but changed {changed}" in run.failure if changed else run.failure == ""


def test_what_cannot_be_compared_before_is_not_called_unchanged(project: Path, sandbox: OpenSandbox) -> None:
    steps = shell_step("truncate -s 20M big"), shell_step("exit 2", exit_status=2, unchanged=True)
    run = run_check(scenario(*steps), project, PROGRAM_WORDS, sandbox)
    assert run.failure == "The check cannot be run: a file of more than 16777216 bytes."


def test_a_link_that_the_program_leaves_is_never_followed(project: Path, sandbox: OpenSandbox, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret")
    for command in (f"ln -s {secret} out", f"ln -s {tmp_path} d"):
        name = "out" if command.endswith("out") else "d/secret"
        run = run_check(scenario(shell_step(command, files={name: "s3cret"})), project, PROGRAM_WORDS, sandbox)
        assert "no readable file" in run.failure


def test_a_pipe_that_the_program_leaves_does_not_hang(project: Path, sandbox: OpenSandbox) -> None:
    run = run_check(scenario(shell_step("mkfifo out", files={"out": ""})), project, PROGRAM_WORDS, sandbox)
    assert "no readable file" in run.failure


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "", "a//b", "a\0b"])
def test_files_of_a_check_stay_in_its_folder(project: Path, sandbox: OpenSandbox, path: str) -> None:
    run = run_check(scenario(shell_step("true"), files={path: "x"}), project, PROGRAM_WORDS, sandbox)
    assert "not inside its folder" in run.failure
    assert sandbox.commands == []


@pytest.mark.parametrize("ending", ["signal", "wall", "cpu", "memory", "processes", "disk", "output"])
def test_whatever_a_wall_stopped_is_broken(project: Path, ending: Ending) -> None:
    run = run_check(roman_check(), project, PROGRAM_WORDS, OpenSandbox(forced_ending=ending))
    assert run.failure and run.observed[0].ending == ending


def test_a_program_that_is_not_there_never_counts_as_a_polite_error(project: Path, sandbox: OpenSandbox) -> None:
    step = Step(argv=("{program}", "x"), expect=Expectation(exit_status=None, error_message=True))
    run = run_check(scenario(step), project, ("{python}", "-m", "nowhere"), sandbox)
    assert "Python could not start it" in run.failure


def test_evidence_is_produced_again(context: Context, sandbox: OpenSandbox) -> None:
    run = run_check(roman_check(), context.project, PROGRAM_WORDS, sandbox)
    assert run.recheck(context).model_dump() == {"holds": True, "reason": "", "changed_inputs": ()}


def test_a_changed_program_is_named_and_judged_anew(context: Context, sandbox: OpenSandbox) -> None:
    run = run_check(roman_check(), context.project, PROGRAM_WORDS, sandbox)
    source = context.project / "src/roman/__init__.py"
    source.write_text(source.read_text() + "# a remark\n")
    (context.project / "src/roman/new.py").write_text("")
    outcome = run.recheck(context)
    assert outcome.holds and outcome.changed_inputs == ("src/roman/__init__.py", "src/roman/new.py")
    source.write_text(source.read_text().replace('"IV"', '"IIII"'))
    assert run.recheck(context).reason == "`roman 14`: it printed `XIIII`, not `XIV`."


def test_a_program_that_is_gone_does_not_hold(context: Context, sandbox: OpenSandbox) -> None:
    run = run_check(roman_check(), context.project, PROGRAM_WORDS, sandbox)
    (context.project / "src").rename(context.project / "elsewhere")
    outcome = run.recheck(context)
    assert not outcome.holds and "cannot be run" in outcome.reason


def test_a_program_with_links_is_refused(project: Path) -> None:
    (project / "src/roman/data").symlink_to("/etc/passwd")
    with pytest.raises(UserError, match="src/roman/data"):
        inputs_of(project)


def test_evidence_survives_json(project: Path, sandbox: OpenSandbox) -> None:
    run = run_check(roman_check(), project, PROGRAM_WORDS, sandbox)
    assert Run.model_validate_json(run.model_dump_json()) == run


def test_a_check_that_cannot_be_laid_out_or_started_is_a_failure(project: Path, sandbox: OpenSandbox) -> None:
    both = scenario(shell_step("true"), files={"a": "x", "a/b": "y"})
    assert "cannot be run" in run_check(both, project, PROGRAM_WORDS, sandbox).failure
    long = scenario(shell_step("true " + "x" * 3_000_000))
    assert "cannot be run" in run_check(long, project, PROGRAM_WORDS, sandbox).failure


DEEP = "import os\nfor _ in range(3000):\n    os.mkdir('a')\n    os.chdir('a')\n"


def test_whatever_a_program_leaves_behind_is_removed(
    project: Path, sandbox: OpenSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "t").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "t"))
    deep = Step(argv=("{python}", "-c", DEEP), expect=Expectation())
    for step in (deep, shell_step("mkdir -p a/b && touch a/b/c && chmod 0 a/b a")):
        assert run_check(scenario(step), project, PROGRAM_WORDS, sandbox).failure == ""
    assert list((tmp_path / "t").iterdir()) == []


def test_a_program_nested_too_deeply_is_refused(project: Path) -> None:
    subprocess.run([sys.executable, "-c", DEEP], cwd=project / "src", check=True)
    try:
        with pytest.raises(UserError, match="cannot be read"):
            inputs_of(project)
    finally:
        subprocess.run(["rm", "-rf", project / "src/a"], check=True)


def test_what_is_met_by_chance_is_not_met(project: Path, sandbox: OpenSandbox) -> None:
    """Chance is taken from the clock."""
    odd = "import time, sys; sys.exit(time.monotonic_ns() // 1000 % 2)"
    step = Step(argv=("{python}", "-c", odd), expect=Expectation(stdout=""))
    run = run_check(scenario(step), project, PROGRAM_WORDS, sandbox, times=60)
    assert "the exit status is 1, not 0" in run.failure


def test_a_check_that_holds_is_run_as_often_as_is_wanted(project: Path, sandbox: OpenSandbox) -> None:
    assert run_check(roman_check(), project, PROGRAM_WORDS, sandbox, times=3).failure == ""
