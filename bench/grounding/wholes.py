"""Fits how sure it is that a whole text holds something unsupported, from what is said of its sentences."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import numpy as np

from bench.grounding.measuring import Found
from bench.grounding.scored import Scored, values_of
from bench.grounding.thresholds import best, f1
from bench.logistic import logistic
from bench.measures import Floats, area_under_curve, calibration_error, interval, reliability
from macrohard.answers.grounding.sureness import whole_features


def of_texts(found: Sequence[Found], in_text: Scored) -> Scored:
    """Whether a text holds anything that is not supported, from what is said of its sentences.

    What is said of a text comes of fits that have not seen its fold: neither of sentences, nor the one on texts, nor the threshold.
    """
    texts = _texts(found)
    rows = {place: numbers for place, (_, numbers) in texts.items() if numbers}
    wrong = np.array([float(not all(item.supported for item in texts[place][0])) for place in rows])
    tasks = [str(source) for source, _ in rows]
    records = [texts[place][0][0].of_records for place in rows]

    def measured(said: Floats) -> Floats:
        return values_of(
            [whole_features(said[numbers].tolist(), of) for numbers, of in zip(rows.values(), records, strict=True)]
        )

    names = list(whole_features([0.5], False))
    folds = np.array([in_text.folds[numbers[0]] for numbers in rows.values()])
    fit = logistic(names, measured(in_text.said), wrong, tasks)
    said, called = np.zeros(len(wrong)), np.zeros(len(wrong))
    for fold, inner in in_text.inner.items():
        here, values = folds == fold, measured(inner)
        others = logistic(names, values[~here], wrong[~here], [tasks[row] for row in np.flatnonzero(~here).tolist()])
        said[here] = [others.probability(dict(zip(names, row, strict=True))) for row in values[here].tolist()]
        called[here] = said[here] >= best(f1, others.unseen)
    sources = np.array([source for source, _ in rows])
    figures = {
        "n": len(texts),
        "scored": len(rows),
        "unsupported": int(wrong.sum()),
        "auroc": interval(area_under_curve, said, wrong, sources),
        "ece": interval(calibration_error, said, wrong, sources),
        "f1": interval(f1, called, wrong, sources),
        "reliability": reliability(said, wrong),
    }
    return Scored(fit, best(f1, fit.unseen), said, {**fit.summary, **figures}, folds)


def _texts(found: Sequence[Found]) -> dict[tuple[int, int], tuple[list[Found], list[int]]]:
    """Each text: all its sentences, and the numbers of those that have a probability among all such."""
    texts: dict[tuple[int, int], tuple[list[Found], list[int]]] = {}
    numbers = count()
    for item in found:
        every, scored = texts.setdefault((item.source, item.text), ([], []))
        every.append(item)
        if item.features is not None:
            scored.append(next(numbers))
    return texts
