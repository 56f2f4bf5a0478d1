"""Claims that hold, and are yet not called verified: what the program does may not be what was asked for."""

from __future__ import annotations

from collections.abc import Sequence

from macrohard.company.users.roundtripping import gives_back, walked
from macrohard.truth import PROGRAM, Claim, Source, Verdict

_WHY = "The program does this, but {pair} do not undo each other: one of them may refuse what it should take."


def withheld(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, those of the tester unverified that expect an error of a command whose round trip is broken.

    The tester read the same request with the same model as the engineers, so that both can share a mistake about what must
    be refused; the round trip is evidence against it.
    """
    astray = {name: pair for claim in claims for pair in _broken(claim) for name in pair}
    return [_withheld(claim, astray[name]) if (name := _refusing(claim)) in astray else claim for claim in claims]


def _broken(claim: Claim) -> list[list[str]]:
    """The commands of a round trip that lost what went in; where too much is taken, no refusal is in doubt."""
    if claim.verdict is Verdict.VERIFIED:
        return []
    return [walked(step) for run in claim.evidence for step in run.check.steps if gives_back(step)]


def _refusing(claim: Claim) -> str:
    """The command of which a check of the tester showed an error; empty for any other claim."""
    for run in claim.evidence:
        last = run.check.steps[-1]
        if run.check.source is Source.TESTER and last.argv[0] == PROGRAM and last.expect.exit_status != 0:
            return last.argv[1] if len(last.argv) > 1 and claim.verdict is Verdict.VERIFIED else ""
    return ""


def _withheld(claim: Claim, pair: Sequence[str]) -> Claim:
    why = _WHY.format(pair=" and ".join(f"`{name}`" for name in pair))
    return claim.model_copy(update={"verdict": Verdict.UNVERIFIED, "reason": why})
