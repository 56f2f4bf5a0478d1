"""The last screen of a run tells the report as it is."""

from __future__ import annotations

import pytest

from macrohard.cli.final import cost_line, show_report, tally
from macrohard.company.report import Cost, Report, Status
from macrohard.truth import Claim, Verdict

COST = Cost(
    wall_seconds=192.4, model_seconds=170.2, model_calls=12, prompt_tokens=4210, completion_tokens=1980, usd=0.0
)


def claim(number: int, verdict: Verdict, reason: str = "") -> Claim:
    """A claim with the verdict."""
    statement = f"`roman to-int {number}` prints `{number}`"
    return Claim(
        id=f"C{number:02d}", statement=statement, subject="roman", maker="user", verdict=verdict, reason=reason
    )


def report(outcome: Status, *claims: Claim, confidence: float | None = None, name: str = "roman") -> Report:
    """A report of a run that took three minutes."""
    return Report(
        run_id="build-00000000",
        outcome=outcome,
        name=name,
        claims=claims,
        confidence=confidence,
        cost=COST,
        model="embedded",
        model_digest="sha256:0",
        path="/home/me/a place/roman",
        evidence="/home/me/a place/roman/evidence",
        run=("/home/me/a place/roman/run", "--"),
        seal="5ea1" * 16,
        recheck=("macrohard", "audit", "/home/me/a place/roman"),
        notes=("One check was disputed.",),
    )


def test_verified(capsys: pytest.CaptureFixture[str]) -> None:
    show_report(report(Status.VERIFIED, claim(1, Verdict.VERIFIED)))
    shown = capsys.readouterr().out
    assert "Every acceptance claim is verified." in shown
    assert "1 claim: 1 verified" in shown
    assert "Confidence: not calibrated" in shown
    assert "Use:         '/home/me/a place/roman/run' --\n" in shown
    assert "Check again: macrohard audit '/home/me/a place/roman'\n" in shown
    assert f"Seal:        {'5ea1' * 16}\n" in shown
    assert "Note: One check was disputed." in shown
    assert "3:12 (2:50 in the model), 4,210 + 1,980 tokens in 12 calls, no money, with embedded" in shown


def test_unverified_claims_say_why(capsys: pytest.CaptureFixture[str]) -> None:
    show_report(report(Status.DELIVERED, claim(1, Verdict.VERIFIED), claim(2, Verdict.UNVERIFIED, "It printed 3.")))
    shown = capsys.readouterr().out
    assert "not everything is verified" in shown
    assert "It printed 3." in shown
    assert "2 claims: 1 verified, 1 unverified" in shown


def test_confidence_is_never_rounded_up(capsys: pytest.CaptureFixture[str]) -> None:
    show_report(report(Status.VERIFIED, confidence=0.99999))
    assert "Confidence: 99.9%" in capsys.readouterr().out


def test_nothing_of_a_model_acts(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = claim(1, Verdict.REFUTED, "[red]\x1b[2J\u202e").model_copy(update={"statement": "[link=x]\x07"})
    show_report(report(Status.DELIVERED, hostile, name="ro\x1bman"))
    shown = capsys.readouterr().out
    assert "[link=x]\\x07" in shown and "[red]\\x1b[2J\\u202e" in shown and "ro\\x1bman" in shown
    assert not set(shown) & {"\x1b", "\x07", "\u202e"}


def test_unknown_money_is_not_zero() -> None:
    assert cost_line(COST.model_copy(update={"usd": None})).endswith("money unknown")
    assert cost_line(COST.model_copy(update={"usd": 0.0123})).endswith("0.0123 USD")


def test_tally_names_only_what_there_is() -> None:
    assert tally(()) == "0 claims: none"
    assert tally((claim(1, Verdict.REFUTED), claim(2, Verdict.REFUTED))) == "2 claims: 2 refuted"
