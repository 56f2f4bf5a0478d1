"""Fits how sure it is that a sentence is supported: logistic regression, and trees for whole texts, every figure by cross-validation over
sources.

Sets of claims that were made elsewhere and sets of texts that were written from their sources are fitted apart: how often a sentence
is supported of which little is found differs so much between them that one fit would be right about neither.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.forests import Grower, Grown, grown
from bench.grounding.measuring import Found
from bench.grounding.probing import Material, Probed, probed
from bench.logistic import Logistic, logistic
from bench.measures import Floats, area_under_curve, calibration_error, interval, reliability
from bench.probes import Examples, Linear, Says
from macrohard.answers.grounding.sureness import ELSEWHERE, FROM_SOURCES, IN_TEXT, READ, WHOLE, whole_features

KINDS = {ELSEWHERE: ("wice", "fever-symmetric"), FROM_SOURCES: ("ragtruth", "begin"), IN_TEXT: ("ragtruth",)}
"""Of the claims of each, the sets that it is fitted on."""
ANSWERS = "ragtruth"
"""The set of whole texts, in which each sentence is marked."""
Measure = Callable[[Floats, Floats], float]
Fitter = Callable[[Sequence[str], Floats, Floats, Sequence[str]], Logistic | Grown]
_STEPS = np.arange(0.02, 1.0, 0.01)
"""Thresholds that are tried."""


States = Mapping[str, Floats]
"""What is read -> the hidden state at its end."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A fit of one kind, with its figures."""

    found: Logistic | Grown
    threshold: float
    """That parts best, on all that it is for."""
    said: Floats
    """For each claim that has a probability, the one by fits that have not seen its source."""
    summary: dict[str, Any]
    probed: Probed | None = None
    """Where a model has read the claims: `found` weighs its probe and the words."""


def fits(sets: Mapping[str, Sequence[Found]], states: Mapping[str, States]) -> dict[str, Scored]:
    """One for each kind of text and one for whole texts, by the words alone; and such with what a model has read, where it has read
    all sets of a kind."""
    scored: dict[str, Scored] = {}
    for kind, names in KINDS.items():
        claims = Claims.of_sets({name: sets[name] for name in names})
        scored[kind] = claims.by_words(grown if kind == IN_TEXT else logistic)
        if set(names) <= set(states):
            scored[f"{kind}{READ}"] = claims.read(scored[kind].found, states)
    for end in ("", READ):
        if in_text := scored.get(f"{IN_TEXT}{end}"):
            scored[f"{WHOLE}{end}"] = _of_texts(sets[ANSWERS], in_text.said.tolist())
    return scored


@dataclass(frozen=True)
class Claims:
    """The claims of a kind of text that have a probability."""

    items: Sequence[Found]
    of: NDArray[np.str_]
    """The set of each."""
    counts: Mapping[str, int]
    """Set -> its claims, also those without a probability."""

    @classmethod
    def of_sets(cls, sets: Mapping[str, Sequence[Found]]) -> Claims:
        """Those of all sets, one after the other."""
        rows = [(name, item) for name, found in sets.items() for item in found if item.features is not None]
        names = np.array([name for name, _ in rows])
        return cls([item for _, item in rows], names, {name: len(found) for name, found in sets.items()})

    @property
    def right(self) -> Floats:
        """1 for each that people call supported."""
        return np.array([float(item.supported) for item in self.items])

    @property
    def tasks(self) -> list[str]:
        """The family that each belongs to."""
        return [f"{name}-{item.source}" for name, item in zip(self.of, self.items, strict=True)]

    @property
    def values(self) -> Floats:
        """Claims x features."""
        return _values([item.features or {} for item in self.items])

    def by_words(self, fitter: Fitter) -> Scored:
        """By what is found of them in their sources."""
        found = fitter(list(self.items[0].features or {}), self.values, self.right, self.tasks)
        threshold = _best(balanced_accuracy, found.unseen, self.right)
        return Scored(
            found, threshold, found.unseen, {**found.summary, "sets": self._figures(found.unseen, found.folds)}
        )

    def read(self, words: Logistic | Grown, states: Mapping[str, States]) -> Scored:
        """Those that a model reads by its probe and the words, the others by the words."""
        rows = np.array([bool(item.shown) for item in self.items])
        read = np.flatnonzero(rows).tolist()
        right, tasks = self.right, self.tasks
        hidden = np.array([states[self.of[row]][self.items[row].shown] for row in read])
        found = probed(
            Material(
                by_words=self._says(words),
                folds=words.folds,
                rows=rows,
                states=Examples(hidden, right[rows], words.folds[rows], [tasks[row] for row in read]),
                characters=[len(self.items[row].shown) for row in read],
                whole=[self.items[row].is_whole for row in read],
            )
        )
        said = words.unseen.copy()
        said[rows] = found.unseen
        figures = {"read": int(rows.sum()), "probe_penalty": found.penalty, "sets": self._figures(said, words.folds)}
        threshold = _best(balanced_accuracy, found.unseen, right[rows])
        return Scored(found.second, threshold, said, {**found.second.summary, **figures}, found)

    def _says(self, words: Logistic | Grown) -> Says:
        """Such a fit on some of the claims."""
        examples = Examples(self.values, self.right, words.folds, self.tasks)
        return Grower(examples).says if isinstance(words, Grown) else Linear(examples, words.summary["penalty"]).says

    def _figures(self, said: Floats, folds: NDArray[np.int64]) -> dict[str, Any]:
        sources = np.array([item.source for item in self.items])
        return {
            name: _figures(
                said[self.of == name], self.right[self.of == name], folds[self.of == name], sources[self.of == name], n
            )
            for name, n in self.counts.items()
        }


def _values(rows: Sequence[Mapping[str, float]]) -> Floats:
    names = list(rows[0])
    return np.array([[row[name] for name in names] for row in rows])


def _figures(said: Floats, own: Floats, folds: NDArray[np.int64], sources: NDArray[np.int64], n: int) -> dict[str, Any]:
    """Of one set: the threshold is chosen on its other folds, samples for the intervals are drawn by source."""
    return {
        "n": n,
        "scored": len(said),
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
    fit = logistic(list(rows[0]), _values(rows), wrong, [str(source) for source, _ in told])
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
    return Scored(fit, _best(f1, fit.unseen, wrong), fit.unseen, {**fit.summary, **figures})


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
