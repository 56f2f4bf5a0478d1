"""Writing the evidence folder of a delivered project. `docs/evidence.md` describes the format."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from macrohard.truth import standalone
from macrohard.truth.attestation import attest
from macrohard.truth.check import Record
from macrohard.truth.claim import Claim
from macrohard.truth.readme import readme

HERE = Path(__file__).parent


class Meta(Record):
    """What the header of the evidence says about the delivery."""

    name: str
    """Of the program."""
    date: str
    """When it was delivered, ISO 8601 in UTC: '2026-11-30T12:00:00Z'."""
    model: str
    model_digest: str
    macrohard: str
    """The version that made it."""


def write_evidence(project_root: Path, claims: Sequence[Claim], ledger_lines: Sequence[str], meta: Meta) -> str:
    """Write `evidence/` into a project and return the seal: the hash that stands for all of it.

    `ledger_lines` are lines of `Ledger.export_jsonl` that shall travel with the project, such as how the run went;
    they are kept inside the chain. The same arguments give the same bytes. Raises ValueError when two claims have
    one id or a file would be larger than readers accept, FileExistsError when the folder is there already.
    """
    if len({claim.id for claim in claims}) != len(claims):
        raise ValueError("two claims have the same id")
    checks = {claim.id: _checks(claim) for claim in claims}
    files = _numbered(checks)
    digests = {name: standalone.sha256(data) for named in files.values() for name, data in named.items()}
    lines = {claim.id: standalone.canonical(claim.model_dump(mode="json")) for claim in claims}
    contents = {name: data for named in files.values() for name, data in named.items()}
    contents["claims.json"] = _claims_json(list(lines.values()))
    contents["attestation.json"] = standalone.canonical(attest(claims, digests)) + b"\n"
    contents["README.md"] = readme(meta.name, meta.macrohard).encode("utf-8")
    contents["check.py"] = (HERE / "standalone.py").read_bytes()
    contents["check.sh"] = (HERE / "check.sh").read_bytes()
    ledger, seal = _chain(meta, ledger_lines, _bodies(claims, lines, files), contents)
    _write(project_root / "evidence", {**contents, "ledger.jsonl": ledger})
    return seal


def seal_of(project_root: Path) -> str:
    """The seal of evidence that was just written; it is read and not verified, which is what `audit` does."""
    last = (project_root / "evidence" / "ledger.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    return str(json.loads(last)["hash"])


def _checks(claim: Claim) -> list[tuple[str, bytes]]:
    """Return (slug, bytes) of the check file of each piece of evidence."""
    dumped = claim.model_dump(mode="json")
    return [
        (_slug(run.check.id), standalone.canonical(standalone.check_file(claim.id, kept)) + b"\n")
        for run, kept in zip(claim.evidence, dumped["evidence"], strict=True)
    ]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-") or "check"


def _numbered(checks: Mapping[str, Sequence[tuple[str, bytes]]]) -> dict[str, dict[str, bytes]]:
    """Return claim id -> {path in the evidence folder -> bytes}, numbered through all claims."""
    number = 0
    named: dict[str, dict[str, bytes]] = {}
    for identifier, files in checks.items():
        named[identifier] = {}
        for slug, data in files:
            number += 1
            named[identifier][f"checks/{number:03d}-{slug}.json"] = data
    return named


def _claims_json(lines: Sequence[bytes]) -> bytes:
    inner = b",\n".join(lines) + b"\n" if lines else b""
    return standalone.CLAIMS_OPEN.encode() + b"\n" + inner + standalone.CLAIMS_CLOSE.encode() + b"\n"


def _bodies(
    claims: Sequence[Claim], lines: Mapping[str, bytes], files: Mapping[str, Mapping[str, bytes]]
) -> list[standalone.Json]:
    """Return the body of the record of each claim."""
    return [
        {
            "id": claim.id,
            "statement": claim.statement,
            "verdict": claim.verdict.value,
            "sha256": standalone.sha256(lines[claim.id]),
            "checks": [{"file": name, "sha256": standalone.sha256(data)} for name, data in files[claim.id].items()],
        }
        for claim in claims
    ]


def _chain(
    meta: Meta, history: Sequence[str], claims: Sequence[standalone.Json], contents: Mapping[str, bytes]
) -> tuple[bytes, str]:
    """Return the bytes of ledger.jsonl and the hash of its last record."""
    header: dict[str, Any] = {"schema": standalone.SCHEMA, **meta.model_dump(mode="json")}
    seal = {
        "claims": [body["id"] for body in claims],
        "files": {name: standalone.sha256(data) for name, data in contents.items()},
    }
    kept = [("history", {"record": standalone.parse(line.encode("utf-8"))}) for line in history]
    entries = [("header", header), *kept, *(("claim", body) for body in claims), ("seal", seal)]
    lines, previous = [], standalone.ZERO
    for number, (kind, body) in enumerate(entries, 1):
        record = standalone.sealed_record(number, kind, meta.name, body, previous)
        lines.append(standalone.canonical(record) + b"\n")
        previous = record["hash"]
    return b"".join(lines), previous


def _write(folder: Path, contents: Mapping[str, bytes]) -> None:
    too_large = [name for name, data in contents.items() if len(data) > standalone.LARGEST_FILE]
    if too_large:
        raise ValueError(f"larger than any reader accepts: {too_large}")
    folder.mkdir(parents=True)
    (folder / "checks").mkdir()
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    (folder / "check.sh").chmod(0o755)
