"""The words of an error that a request shows are tried, and shown or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from macrohard.company import Status
from macrohard.truth import Verdict

from ..scripted import argument, built, cases, claim_about, cli_brief, code, command, verdicts

REQUEST = "A command-line tool called half. `half of 4` prints 2. `half of 3` prints `Error: 3 is odd` and exits with status 2."
HALF = """
def of(number: int) -> int:
    if number % 2:
        raise ValueError(f"{words}")
    return number // 2
"""


@pytest.mark.parametrize(
    ("words", "verdict"),
    [("{number} is odd", Verdict.VERIFIED), ("Error: {number} is odd", Verdict.VERIFIED), ("no", Verdict.REFUTED)],
)
def test_what_an_error_says_is_a_claim_of_its_own(tmp_path: Path, words: str, verdict: Verdict) -> None:
    brief = cli_brief("half", command("of", argument("number", "integer")))
    replies = {
        "analyst: brief": [brief],
        "tester: of": [cases({"command": "half of 8", "prints": "4"})],
        "engineer: of": [code(HALF.replace("{words}", words))],
    }
    report = built(tmp_path, REQUEST, replies)
    assert claim_about(report, "The error of `half of 3` says `3 is odd`").verdict is verdict
    assert verdicts(report)["`half of 3` prints an error and exits with status 2"] is Verdict.VERIFIED
    named = [claim.statement for claim in report.claims if claim.statement.startswith("“`half of 3`")]
    assert bool(named) is (verdict is Verdict.REFUTED)
    assert (report.outcome is Status.VERIFIED) is (verdict is Verdict.VERIFIED)
