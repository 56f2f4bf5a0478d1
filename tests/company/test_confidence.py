"""How sure the company is: each function, the program, and what follows for the verdict."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from macrohard.company import Status
from macrohard.company.confidence import Confidence, confidence_in
from macrohard.company.jury import features
from macrohard.truth import confidence as calibrations
from macrohard.truth.confidence import Calibration, Term

from .jury.test_choice import ADDS, CONSTANT, RIGHT, SAME, TRIPLE, chosen
from .programs import ROMAN, ROMAN_REQUEST
from .scripted import built

DIGEST = "sha256:calibrated"


@pytest.fixture
def _calibrated(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model whose functions are right when candidates agree."""
    terms = {"agreement": Term(mean=0.5, scale=0.1, weight=1.0, low=0.0, high=1.0)}
    calibration = Calibration(
        model_digest=DIGEST, data="set", data_digest="sha256:def", tasks=9, date="2026-11-26", command="fit",
        intercept=0.0, terms=terms, threshold=0.9,
    )  # fmt: skip
    monkeypatch.setattr(calibrations, "_calibrations", lambda: {DIGEST: calibration})


def test_a_program_is_as_sure_as_all_its_functions() -> None:
    found = Confidence({"up": 0.9, "down": 0.5}, threshold=0.8)
    assert found.program == 0.45
    assert found.doubts() == {"down": "It is right with a probability of 50.0%; 80.0% are needed to call it verified."}


def test_a_program_of_many_functions_is_not_called_right_because_each_of_them_is() -> None:
    found = Confidence({name: 0.97 for name in "abcd"}, threshold=0.96)
    assert found.doubts() == {}
    assert found.doubt_of_all() == "It is right with a probability of 88.5%; 96.0% are needed to call it verified."
    assert Confidence({"a": 0.97}, threshold=0.96).doubt_of_all() is None


def test_what_is_just_too_little_looks_so() -> None:
    (told,) = Confidence({"up": 0.96018}, threshold=0.96021).doubts().values()
    assert told == "It is right with a probability of 96.01%; 96.02% are needed to call it verified."


@pytest.mark.parametrize(
    ("probability", "said"),
    [(0.844, "84.4%"), (0.8436, "84.3%"), (0.96079, "96.0%"), (0.9999, "99.9%"), (1.0, "100.0%"), (1e-04, "0.0%")],
)
def test_percent_are_cut_off_and_never_rounded_up(probability: float, said: str) -> None:
    assert calibrations.percent(probability) == said


@pytest.mark.usefixtures("_calibrated")
def test_candidates_that_agree_make_it_sure() -> None:
    sure = confidence_in(chosen([[RIGHT, SAME]], "double(2) returns 4", times=(2, 2)), DIGEST)
    torn = confidence_in(chosen([[RIGHT, ADDS, CONSTANT]], "double(2) returns 4", times=(2, 2, 2)), DIGEST)
    assert sure is not None and torn is not None
    assert sure.of["double"] > 0.9 > torn.of["double"] and not sure.doubts() and set(torn.doubts()) == {"double"}


@pytest.mark.usefixtures("_calibrated")
def test_another_model_has_none() -> None:
    assert confidence_in(chosen([[RIGHT]], "double(2) returns 4"), "sha256:other") is None


def test_the_features_are_those_that_are_explained() -> None:
    choice = chosen([[RIGHT, ADDS], [TRIPLE]], "double(2) returns 4. triple(2) returns 6.", "double(3) returns 6")
    assert set(choice.features) == {"double", "triple"}
    for found in choice.features.values():
        assert set(found) == set(features.FEATURES)
    assert choice.features["double"]["sound"] == pytest.approx(math.log(2.5 / 0.5))
    assert choice.features["double"]["alike"] == 0.0 and choice.features["triple"]["alike"] > 0
    assert choice.features["double"]["confirmed"] == 1.0 and choice.features["triple"]["confirmed"] == 0.0


def test_features_of_a_function_that_nothing_speaks_for() -> None:
    found = chosen([[ADDS]], "double(3) returns 6").features["double"]
    assert found["sound"] < 0 and found["judged"] == 0 and found["alike"] == 0 and found["broken"] > 0
    assert found["agreement"] == pytest.approx(-math.log(1.02))


def test_results_that_differ_say_more_than_one_that_is_always_the_same() -> None:
    found = chosen(
        [[RIGHT, ADDS], [TRIPLE]], "double(2) returns 4. triple(2) returns 6.", "double(3) returns 6"
    ).features
    constant = chosen([[CONSTANT, CONSTANT]], "double(2) returns 4").features["double"]
    assert found["double"]["variety"] > constant["variety"] == pytest.approx(math.log(2))


class _Everyone(dict[str, Calibration]):
    """The same calibration for every model."""

    def get(self, key: str, default: object = None) -> Calibration:  # type: ignore[override]
        return self[DIGEST]


@pytest.mark.parametrize(("threshold", "outcome"), [(0.5, Status.VERIFIED), (0.999, Status.DELIVERED)])
def test_a_build_is_verified_from_the_threshold_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threshold: float, outcome: Status
) -> None:
    calibration = Calibration(
        model_digest=DIGEST, data="set", data_digest="sha256:def", tasks=9, date="2026-11-26", command="fit",
        intercept=3.0, terms={}, threshold=threshold,
    )  # fmt: skip
    monkeypatch.setattr(calibrations, "_calibrations", lambda: _Everyone({DIGEST: calibration}))
    report = built(tmp_path, ROMAN_REQUEST, ROMAN)
    assert report.outcome is outcome
    assert report.confidence == pytest.approx(0.9526**2, abs=0.001)
    assert [(item.name, item.confidence) for item in report.functions] == [("to_int", 0.9526), ("to_roman", 0.9526)]
    assert all(0 < item.killed <= item.mutants for item in report.functions)
    said = r"notice \d+ of the \d+ small changes that showed on the inputs that were tried( \(\d+ were made\))?\."
    assert sum(re.search(said, note) is not None for note in report.notes) == 2
    doubts = [claim for claim in report.claims if "is right beyond" in claim.statement]
    assert [claim.confidence for claim in doubts] == ([] if outcome is Status.VERIFIED else [0.9526] * 2)
