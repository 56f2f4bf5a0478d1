"""Fits the probability that a passage answers, and says how `ask` does with it on questions that a fold had not seen.

The threshold is the lowest at which at most `MOST_INVENTED` of the questions without an answer get one; what is counted of a
question uses the threshold of the other folds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.functions.reporting import share
from bench.logistic import Logistic, logistic
from bench.measures import Floats, area_under_curve, calibration_error, interval, reliability, surest_first
from macrohard.truth.confidence import Term

MOST_INVENTED = 0.08
"""Ten percent are allowed; some of it is left for chance."""

SIDES = ("with", "without")


@dataclass(frozen=True)
class Fit:
    """The coefficients, and what cross-validation says of them."""

    intercept: float
    terms: dict[str, Term]
    threshold: float
    summary: dict[str, Any]


@dataclass(frozen=True)
class _Case:
    """A question over one set of sources: which examples are its passages, and whether these sources answer it."""

    answerable: bool
    examples: NDArray[np.int64]
    fold: int

    def surest_first(self, said: Floats) -> list[int]:
        return [int(number) for number in self.examples[np.argsort(-said[self.examples], kind="stable")]]


def fit(rows: Sequence[Mapping[str, Any]]) -> Fit:
    """Fit on what was read of all questions."""
    passages = [(row["id"], passage) for row in rows for side in SIDES for passage in row[side]]
    names = list(passages[0][1]["features"])
    values = np.array([[passage["features"][name] for name in names] for _, passage in passages])
    right = np.array([float(passage["right"]) for _, passage in passages])
    found = logistic(names, values, right, [question for question, _ in passages])
    cases = list(_cases(rows, found.folds))
    threshold = _threshold(cases, found.unseen)
    summary = {**found.summary, "threshold": threshold, **_summary(cases, found, [item for _, item in passages], right)}
    return Fit(found.intercept, found.terms, threshold, summary)


def _cases(rows: Sequence[Mapping[str, Any]], folds: NDArray[np.int64]) -> Iterator[_Case]:
    first = 0
    for row in rows:
        for side in SIDES:
            examples = np.arange(first, first + len(row[side]))
            first += len(row[side])
            if len(examples):
                yield _Case(row["answerable"] and side == "with", examples, int(folds[examples[0]]))


def _threshold(cases: Sequence[_Case], said: Floats) -> float:
    """The lowest of what was said at which few enough of those without an answer get one."""
    surest = sorted((float(said[case.examples].max()) for case in cases if not case.answerable), reverse=True)
    return round(min(0.9999, surest[int(MOST_INVENTED * len(surest))] + 0.0001), 4)


def _summary(
    cases: Sequence[_Case], found: Logistic, passages: Sequence[Mapping[str, Any]], right: Floats
) -> dict[str, Any]:
    """What is told of each question with the threshold of the other folds."""
    said, folds = found.unseen, set(found.folds.tolist())
    limits = {fold: _threshold([case for case in cases if case.fold != fold], said) for fold in folds}
    told = [[number for number in case.surest_first(said) if said[number] >= limits[case.fold]] for case in cases]
    answerable = [numbers for case, numbers in zip(cases, told, strict=True) if case.answerable]
    silent = [numbers for case, numbers in zip(cases, told, strict=True) if not case.answerable]
    every = [number for numbers in told for number in numbers]
    first = [passages[numbers[0]]["told"] for numbers in answerable if numbers]
    named = [is_named for number in every for is_named in passages[number]["told"]]
    return {
        "found": share(sum(bool(right[case.examples].any()) for case in cases if case.answerable), len(answerable)),
        "answered": share(sum(map(bool, answerable)), len(answerable)),
        "answered_right": share(sum(any(names) for names in first), len(answerable)),
        "abstained": share(sum(not numbers for numbers in silent), len(silent)),
        "sentences_named": share(sum(named), len(named)),
        "auroc": interval(area_under_curve, said, right),
        "ece": interval(calibration_error, said, right),
        "told_right": share(int(right[every].sum()), len(every)),
        "told_said": round(float(said[every].mean()), 4) if every else None,
        "reliability": reliability(said, right),
        "ended": surest_first(said, right),
    }
