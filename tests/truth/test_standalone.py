"""The one file that judges: the same rules for everyone, and a check script that needs nothing but Python."""

from __future__ import annotations

import ast
import contextlib
import inspect
import json
import os
import pty
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.company.delivery import packaging
from macrohard.truth import Expectation, standalone

FILE = Path(standalone.__file__)


def seen(**changes: Any) -> dict[str, Any]:
    return {"exit_status": 0, "ending": "exit", "stdout": "", "stderr": "", "files": {}, **changes}


def broken(expect: dict[str, Any], **changes: Any) -> str:
    return standalone.judge(expect, seen(**changes))


@pytest.mark.parametrize(
    ("expect", "changes"),
    [
        ({}, {"stdout": "anything", "stderr": "warning"}),
        ({"stdout": "a\nb"}, {"stdout": "a  \nb\t\r\n\n\n"}),
        ({"stdout": ""}, {"stdout": "\n \n"}),
        ({"stdout_contains": ["b", "a"]}, {"stdout": "ab"}),
        ({"stderr_contains": ["no"]}, {"stderr": "oh no"}),
        ({"exit_status": 2, "error_message": True}, {"exit_status": 2, "stderr": "roman: bad\n"}),
        ({"exit_status": None}, {"exit_status": 7}),
        ({"files": {"a": "x"}}, {"files": {"a": "x\n"}}),
        ({"unchanged": True}, {"changed": []}),
        ({}, {"changed": ["a"]}),
    ],
)
def test_what_meets_its_expectation(expect: dict[str, Any], changes: dict[str, Any]) -> None:
    assert broken(expect, **changes) == ""


@pytest.mark.parametrize(
    ("expect", "changes", "reason"),
    [
        ({}, {"exit_status": 1}, "the exit status is 1, not 0"),
        ({}, {"exit_status": 1, "stderr": "no"}, "the exit status is 1, not 0 (stderr: no)"),
        ({"exit_status": None}, {"exit_status": None, "ending": "signal"}, "it was killed by a signal"),
        ({"exit_status": None}, {"exit_status": None}, "it has no exit status"),
        ({"stdout": "a"}, {"stdout": " a"}, "it printed ` a`, not `a`"),
        ({"stdout": "a\nb"}, {"stdout": "a\n\nb"}, "it printed `a\\n\\nb`, not `a\\nb`"),
        ({"stdout": "a"}, {}, "it printed nothing, not `a`"),
        ({"stdout_contains": ["x"]}, {"stdout": "y"}, "stdout does not contain `x`: it is `y`"),
        ({"error_message": True, "exit_status": 2}, {"exit_status": 2, "stderr": "--- 42\n"}, "there is no readable"),
        ({"files": {"a": "x"}}, {"files": {"a": None}}, "there is no readable file `a` afterwards"),
        ({"files": {"a": "x"}}, {"files": {"a": "y"}}, "the file `a` holds `y`, not `x`"),
        ({"unchanged": True}, {"changed": ["a", "b\x1b"]}, "it may change nothing, but changed a, b\\x1b"),
        ({}, {"stderr": "Traceback (most recent call last):\n  x\nE: 1\n"}, "it ended in a Python traceback: E: 1"),
        ({"later": True}, {}, "it is to be judged by `later`, which is not known here"),
        ({"exit_status": 1}, {"exit_status": 1, "stderr": "/a/python3: No module named x"}, "Python could not start"),
    ],
)
def test_what_breaks_it_and_how_it_is_told(expect: dict[str, Any], changes: dict[str, Any], reason: str) -> None:
    assert broken(expect, **changes).startswith(reason)


