"""Which functions get more candidates, and when it is enough."""

from __future__ import annotations

import pytest

from macrohard.company.jury import Choice
from macrohard.company.rounds import ROUNDS, Need, needs
from macrohard.truth import PROGRAM, Check, Expectation, Source, Step
from macrohard.truth import confidence as calibrations
from macrohard.truth.confidence import Calibration, Term


def choice(
    failed: tuple[str, ...] = (),
    disputed: tuple[str, ...] = (),
    doubtful: tuple[str, ...] = (),
    sure: tuple[str, ...] = (),
) -> Choice:
    return Choice(
        pick=(0, 0), failed=dict.fromkeys(failed, "it is wrong"), disputed=dict.fromkeys(disputed, "it is wrong"),
        agreement={}, doubtful=dict.fromkeys(doubtful, "Nobody agrees."), crashes={}, confirmed=sure,
    )  # fmt: skip


def check(identity: str, source: Source) -> Check:
    return Check(id=identity, statement="", source=source, steps=(Step(argv=(PROGRAM,), expect=Expectation()),))


CHECKS = [check("user-01", Source.USER), check("tester-01", Source.TESTER), check("odd-01", Source.HOST)]
LAST = {"user-01": "up", "tester-01": "up", "odd-01": "down"}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (choice(sure=("up", "down")), {"up": Need.NONE, "down": Need.NONE}),
        (choice(sure=("up",)), {"up": Need.NONE, "down": Need.REPAIR}),
        (choice(sure=("down",)), {"up": Need.CONFIRMATION, "down": Need.NONE}),
        (choice(failed=("tester-01",), sure=("up", "down")), {"up": Need.REPAIR, "down": Need.NONE}),
        (choice(failed=("odd-01",), sure=("up", "down")), {"up": Need.NONE, "down": Need.REPAIR}),
        (choice(failed=("user-01", "tester-01"), sure=("up", "down")), {"up": Need.IDEAS, "down": Need.NONE}),
        (choice(doubtful=("down",), sure=("up",)), {"up": Need.NONE, "down": Need.IDEAS}),
        (choice(("tester-01",), ("tester-01",), sure=("up", "down")), {"up": Need.NONE, "down": Need.NONE}),
    ],
    ids=["settled", "nothing speaks for it", "a check of the tester does", "tester", "house", "example", "doubt", "set aside"],
)  # fmt: skip
def test_what_a_function_needs(found: Choice, expected: dict[str, Need]) -> None:
    assert needs(["up", "down"], found, CHECKS, LAST) == expected


def test_a_calibrated_function_gets_as_many_as_the_fit_knew_until_it_is_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    term = Term(mean=0.0, scale=1.0, weight=9.0, low=0.0, high=1.0)
    calibration = Calibration(
        model_digest="sha256:1", data="", data_digest="", tasks=1, date="", command="", intercept=-4.0,
        terms={"alike": term}, threshold=0.9,
    )  # fmt: skip
    monkeypatch.setattr(calibrations, "_calibrations", lambda: {"sha256:1": calibration})
    found = choice(sure=("up", "down")).model_copy(update={"features": {"up": {"alike": 0.1}, "down": {"alike": 1.0}}})
    assert needs(["up", "down"], found, CHECKS, LAST, "sha256:1") == {"up": Need.REPAIR, "down": Need.NONE}


def test_a_check_that_ends_in_no_single_function_is_nobodys() -> None:
    found = needs(["up", "down"], choice(failed=("user-01",), sure=("up", "down")), CHECKS, {})
    assert found == {"up": Need.NONE, "down": Need.NONE, None: Need.IDEAS}


def test_easy_functions_cost_half_and_hard_ones_six_times_as_many() -> None:
    assert sum(turn.share for turn in ROUNDS if turn.need <= Need.NONE) == 0.5
    assert sum(turn.share for turn in ROUNDS) == 6
    assert [turn.need for turn in ROUNDS] == sorted(turn.need for turn in ROUNDS)
