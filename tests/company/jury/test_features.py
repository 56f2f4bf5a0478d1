"""The numbers that a confidence is fitted on, of a function whose checks ended so or so."""

from __future__ import annotations

import math

import pytest

from macrohard.company.engineers.engineering import Candidate
from macrohard.company.frames import Program
from macrohard.company.jury import Court
from macrohard.company.jury.features import Standing, features_of
from macrohard.company.jury.hearing import Hearing
from macrohard.sandbox import open_sandbox
from macrohard.truth import PROGRAM, Check, Expectation, Source, Step


def features(**passes: bool) -> dict[str, float]:
    """Of a function whose checks with these names pass or fail; what begins with `user` is an example of a person."""
    checks = [check(name.replace("_", "-")) for name in passes]
    court = Court(
        names=["f"], candidates=[[Candidate(function="f", source="")]], assemble=lambda _: Program(files={}, start=()),
        checks=checks, probes=[], units={item.id: frozenset({"f"}) for item in checks}, sandbox=open_sandbox(),
    )  # fmt: skip
    for item, good in zip(checks, passes.values(), strict=True):
        seen = {
            "exit_status": 0,
            "ending": "exit",
            "stdout": "1" if good else "2",
            "stderr": "",
            "files": {},
            "changed": [],
        }
        court.memory[("",), item.id] = [seen]
    return features_of(court, (0,), Hearing(0, [(0,)], checks, [(0,)]), Standing(1, 1, 1, 1.0), [])


def check(name: str) -> Check:
    source = Source.USER if name.startswith("user") else Source.TESTER
    step = Step(argv=(PROGRAM, name), expect=Expectation(stdout="1"))
    return Check(id=name, statement="", source=source, steps=(step,))


@pytest.mark.parametrize(("good", "shown", "broken"), [(True, 3, 0), (False, 1, 2)])
def test_a_round_trip_counts_once_like_an_example(good: bool, shown: int, broken: int) -> None:
    found = features(user_01=True, round_trip_01=good, round_trip_02=good)
    assert found["confirmed"] == 0
    assert math.expm1(found["shown"]) == pytest.approx(shown)
    assert math.expm1(found["broken"]) == pytest.approx(broken)


def test_a_check_of_the_tester_confirms_and_one_that_fails_takes_it_back() -> None:
    assert features(user_01=True, tester_01=True, tester_02=True, tester_03=False)["confirmed"] == 1
