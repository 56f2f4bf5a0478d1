"""The claims of a project as an in-toto Statement v1 with the test-result predicate v0.1.

Field names and types are those published at https://in-toto.io/Statement/v1 and
https://in-toto.io/attestation/test-result/v0.1. The statement is not signed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from macrohard.truth.claim import Claim, Verdict

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "https://in-toto.io/attestation/test-result/v0.1"


def attest(claims: Sequence[Claim], checks: Mapping[str, str]) -> dict[str, Any]:
    """Return the statement as plain JSON values.

    Subjects are the files of the program, `configuration` the check files (`checks`: path in the evidence folder ->
    sha256). Verified claims are passed tests, unverified ones warned, refuted ones failed. The result is FAILED when
    a claim is refuted, else WARNED when one is unverified or there is none, else PASSED.
    """
    return {
        "_type": STATEMENT_TYPE,
        "subject": [_resource(path, digest) for path, digest in _subjects(claims)],
        "predicateType": PREDICATE_TYPE,
        "predicate": {
            "result": _result(claims),
            "configuration": [_resource(f"evidence/{path}", digest) for path, digest in sorted(checks.items())],
            "passedTests": _named(claims, Verdict.VERIFIED),
            "warnedTests": _named(claims, Verdict.UNVERIFIED),
            "failedTests": _named(claims, Verdict.REFUTED),
        },
    }


def _subjects(claims: Sequence[Claim]) -> list[tuple[str, str]]:
    return sorted({item for claim in claims for run in claim.evidence for item in run.inputs.items()})


def _resource(name: str, digest: str) -> dict[str, Any]:
    """Return a ResourceDescriptor."""
    return {"name": name, "digest": {"sha256": digest}}


def _result(claims: Sequence[Claim]) -> str:
    verdicts = {claim.verdict for claim in claims}
    if Verdict.REFUTED in verdicts:
        return "FAILED"
    return "PASSED" if verdicts == {Verdict.VERIFIED} else "WARNED"


def _named(claims: Sequence[Claim], verdict: Verdict) -> list[str]:
    return [f"{claim.id} {claim.statement}" for claim in claims if claim.verdict is verdict]
