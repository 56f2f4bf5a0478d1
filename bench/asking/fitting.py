"""Fits the probability that a passage answers, and says how `ask` does with it on questions that a fold had not seen.

The threshold is the lowest at which at most `MOST_INVENTED` of the questions without an answer get one. For what is counted, the
questions of a fold have no part in the fit, its penalty or the threshold that are used for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.logistic import FOLDS, Fit, Logistic, logistic
from bench.measures import (
    Floats,
    area_under_curve,
    calibration_error,
    interval,
    reliability,
    share,
    share_of,
    surest_first,
)
from macrohard.truth.confidence import Calibration

MOST_INVENTED = 0.1
"""Silence on nine of ten such questions was asked for."""
SIDES = ("with", "without")


@dataclass(frozen=True)
class _Case:
    """A question over one set of sources: its passages, and whether these sources answer it."""

    question: str
    answerable: bool
    passages: Sequence[Mapping[str, Any]]

    def surest(self, said: Sequence[float]) -> float:
        """The highest that is said of a passage of which a sentence would be told; 0 without any."""
        return max((value for value, item in zip(said, self.passages, strict=True) if item["told"]), default=0.0)


@dataclass(frozen=True)
class _Examples:
    """Passages of questions, to fit on."""

    cases: Sequence[_Case]

    @cached_property
    def passages(self) -> list[tuple[str, Mapping[str, Any]]]:
        return [(case.question, passage) for case in self.cases for passage in case.passages]

    @cached_property
    def right(self) -> Floats:
        return np.array([float(passage["right"]) for _, passage in self.passages])

    def fitted(self) -> tuple[Logistic, float]:
        """A fit, and the threshold that its own cross-validation chooses."""
        names = list(self.passages[0][1]["features"])
        values = np.array([[passage["features"][name] for name in names] for _, passage in self.passages])
        found = logistic(names, values, self.right, [question for question, _ in self.passages])
        return found, _threshold(self.cases, found.unseen)


def fit(rows: Sequence[Mapping[str, Any]]) -> Fit:
    """Fit on what was read of all questions."""
    examples = _Examples(
        [_Case(row["id"], row["answerable"] and side == "with", row[side]) for row in rows for side in _sides(row)]
    )
    found, threshold = examples.fitted()
    summary = {**found.summary, "threshold": threshold, **_summary(examples)}
    return Fit(found.intercept, found.terms, threshold, summary)


def _sides(row: Mapping[str, Any]) -> Sequence[str]:
    return SIDES if row["answerable"] else SIDES[:1]


def _threshold(cases: Sequence[_Case], said: Floats) -> float:
    """The lowest of what was said at which few enough of those without an answer get one."""
    split = np.split(said, np.cumsum([len(case.passages) for case in cases])[:-1])
    surest = sorted(
        (case.surest(part.tolist()) for case, part in zip(cases, split, strict=True) if not case.answerable),
        reverse=True,
    )
    return round(min(0.9999, surest[int(MOST_INVENTED * len(surest))] + 0.0001), 4)


@dataclass(frozen=True)
class _Told:
    """What a case gets from a fit that had not seen its question."""

    case: _Case
    said: Sequence[float]
    passages: Sequence[Mapping[str, Any]]
    """The surest first."""


def _unseen(examples: _Examples) -> list[_Told]:
    order = {question: number for number, question in enumerate(sorted({case.question for case in examples.cases}))}
    told = []
    for fold in range(FOLDS):
        others = [case for case in examples.cases if order[case.question] % FOLDS != fold]
        found, threshold = _Examples(others).fitted()
        calibration = Calibration(
            model_digest="", data="", data_digest="", tasks=0, date="", command="",
            intercept=found.intercept, terms=found.terms, threshold=threshold,
        )  # fmt: skip
        told += [_told(case, calibration) for case in examples.cases if order[case.question] % FOLDS == fold]
    return told


def _told(case: _Case, calibration: Calibration) -> _Told:
    said = [calibration.probability(passage["features"]) for passage in case.passages]
    ranked = sorted(zip(said, case.passages, strict=True), key=lambda pair: -pair[0])
    kept = [passage for value, passage in ranked if value >= calibration.threshold and passage["told"]]
    return _Told(case, said, kept)


def _summary(examples: _Examples) -> dict[str, Any]:
    """What is told of each question."""
    told = _unseen(examples)
    answerable = [item for item in told if item.case.answerable]
    silent = [item for item in told if not item.case.answerable]
    said = np.array([value for item in told for value in item.said])
    right = np.array([float(passage["right"]) for item in told for passage in item.case.passages])
    questions = sorted({item.case.question for item in told})
    groups = np.array([questions.index(item.case.question) for item in told for _ in item.said])
    named = [(item, float(is_named)) for item in told for passage in item.passages for is_named in passage["told"]]
    return {
        "found": share(sum(any(map(_is_right, item.case.passages)) for item in answerable), len(answerable)),
        "answered": share(sum(bool(item.passages) for item in answerable), len(answerable)),
        "answered_right": share(
            sum(bool(item.passages) and any(item.passages[0]["told"]) for item in answerable), len(answerable)
        ),
        "abstained": share(sum(not item.passages for item in silent), len(silent)),
        "sentences_named": _shared(named, questions),
        "told_right": _shared(
            [(item, float(_is_right(passage))) for item in answerable for passage in item.passages], questions
        ),
        "auroc": interval(area_under_curve, said, right, groups),
        "ece": interval(calibration_error, said, right, groups),
        "reliability": reliability(said, right),
        "ended": surest_first(said, right),
    }


def _shared(found: Sequence[tuple[_Told, float]], questions: Sequence[str]) -> dict[str, Any]:
    """A share with its interval by bootstrap over questions."""
    values = np.array([value for _, value in found])
    groups: NDArray[np.int64] = np.array([questions.index(item.case.question) for item, _ in found], dtype=np.int64)
    measured = interval(share_of, values, values, groups) if len(values) else {"interval_95": [0.0, 1.0]}
    count = int(values.sum())
    return {
        "count": count,
        "n": len(values),
        "share": round(count / max(1, len(values)), 4),
        "interval_95": measured["interval_95"],
    }


def _is_right(passage: Mapping[str, Any]) -> bool:
    return bool(passage["right"])
