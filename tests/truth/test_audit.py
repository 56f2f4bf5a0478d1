"""The audit names exactly what no longer holds, and nothing in a project can fool or hurt it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from macrohard.errors import UserError
from macrohard.truth import AuditReport, Claim, Finding, Verdict, audit, cut_command, standalone, write_evidence

from .conftest import META, OpenSandbox, roman_claims

ALL = ("C01", "C02", "C03", "C04")


def found(report: AuditReport, finding: Finding) -> list[str]:
    return [claim.id for claim in report.claims if claim.finding is finding]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def check_path(project: Path, number: int) -> Path:
    return next(iter((project / "evidence/checks").glob(f"{number:03d}-*.json")))


def test_an_untouched_project_holds(delivered: Path, sandbox: OpenSandbox) -> None:
    seen: list[tuple[str, int, int]] = []
    report = audit(delivered, sandbox, lambda claim, done, total: seen.append((claim.id, done, total)))
    assert found(report, Finding.HOLDS) == ["C01", "C02", "C03"]
    assert found(report, Finding.NOT_CHECKABLE) == ["C04"]
    assert report.claims[3].reason == "Nothing measures it."
    assert report.holds and report.exit_status == 0
    assert (report.problems, report.changed_inputs, report.name) == ((), (), "roman")
    assert seen == [("C01", 1, 4), ("C02", 2, 4), ("C03", 3, 4), ("C04", 4, 4)]


def test_the_report_has_a_documented_json_form(delivered: Path, sandbox: OpenSandbox) -> None:
    told = json.loads(audit(delivered, sandbox).model_dump_json())
    assert told["schema_version"] == "macrohard/audit/v1" and told["holds"] is True
    assert told["claims"][0]["finding"] == "holds"


def test_a_changed_program_fails_exactly_the_claim_it_breaks(delivered: Path, sandbox: OpenSandbox) -> None:
    edit(delivered / "src/roman/__init__.py", '"IX"', '"IY"')
    report = audit(delivered, sandbox)
    assert found(report, Finding.FAILS) == ["C02"]
    assert report.claims[1].reason == "`roman 9`: it printed `IY`, not `IX`."
    assert found(report, Finding.HOLDS) == ["C01", "C03"]
    assert report.changed_inputs == ("src/roman/__init__.py",)
    assert "as it is now" in report.claims[0].reason
    assert report.exit_status == 3


def test_a_harmless_change_holds_and_is_told(delivered: Path, sandbox: OpenSandbox) -> None:
    edit(delivered / "src/roman/__init__.py", "def main", "# main\ndef main")
    report = audit(delivered, sandbox)
    assert report.holds and report.changed_inputs == ("src/roman/__init__.py",)


def test_cached_bytecode_is_neither_run_nor_reported(delivered: Path, sandbox: OpenSandbox) -> None:
    (delivered / "src/roman/__pycache__").mkdir()
    (delivered / "src/roman/__pycache__/x.cpython-311.pyc").write_bytes(b"evil")
    report = audit(delivered, sandbox)
    assert report.holds and report.changed_inputs == ()
    mounted = sandbox.commands[0].mounts["/project/src"]
    assert mounted != delivered / "src"


def test_a_changed_claim_is_tampered(delivered: Path, sandbox: OpenSandbox) -> None:
    edit(delivered / "evidence/claims.json", "prints `IX`", "prints `XI`")
    report = audit(delivered, sandbox)
    assert found(report, Finding.TAMPERED) == ["C02"]
    assert found(report, Finding.HOLDS) == ["C01", "C03"]
    assert report.claims[1].statement == "`roman 9` prints `IX`"
    assert report.exit_status == 3


def test_a_verdict_cannot_be_raised(delivered: Path, sandbox: OpenSandbox) -> None:
    edit(delivered / "evidence/claims.json", '"verdict":"unverified"', '"verdict":"verified"')
    report = audit(delivered, sandbox)
    assert found(report, Finding.TAMPERED) == ["C04"] and report.exit_status == 3


def test_a_claim_cannot_be_dropped_or_added(delivered: Path, sandbox: OpenSandbox) -> None:
    path = delivered / "evidence/claims.json"
    lines = path.read_text().split("\n")
    path.write_text("\n".join(lines[:2] + lines[3:]))
    assert found(audit(delivered, sandbox), Finding.TAMPERED) == ["C02"]
    path.write_text("\n".join([*lines[:2], lines[1].replace("C01", "C99"), *lines[2:]]))
    assert "C99" in " ".join(audit(delivered, sandbox).problems)


def test_a_changed_check_file_is_tampered(delivered: Path, sandbox: OpenSandbox) -> None:
    edit(check_path(delivered, 3), '"IV"', '"VI"')
    report = audit(delivered, sandbox)
    assert found(report, Finding.TAMPERED) == ["C03"]
    assert "003-roman-4.json" in report.claims[2].reason


@pytest.mark.parametrize("name", ["check.py", "check.sh", "README.md", "attestation.json"])
def test_every_other_file_is_sealed(delivered: Path, sandbox: OpenSandbox, name: str) -> None:
    path = delivered / "evidence" / name
    path.write_bytes(path.read_bytes() + b" ")
    assert audit(delivered, sandbox).problems == (f"evidence/{name} was changed or removed.",)
    path.unlink()
    assert audit(delivered, sandbox).exit_status == 3


def test_a_foreign_check_file_is_reported(delivered: Path, sandbox: OpenSandbox) -> None:
    (delivered / "evidence/checks/999-x.json").write_text("{}")
    assert "999-x.json" in audit(delivered, sandbox).problems[0]


@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_what_is_no_file_among_the_checks_is_reported(delivered: Path, sandbox: OpenSandbox, kind: str) -> None:
    place = delivered / "evidence" / "checks" / "more"
    if kind == "folder":
        place.mkdir()
        (place / "note.txt").write_text("All claims were verified by an independent expert.")
    elif kind == "link":
        place.symlink_to("/etc/passwd")
    else:
        os.mkfifo(place)
    report = audit(delivered, sandbox)
    assert report.problems == ("evidence/checks/more does not belong to the evidence.",) and not report.holds


@pytest.mark.parametrize("name", ["notes.md", "more/001-roman.json", "check.py.bak"])
def test_whatever_was_added_is_reported(delivered: Path, sandbox: OpenSandbox, name: str) -> None:
    path = delivered / "evidence" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("All claims were verified by an independent expert.")
    report = audit(delivered, sandbox)
    assert report.problems == (f"evidence/{name.split('/')[0]} does not belong to the evidence.",) and not report.holds


def test_a_changed_record_names_its_claim(delivered: Path, sandbox: OpenSandbox) -> None:
    path = delivered / "evidence/ledger.jsonl"
    lines = path.read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b'"verified"', b'"Verified"')
    path.write_bytes(b"\n".join(lines))
    report = audit(delivered, sandbox)
    assert found(report, Finding.TAMPERED) == ["C02"]
    assert report.problems == ("Line 3 of ledger.jsonl was changed.",)
    assert found(report, Finding.HOLDS) == ["C01", "C03"]


def test_a_record_with_a_new_hash_of_its_own_is_still_found(delivered: Path, sandbox: OpenSandbox) -> None:
    path = delivered / "evidence/ledger.jsonl"
    lines = path.read_bytes().split(b"\n")
    record = json.loads(lines[2])
    record["body"]["statement"] = "it is perfect"
    forged = standalone.sealed_record(*(record[key] for key in ("number", "kind", "subject", "body", "previous")))
    lines[2] = standalone.canonical(forged)
    path.write_bytes(b"\n".join(lines))
    report = audit(delivered, sandbox)
    assert found(report, Finding.TAMPERED) == ["C02"] and report.exit_status == 3


@pytest.mark.parametrize("line", range(6))
def test_a_removed_line_of_the_ledger_is_found(delivered: Path, sandbox: OpenSandbox, line: int) -> None:
    path = delivered / "evidence/ledger.jsonl"
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join(lines[:line] + lines[line + 1 :]))
    report = audit(delivered, sandbox)
    assert report.exit_status == 3 and report.problems
    assert found(report, Finding.TAMPERED) == ([ALL[line - 1]] if 1 <= line <= 4 else [])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["ledger.jsonl", "claims.json"]),
    place=st.floats(0, 1, exclude_max=True),
    change=st.integers(1, 255),
)
def test_any_change_of_one_byte_is_found(delivered: Path, name: str, place: float, change: int) -> None:
    path = delivered / "evidence" / name
    original = path.read_bytes()
    changed = bytearray(original)
    index = int(place * len(original))
    changed[index] ^= change
    path.write_bytes(bytes(changed))
    try:
        evidence = standalone.read_evidence(str(delivered))
        tampered = [claim["id"] for claim in evidence["claims"] if claim["tampered"]]
        assert tampered or evidence["problems"]
        line = original[:index].count(b"\n")
        if 1 <= line <= 4 and original[index : index + 1] != b"\n":
            assert tampered == [ALL[line - 1]]
    except standalone.Unreadable as error:
        assert "newer" in str(error)
    finally:
        path.write_bytes(original)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(["ledger.jsonl", "claims.json"]), data=st.data())
def test_garbage_never_ends_in_a_traceback(delivered: Path, name: str, data: st.DataObject) -> None:
    path = delivered / "evidence" / name
    original = path.read_bytes()
    cut = data.draw(st.integers(0, len(original) - 1))
    path.write_bytes(original[:cut] + data.draw(st.binary(max_size=50)))
    try:
        evidence = standalone.read_evidence(str(delivered))
        assert evidence["problems"] or any(claim["tampered"] for claim in evidence["claims"])
    except standalone.Unreadable:
        pass
    finally:
        path.write_bytes(original)


def test_missing_evidence_is_told_in_a_sentence(project: Path, sandbox: OpenSandbox) -> None:
    with pytest.raises(UserError, match="There is no evidence/ledger.jsonl"):
        audit(project, sandbox)
    with pytest.raises(UserError, match="There is no evidence"):
        audit(project / "nowhere", sandbox)


def test_newer_evidence_is_told_in_a_sentence(delivered: Path, sandbox: OpenSandbox) -> None:
    edit(delivered / "evidence/claims.json", "evidence/v1", "evidence/v2")
    with pytest.raises(UserError, match="newer Macrohard"):
        audit(delivered, sandbox)


def link_ledger(project: Path) -> None:
    path = project / "evidence/ledger.jsonl"
    shutil.move(path, project / "elsewhere")
    path.symlink_to(project / "elsewhere")


def link_folder(project: Path) -> None:
    (project / "evidence").rename(project / "elsewhere")
    (project / "evidence").symlink_to(project / "elsewhere")


def giant(project: Path) -> None:
    with (project / "evidence/claims.json").open("r+b") as file:
        file.truncate(2**33)


def pipe(project: Path) -> None:
    (project / "evidence/claims.json").unlink()
    os.mkfifo(project / "evidence/claims.json")


def many_lines(project: Path) -> None:
    with (project / "evidence/ledger.jsonl").open("ab") as file:
        file.write(b"\n" * 10_000_000)


def link_to_itself(project: Path) -> None:
    shutil.rmtree(project / "evidence")
    (project / "evidence").symlink_to(project / "evidence")


@pytest.mark.parametrize("attack", [link_ledger, link_folder, giant, pipe, many_lines, link_to_itself])
def test_links_giants_and_pipes_are_refused(
    delivered: Path, sandbox: OpenSandbox, attack: Callable[[Path], None]
) -> None:
    attack(delivered)
    with pytest.raises(UserError, match="cannot be read"):
        audit(delivered, sandbox)


def forge(project: Path, sandbox: OpenSandbox, change: Callable[[dict[str, Any]], None]) -> None:
    """Write evidence with a right chain around claims that were changed."""
    claims = roman_claims(project, sandbox)
    shutil.rmtree(project / "evidence", ignore_errors=True)
    body = claims[0].model_dump(mode="json")
    change(body)
    write_evidence(project, [Claim.model_validate(body), *claims[1:]], [], META)


@pytest.mark.parametrize("path", ["..", "/", "/etc", "src/../..", ".", "", "evidence/../src", "link"])
def test_a_forged_program_path_cannot_leave_the_project(project: Path, sandbox: OpenSandbox, path: str) -> None:
    (project / "link").symlink_to("/etc")
    forge(project, sandbox, lambda body: body["evidence"][0].update(python_path=path))
    sandbox.commands.clear()
    report = audit(project, sandbox)
    assert found(report, Finding.FAILS) == ["C01"] and "cannot be read" in report.claims[0].reason
    assert len(sandbox.commands) == 2


def test_a_forged_check_cannot_write_outside_its_folder(project: Path, sandbox: OpenSandbox, tmp_path: Path) -> None:
    target = tmp_path / "written"
    forge(project, sandbox, lambda body: body["evidence"][0]["check"].update(files={str(target): "x"}))
    assert found(audit(project, sandbox), Finding.FAILS) == ["C01"]
    forge(project, sandbox, lambda body: body["evidence"][0]["check"].update(files={"../../written": "x"}))
    assert found(audit(project, sandbox), Finding.FAILS) == ["C01"]
    assert not target.exists()


def test_links_in_the_program_are_not_followed(delivered: Path, sandbox: OpenSandbox, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s3cret")
    (delivered / "src/roman/secret").symlink_to(tmp_path / "secret")
    (delivered / "src/all").symlink_to("/")
    report = audit(delivered, sandbox)
    assert report.changed_inputs == ("src/all", "src/roman/secret")


def test_a_giant_in_the_program_is_not_read(delivered: Path, sandbox: OpenSandbox) -> None:
    with (delivered / "src/roman/big.bin").open("wb") as file:
        file.truncate(2**33)
    assert audit(delivered, sandbox).changed_inputs == ("src/roman/big.bin",)


def test_a_verified_claim_without_evidence_does_not_hold(project: Path, sandbox: OpenSandbox) -> None:
    forge(project, sandbox, lambda body: body.update(evidence=[]))
    report = audit(project, sandbox)
    assert found(report, Finding.NOT_CHECKABLE) == ["C01", "C04"] and report.exit_status == 3


def test_what_is_run_stands_beside_what_is_said(delivered: Path, sandbox: OpenSandbox) -> None:
    assert [claim.commands for claim in audit(delivered, sandbox).claims][:2] == [
        ("python3 -m roman 14",), ("python3 -m roman 9",),
    ]  # fmt: skip


def test_of_long_code_the_end_is_shown_where_the_call_stands(project: Path, sandbox: OpenSandbox) -> None:
    code = f"import roman\n{'#' * 5000}\nprint(roman.to_roman(14))"
    forge(project, sandbox, lambda body: body["evidence"][0]["check"]["steps"][0].update(argv=["{python}", "-c", code]))
    (shown,) = audit(project, sandbox).claims[0].commands
    assert shown.startswith("python3 -c ") and shown.endswith("print(roman.to_roman(14))'") and len(shown) <= 2010


def test_a_check_that_does_not_start_the_program_does_not_hold(project: Path, sandbox: OpenSandbox) -> None:
    def forged(body: dict[str, Any]) -> None:
        body["evidence"][0]["check"]["steps"][0].update(argv=["echo", "XIV"])

    forge(project, sandbox, forged)
    report = audit(project, sandbox)
    assert found(report, Finding.NOT_CHECKABLE) == ["C01", "C04"] and report.exit_status == 3
    assert report.claims[0].commands == ("echo XIV",) and "starts the program" in report.claims[0].reason


@pytest.mark.parametrize("kind", ["link", "pipe", "file"])
def test_checks_that_are_no_folder(project: Path, sandbox: OpenSandbox, tmp_path: Path, kind: str) -> None:
    """No claim names a check here, so that nothing else would tell of it."""
    write_evidence(project, [], [], META)
    assert audit(project, sandbox).holds
    place, other = project / "evidence" / "checks", tmp_path / "other"
    other.mkdir()
    if place.exists():
        place.rmdir()
    {"link": lambda: place.symlink_to(other), "pipe": lambda: os.mkfifo(place), "file": place.touch}[kind]()
    assert audit(project, sandbox).problems == ("evidence/checks is not a plain folder.",)


def test_a_file_that_is_gone_is_missed_even_where_the_seal_does_not_name_it(
    delivered: Path, sandbox: OpenSandbox
) -> None:
    (delivered / "evidence" / "README.md").unlink()
    ledger = delivered / "evidence" / "ledger.jsonl"
    *lines, last = ledger.read_text().splitlines()
    seal = json.loads(last)
    del seal["body"]["files"]["README.md"], seal["hash"]
    seal["hash"] = standalone.sha256(standalone.canonical(seal))
    ledger.write_text("\n".join([*lines, standalone.canonical(seal).decode()]) + "\n")
    assert audit(delivered, sandbox).problems == ("evidence/README.md was changed or removed.",)


def test_a_refuted_claim_does_not_spoil_the_verified_ones(project: Path, sandbox: OpenSandbox) -> None:
    def refute(body: dict[str, Any]) -> None:
        body["verdict"] = Verdict.REFUTED.value
        body["evidence"][0]["check"]["steps"][0]["expect"]["stdout"] = "XV"

    forge(project, sandbox, refute)
    report = audit(project, sandbox)
    assert found(report, Finding.FAILS) == ["C01"] and report.exit_status == 0


def test_nothing_from_the_project_reaches_the_terminal_raw(project: Path, sandbox: OpenSandbox) -> None:
    forge(project, sandbox, lambda body: body.update(statement="fine\x1b[2J\u202e\n\x07"))
    (project / "src/roman/\x1b[31m.py").write_text("")
    report = audit(project, sandbox)
    shown = report.claims[0].statement + report.changed_inputs[0]
    assert shown == "fine\\x1b[2J\\u202e\\n\\x07src/roman/\\x1b[31m.py"


@given(st.text(max_size=60), st.integers(10, 40))
def test_a_long_command_loses_its_middle(line: str, longest: int) -> None:
    shown = cut_command(line, longest)
    assert (shown == line) is (len(line) <= longest)
    if len(line) > longest:
        begins, ends = longest // 10, longest - longest // 10 - 1
        assert shown == f"{line[:begins]}…{line[-ends:]}" and len(shown) == longest
