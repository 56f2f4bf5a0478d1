"""The evidence folder: the same bytes for the same input, and an in-toto statement with the published names."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from macrohard.truth import Claim, Ledger, Verdict, audit, standalone, write_evidence
from macrohard.truth.attestation import attest

from .conftest import META, OpenSandbox, roman_claims


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_input_gives_the_same_bytes(project: Path, sandbox: OpenSandbox) -> None:
    claims = roman_claims(project, sandbox)
    seal = write_evidence(project, claims, [], META)
    first = tree(project / "evidence")
    shutil.rmtree(project / "evidence")
    assert write_evidence(project, claims, [], META) == seal
    assert tree(project / "evidence") == first
    assert set(first) == {
        *("claims.json", "ledger.jsonl", "attestation.json", "README.md", "check.py", "check.sh"),
        *("checks/001-roman-14.json", "checks/002-roman-9.json", "checks/003-roman-4.json"),
    }


def test_the_files_are_plain_json_that_gives_back_the_claims(project: Path, sandbox: OpenSandbox) -> None:
    claims = roman_claims(project, sandbox)
    write_evidence(project, claims, [], META)
    told = json.loads((project / "evidence/claims.json").read_bytes())
    assert told["schema"] == "macrohard/evidence/v1"
    assert [Claim.model_validate(claim) for claim in told["claims"]] == claims
    check = json.loads((project / "evidence/checks/001-roman-14.json").read_bytes())
    assert check["check"] == told["claims"][0]["evidence"][0]["check"]


def test_no_claims_are_a_folder_too(project: Path, sandbox: OpenSandbox) -> None:
    write_evidence(project, [], [], META)
    assert audit(project, sandbox).exit_status == 0
    assert json.loads((project / "evidence/claims.json").read_bytes())["claims"] == []


def test_what_the_ledger_knows_can_travel_along(project: Path, sandbox: OpenSandbox, tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "ledger.db")
    record = ledger.append("run", "roman", {"tokens": 12})
    write_evidence(project, roman_claims(project, sandbox), ledger.export_jsonl("roman"), META)
    lines = (project / "evidence/ledger.jsonl").read_bytes().splitlines()
    kept = json.loads(lines[1])
    assert kept["kind"] == "history" and kept["body"]["record"] == record.model_dump()
    assert audit(project, sandbox).holds


def test_the_seal_stands_for_everything(project: Path, sandbox: OpenSandbox) -> None:
    seal = write_evidence(project, roman_claims(project, sandbox), [], META)
    last = json.loads((project / "evidence/ledger.jsonl").read_bytes().splitlines()[-1])
    assert last["hash"] == seal and audit(project, sandbox).seal == seal
    for name, digest in last["body"]["files"].items():
        assert hashlib.sha256((project / "evidence" / name).read_bytes()).hexdigest() == digest


def test_nothing_is_overwritten_and_ids_are_not_shared(delivered: Path, sandbox: OpenSandbox) -> None:
    claims = roman_claims(delivered, sandbox)
    with pytest.raises(FileExistsError):
        write_evidence(delivered, claims, [], META)
    with pytest.raises(ValueError, match="same id"):
        write_evidence(delivered, [claims[0], claims[0]], [], META)


def valid_resource(resource: dict[str, Any]) -> bool:
    names = {"name", "uri", "digest", "content", "downloadLocation", "mediaType", "annotations"}
    return set(resource) <= names and all(isinstance(value, str) for value in resource["digest"].values())


def test_the_attestation_has_the_published_fields(delivered: Path) -> None:
    told = json.loads((delivered / "evidence/attestation.json").read_bytes())
    assert set(told) == {"_type", "subject", "predicateType", "predicate"}
    assert told["_type"] == "https://in-toto.io/Statement/v1"
    assert told["predicateType"] == "https://in-toto.io/attestation/test-result/v0.1"
    predicate = told["predicate"]
    assert set(predicate) == {"result", "configuration", "passedTests", "warnedTests", "failedTests"}
    assert all(valid_resource(resource) for resource in told["subject"] + predicate["configuration"])
    source = (delivered / "src/roman/__init__.py").read_bytes()
    assert {"name": "src/roman/__init__.py", "digest": {"sha256": standalone.sha256(source)}} in told["subject"]
    check = (delivered / "evidence/checks/001-roman-14.json").read_bytes()
    assert predicate["configuration"][0] == {
        "name": "evidence/checks/001-roman-14.json",
        "digest": {"sha256": standalone.sha256(check)},
    }
    assert predicate["result"] == "WARNED"
    assert len(predicate["passedTests"]) == 3 and predicate["warnedTests"] == ["C04 it is fast"]


@pytest.mark.parametrize(
    ("verdicts", "result"),
    [
        ([], "WARNED"),
        ([Verdict.VERIFIED], "PASSED"),
        ([Verdict.VERIFIED, Verdict.UNVERIFIED], "WARNED"),
        ([Verdict.VERIFIED, Verdict.UNVERIFIED, Verdict.REFUTED], "FAILED"),
    ],
)
def test_the_result_is_never_better_than_the_worst_claim(verdicts: list[Verdict], result: str) -> None:
    claims = [
        Claim(id=str(index), statement="s", subject="p", maker="host", verdict=verdict)
        for index, verdict in enumerate(verdicts)
    ]
    assert attest(claims, {})["predicate"]["result"] == result