texts = st.text(alphabet="ab \t\r\n\x1b", max_size=12)
expectations = st.builds(
    Expectation,
    exit_status=st.sampled_from([None, 0, 2]),
    stdout=st.none() | texts,
    stdout_contains=st.lists(texts, max_size=2).map(tuple),
    stderr_contains=st.lists(texts, max_size=2).map(tuple),
    error_message=st.booleans(),
    files=st.dictionaries(st.sampled_from(["a", "b"]), texts, max_size=2),
)
sights = st.fixed_dictionaries(
    {
        "exit_status": st.sampled_from([None, 0, 1, 2]),
        "ending": st.sampled_from(["exit", "signal", "wall"]),
        "stdout": texts,
        "stderr": texts,
        "files": st.fixed_dictionaries({"a": st.none() | texts, "b": st.none() | texts}),
    }
)


@given(expectations, sights)
def test_every_form_of_an_expectation_is_judged_alike(expect: Expectation, sight: dict[str, Any]) -> None:
    forms = [expect.model_dump(), json.loads(expect.model_dump_json()), expect.model_dump(exclude_defaults=True)]
    verdicts = {standalone.judge(form, sight) for form in forms}
    assert len(verdicts) == 1
    told = verdicts.pop()
    assert told == "".join(c for c in told if c.isprintable())


@given(expectations, sights)
def test_nothing_passes_that_did_not_end_as_expected(expect: Expectation, sight: dict[str, Any]) -> None:
    if standalone.judge(expect.model_dump(), sight) == "":
        assert sight["ending"] == "exit"
        assert sight["exit_status"] == (expect.exit_status if expect.exit_status is not None else sight["exit_status"])
        assert expect.stdout is None or sight["stdout"].split() == expect.stdout.split()


@given(st.text())
def test_settled_text_is_settled(text: str) -> None:
    once = standalone.settled(text)
    assert standalone.settled(once) == once
    assert standalone.settled(text + " \n\n") == once


@given(st.text(alphabet=st.characters()))
def test_visible_text_is_one_printable_line(text: str) -> None:
    assert standalone.visible(text, 10_000).isprintable()


@given(st.text())
def test_paths_that_count_as_inside_are_inside(path: str) -> None:
    if standalone.is_inside(path):
        assert os.path.normpath(os.path.join("/some/folder", path)).startswith("/some/folder/")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(json_values)
def test_canonical_json_is_one_form_and_loses_nothing(value: Any) -> None:
    told = standalone.canonical(value)
    assert standalone.parse(told) == value
    assert standalone.canonical(standalone.parse(told)) == told


@given(st.lists(st.dictionaries(st.text(max_size=3), json_values, max_size=2), min_size=1, max_size=5), st.data())
def test_a_chain_is_whole_until_a_byte_changes(bodies: list[dict[str, Any]], data: st.DataObject) -> None:
    lines, previous = b"", standalone.ZERO
    for number, body in enumerate(bodies, 1):
        record = standalone.sealed_record(number, "kind", "subject", body, previous)
        lines, previous = lines + standalone.canonical(record) + b"\n", record["hash"]
    records, problems = standalone.verify_chain(lines)
    assert (len(records), problems) == (len(bodies), [])
    changed = bytearray(lines)
    changed[data.draw(st.integers(0, len(lines) - 1))] ^= data.draw(st.integers(1, 255))
    assert standalone.verify_chain(bytes(changed))[1]


def test_it_is_written_for_python_3_9_and_imports_only_the_standard_library() -> None:
    tree = ast.parse(FILE.read_text(), feature_version=(3, 9))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= set(sys.stdlib_module_names)


