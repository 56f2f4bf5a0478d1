"""Fits how sure it is that a sentence is supported: logistic regression, every figure by cross-validation over sources.

Sets of claims that were made elsewhere and sets of texts that were written from their sources are fitted apart: how often a sentence
is supported of which little is found differs so much between them that one fit would be right about neither.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.grounding.measuring import Found
from bench.logistic import Logistic, logistic
from bench.measures import Floats, area_under_curve, calibration_error, interval, reliability
from macrohard.answers.grounding.sureness import ELSEWHERE, FROM_SOURCES, WHOLE, whole_features

KINDS = {ELSEWHERE: ("wice", "fever-symmetric"), FROM_SOURCES: ("ragtruth", "begin")}
ANSWERS = "ragtruth"
"""The set of whole texts, in which each sentence is marked."""
Measure = Callable[[Floats, Floats], float]
_STEPS = np.arange(0.02, 1.0, 0.01)
"""Thresholds that are tried."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A fit of one kind, with its figures."""

    found: Logistic
    threshold: float
    """That parts best, on all."""
    summary: dict[str, Any]


def fits(sets: Mapping[str, Sequence[Found]]) -> dict[str, Scored]:
    """One for each kind of text, and one for whole texts."""
    scored = {kind: _of_kind({name: sets[name] for name in names}) for kind, names in KINDS.items()}
    # The answers are the first set of their kind, so that what is said of them stands first.
    scored[WHOLE] = _of_texts(sets[ANSWERS], scored[FROM_SOURCES].found.unseen.tolist())
    return scored


def _of_kind(sets: Mapping[str, Sequence[Found]]) -> Scored:
    rows = [(name, item) for name, found in sets.items() for item in _scored(found)]
    right = np.array([float(item.supported) for _, item in rows])
    found = _fit([item.features or {} for _, item in rows], right, [f"{name}-{item.source}" for name, item in rows])
    of = np.array([name for name, _ in rows])
    sources = np.array([item.source for _, item in rows])
    figures = {name: _figures(found, right, of == name, sources[of == name], len(sets[name])) for name in sets}
    return Scored(found, _best(balanced_accuracy, found.unseen, right), {**found.summary, "sets": figures})


def _scored(found: Sequence[Found]) -> list[Found]:
    return [item for item in found if item.features is not None]


def _fit(rows: Sequence[Mapping[str, float]], right: Floats, tasks: Sequence[str]) -> Logistic:
    names = list(rows[0])
    return logistic(names, np.array([[row[name] for name in names] for row in rows]), right, tasks)


def _figures(
    found: Logistic, right: Floats, here: NDArray[np.bool_], sources: NDArray[np.int64], n: int
) -> dict[str, Any]:
    """Of one set: the threshold is chosen on its other folds, samples for the intervals are drawn by source."""
    said, own, folds = found.unseen[here], right[here], found.folds[here]
    return {
        "n": n,
        "scored": int(here.sum()),
        "auroc": interval(area_under_curve, said, own, sources),
        "ece": interval(calibration_error, said, own, sources),
        "balanced_accuracy": interval(balanced_accuracy, _called(balanced_accuracy, said, own, folds), own, sources),
        "reliability": reliability(said, own),
    }


def _of_texts(found: Sequence[Found], supported: Sequence[float]) -> Scored:
    """Whether a text holds anything that is not supported; `supported` begins with each scored sentence, by a fit without its
    source."""
    texts: dict[tuple[int, int], list[Found]] = {}
    said: dict[tuple[int, int], list[float]] = {}
    values = iter(supported)
    for item in found:
        texts.setdefault((item.source, item.text), []).append(item)
        own = said.setdefault((item.source, item.text), [])
        if item.features is not None:
            own.append(next(values))
    told = [place for place in texts if said[place]]
    wrong = np.array([float(not all(item.supported for item in texts[place])) for place in told])
    rows = [whole_features(said[place], texts[place][0].of_records) for place in told]
    fit = _fit(rows, wrong, [str(source) for source, _ in told])
    sources = np.array([source for source, _ in told])
    figures = {
        "n": len(texts),
        "scored": len(told),
        "unsupported": int(wrong.sum()),
        "auroc": interval(area_under_curve, fit.unseen, wrong, sources),
        "ece": interval(calibration_error, fit.unseen, wrong, sources),
        "f1": interval(f1, _called(f1, fit.unseen, wrong, fit.folds), wrong, sources),
        "reliability": reliability(fit.unseen, wrong),
    }
    return Scored(fit, _best(f1, fit.unseen, wrong), {**fit.summary, **figures})


def _called(measure: Measure, said: Floats, right: Floats, folds: NDArray[np.int64]) -> Floats:
    """For each 1 where it reaches the threshold that is best on the other folds."""
    found = np.zeros(len(said))
    for fold in np.unique(folds):
        others = folds != fold
        found[~others] = said[~others] >= _best(measure, said[others], right[others])
    return found


def _best(measure: Measure, said: Floats, right: Floats) -> float:
    return round(float(max(_STEPS, key=lambda step: measure((said >= step).astype(float), right))), 2)


def balanced_accuracy(called: Floats, right: Floats) -> float:
    """The mean of the shares that are called so among what is so, and not among what is not; 0.5 where there is but one kind."""
    if right.min() == right.max():
        return 0.5
    return float((called[right == 1].mean() + (1 - called[right == 0]).mean()) / 2)


def f1(called: Floats, right: Floats) -> float:
    """The harmonic mean of precision and recall."""
    both = float((called * right).sum())
    return 2 * both / max(1.0, float(called.sum() + right.sum()))
