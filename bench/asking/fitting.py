"""Fits the probability that a sentence answers, and says how `ask` does with it on questions that a fold had not seen.

The threshold is the lowest at which at most `MOST_INVENTED` of the questions without an answer get one; what is counted of a
question uses the threshold of the other folds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.functions.reporting import share
from bench.logistic import Logistic, logistic
from bench.measures import Floats, area_under_curve, calibration_error, interval, reliability, surest_first
from macrohard.truth.confidence import Term

MOST_INVENTED = 0.06
_SIDES = ("with", "without")


@dataclass(frozen=True)
class Fit:
    """The coefficients, and what cross-validation says of them."""

    intercept: float
    terms: dict[str, Term]
    threshold: float
    summary: dict[str, Any]


@dataclass(frozen=True)
class _Case:
    """A question over one set of sources: which examples are its sentences, and whether these sources answer it."""

    id: str
    answerable: bool
    examples: NDArray[np.int64]
    fold: int


def fit(rows: Sequence[Mapping[str, Any]]) -> Fit:
    """Fit on what was read of all questions."""
    flat = [
        (row["id"], side, sentence)
        for row in rows
        for side in _SIDES
        for passage in row[side]
        for sentence in passage["sentences"]
    ]
    names = list(flat[0][2]["features"])
    values = np.array([[sentence["features"][name] for name in names] for _, _, sentence in flat])
    right = np.array([float(sentence["right"]) for _, _, sentence in flat])
    found = logistic(names, values, right, [task for task, _, _ in flat])
    cases = _cases(rows, [(task, side) for task, side, _ in flat], found)
    threshold = _threshold(cases, found.unseen)
    summary = {**found.summary, "threshold": threshold, **_summary(rows, cases, found, right)}
    return Fit(found.intercept, found.terms, threshold, summary)


def _cases(rows: Sequence[Mapping[str, Any]], places: Sequence[tuple[str, str]], found: Logistic) -> list[_Case]:
    at: dict[tuple[str, str], list[int]] = {}
    for number, place in enumerate(places):
        at.setdefault(place, []).append(number)
    return [
        _Case(row["id"], row["answerable"] and side == "with", np.array(examples), int(found.folds[examples[0]]))
        for row in rows
        for side in _SIDES
        if (examples := at.get((row["id"], side)))
    ]


def _threshold(cases: Sequence[_Case], said: Floats) -> float:
    """The lowest of what was said at which few enough of those without an answer get one."""
    surest = sorted((float(said[case.examples].max()) for case in cases if not case.answerable), reverse=True)
    allowed = int(MOST_INVENTED * len(surest))
    return round(min(0.9999, surest[allowed] + 0.0001), 4) if allowed < len(surest) else 0.5


def _summary(
    rows: Sequence[Mapping[str, Any]], cases: Sequence[_Case], found: Logistic, right: Floats
) -> dict[str, Any]:
    """What is told of each question with the threshold of the other folds."""
    limits = {
        fold: _threshold([case for case in cases if case.fold != fold], found.unseen)
        for fold in set(found.folds.tolist())
    }
    told = {
        (case.id, case.answerable): [
            number for number in _by_sureness(case, found.unseen) if found.unseen[number] >= limits[case.fold]
        ]
        for case in cases
    }
    answerable = [told[case.id, True] for case in cases if case.answerable]
    silent = [told[case.id, False] for case in cases if not case.answerable]
    sentences = np.array([number for numbers in told.values() for number in numbers], dtype=np.int64)
    measured: Callable[[Any], dict[str, Any]] = lambda measure: interval(measure, found.unseen, right)
    return {
        "found": share(sum(any(map(_answers, row["with"])) for row in rows if row["answerable"]), len(answerable)),
        "answered": share(sum(bool(numbers) for numbers in answerable), len(answerable)),
        "answered_right": share(
            sum(bool(numbers) and right[numbers[0]] > 0 for numbers in answerable), len(answerable)
        ),
        "abstained": share(sum(not numbers for numbers in silent), len(silent)),
        "sentences_told": share(int(right[sentences].sum()), len(sentences)),
        "auroc": measured(area_under_curve),
        "ece": measured(calibration_error),
        "ece_told": interval(calibration_error, found.unseen[sentences], right[sentences]),
        "reliability": reliability(found.unseen, right),
        "ended": surest_first(found.unseen, right),
    }


def _by_sureness(case: _Case, said: Floats) -> list[int]:
    return [int(number) for number in case.examples[np.argsort(-said[case.examples], kind="stable")]]


def _answers(passage: Mapping[str, Any]) -> bool:
    return any(sentence["right"] for sentence in passage["sentences"])