def run_check_sh(project: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    plain = {"PATH": os.environ["PATH"], **env}
    command = ["sh", str(project / "evidence/check.sh"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd="/", env=plain, check=False)


def test_the_script_in_the_folder_is_this_file(delivered: Path) -> None:
    assert (delivered / "evidence/check.py").read_bytes() == FILE.read_bytes()
    assert os.access(delivered / "evidence/check.sh", os.X_OK)


def test_check_sh_runs_the_checks_of_the_verified_claims_again(delivered: Path) -> None:
    done = run_check_sh(delivered, PYTHONPATH="/nonexistent", PYTHONHOME="")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert "no walls" in lines[0] and "macrohard audit" in lines[0]
    assert lines[1] == "holds       C01  `roman 14` prints `XIV`"
    assert lines[4] == "unverified  C04  it is fast: Nothing measures it."
    assert lines[5].startswith("3 of 3 claims that are called verified hold. Seal: ")
    assert "\x1b" not in done.stdout
    assert not list(delivered.rglob("__pycache__"))


def test_check_sh_fails_when_the_program_was_broken(delivered: Path) -> None:
    source = delivered / "src/roman/__init__.py"
    source.write_text(source.read_text().replace('"IX"', '"I\x1bX"'))
    done = run_check_sh(delivered)
    assert done.returncode == 1
    assert "FAILS       C02  `roman 9` prints `IX`: `roman 9`: it printed `I\\x1bX`, not `IX`." in done.stdout
    assert "changed since delivery: src/roman/__init__.py" in done.stdout


def test_check_sh_sees_tampering(delivered: Path) -> None:
    path = next(iter((delivered / "evidence/checks").glob("001-*")))
    path.write_text(path.read_text().replace("XIV", "XV"))
    done = run_check_sh(delivered)
    assert done.returncode == 1
    assert "TAMPERED    C01" in done.stdout and "holds       C02" in done.stdout


def test_check_sh_without_evidence_says_what_to_do(delivered: Path, tmp_path: Path) -> None:
    (delivered / "evidence/claims.json").unlink()
    done = run_check_sh(delivered)
    assert done.returncode == 2
    assert done.stderr.startswith("There is no evidence/claims.json in ") and "Traceback" not in done.stderr
    assert run_check_sh(delivered, str(tmp_path / "nowhere")).returncode == 2


def test_check_sh_without_python_says_what_to_do(delivered: Path, tmp_path: Path, shell: str) -> None:
    for tool in ("dirname",):
        (tmp_path / "bin").mkdir()
        found = subprocess.run(["sh", "-c", f"command -v {tool}"], capture_output=True, text=True, check=True)
        (tmp_path / "bin" / tool).symlink_to(found.stdout.strip())
    command = [shell, str(delivered / "evidence/check.sh")]
    done = subprocess.run(command, capture_output=True, text=True, env={"PATH": str(tmp_path / "bin")}, check=False)
    assert done.returncode == 2
    assert done.stderr == "Install Python 3.10 or newer as python3, then run this again.\n"


def test_check_sh_asks_for_the_python_that_delivered_programs_need(delivered: Path) -> None:
    needed = re.search(r'requires-python = ">=3\.([0-9]+)"', inspect.getsource(packaging))
    assert needed
    script = (delivered / "evidence/check.sh").read_text()
    assert f"sys.version_info < (3, {needed[1]})" in script
    for text in (script, (delivered / "evidence/README.md").read_text(), FILE.read_text()):
        assert f"Python 3.{needed[1]} or newer" in text


def test_the_readme_says_which_checks_are_run_again(delivered: Path) -> None:
    """Those of claims that are not verified are not, and what else is said of a program is no claim."""
    text = (delivered / "evidence/README.md").read_text()
    assert "is no claim" in text and "This runs the checks of the claims that are called verified." in text
    assert "very check " not in text.split("## Write another checker")[0]


@pytest.mark.parametrize(("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_only_on_a_terminal_and_never_against_no_color(
    delivered: Path, env: dict[str, str], coloured: bool
) -> None:
    parent, child = pty.openpty()
    command = [sys.executable, "-I", str(delivered / "evidence/check.py")]
    with subprocess.Popen(command, stdout=child, env={"PATH": os.environ["PATH"], **env}):
        os.close(child)
        told = read_all(parent)
    assert (b"\x1b[32mholds" in told) is coloured
    assert re.search(rb"holds", told)


def read_all(terminal: int) -> bytes:
    """Read until the other side of a pseudo-terminal closes it, which ends in EIO."""
    told = b""
    with contextlib.suppress(OSError):
        while data := os.read(terminal, 65536):
            told += data
    os.close(terminal)
    return told


def test_a_program_that_hangs_or_lingers_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standalone, "STEP_SECONDS", 0.5)
    execute = standalone.execute_unwalled(str(tmp_path), "src")
    started = time.monotonic()
    assert execute(["sh", "-c", "sleep 60"], b"", str(tmp_path))["ending"] == "wall"
    done = execute(["sh", "-c", "sleep 60 & echo $!"], b"", str(tmp_path))
    assert time.monotonic() - started < 10
    assert done["exit_status"] == 0
    while not is_dead(int(done["stdout"])):
        assert time.monotonic() - started < 30
        time.sleep(0.05)


def is_dead(process: int) -> bool:
    """Tell whether a process is gone or waits only to be buried."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def test_a_check_without_the_member_is_written_as_before() -> None:
    """So that readers that do not know it, and refuse what they do not know, read all other checks."""
    assert "unchanged" not in Expectation().model_dump(mode="json")
    assert Expectation(unchanged=True).model_dump(mode="json")["unchanged"] is True
    assert set(Expectation(unchanged=True).model_dump()) == standalone.EXPECTED


def test_home_and_temporary_files_are_not_in_the_working_folder(tmp_path: Path) -> None:
    execute = standalone.execute_unwalled(str(tmp_path), "src")
    code = "import os, tempfile; open(os.path.expanduser('~/x'), 'w'); tempfile.mkstemp(); print(os.listdir())"
    assert execute([sys.executable, "-c", code], b"", str(tmp_path))["stdout"] == b"[]\n"


def test_cached_bytecode_beside_the_program_is_not_run(delivered: Path) -> None:
    """Python would believe bytecode that carries the time and size of its source."""
    source = delivered / "src/roman/__init__.py"
    good, state = source.read_text(), source.stat()
    source.write_text(good.replace('"IX"', '"XI"'))
    os.utime(source, ns=(state.st_atime_ns, state.st_mtime_ns))
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(delivered / "src")}
    subprocess.run([sys.executable, "-c", "import roman"], env=env, check=True)
    source.write_text(good)
    os.utime(source, ns=(state.st_atime_ns, state.st_mtime_ns))
    lied = subprocess.run([sys.executable, "-m", "roman", "9"], env=env, capture_output=True, text=True, check=True)
    assert lied.stdout == "XI\n", "the trap works"
    done = run_check_sh(delivered)
    assert (done.returncode, "holds       C02" in done.stdout) == (0, True)


@pytest.mark.parametrize("name", ["__future__", "json", "contextlib", "shutil", "resource"])
def test_a_file_beside_the_script_takes_no_module_s_place(delivered: Path, name: str) -> None:
    """The script is also run as its text says, without a shell, and by some without `-I`."""
    (delivered / "evidence" / f"{name}.py").write_text("print('taken')\nraise SystemExit(0)\n")
    for options in (["-I"], []):
        command = [sys.executable, *options, "check.py"]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            cwd=delivered / "evidence",
            env={"PATH": os.environ["PATH"]},
            check=False,
        )
        assert "taken" not in done.stdout and done.returncode == 1
        assert f"evidence/{name}.py does not belong to the evidence." in done.stdout


@pytest.mark.parametrize("argv", [None, ["true"], ["sh", "-c", "echo {python}"]])
def test_a_check_that_starts_no_python_shows_nothing(delivered: Path, argv: list[str] | None) -> None:
    evidence = standalone.read_evidence(str(delivered))["claims"][0]
    check = evidence["claim"]["evidence"][0]["check"]
    check["steps"] = [] if argv is None else [{**check["steps"][0], "argv": argv, "expect": {"files": {}}}]
    with standalone.snapshot(str(delivered)) as copy:
        word, reason = standalone.check_claim(copy, evidence)
    assert word == "FAILS" and "none of its commands starts the program or Python" in reason
