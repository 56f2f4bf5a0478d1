"""What `ask` tells of questions that its fits have not seen, counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.asking.fitting import Told
from bench.asking.reading import Read, marks
from bench.measures import area_under_curve, calibration_error, interval, reliability, share, share_of, surest_first
from macrohard.models import Model


@dataclass(frozen=True)
class _Answer:
    """A case with the passages that are told."""

    told: Told
    passages: Sequence[tuple[Read, Sequence[bool]]]
    """The surest first, each with whether the key names the sentences that are told of it."""

    @property
    def is_right(self) -> bool:
        """Whether the surest passage answers, with a sentence that the key names."""
        return bool(self.passages) and any(self.passages[0][1])


def scored(told: Sequence[Told], model: Model) -> dict[str, Any]:
    """The figures of all questions: with all sources, without the passages that answer, and with one of these alone."""
    return _Scores([_Answer(item, marks(item.passages, model)) for item in told]).figures


@dataclass(frozen=True)
class _Scores:
    answers: Sequence[_Answer]

    @property
    def figures(self) -> dict[str, Any]:
        """Of one passage alone every figure is by bootstrap over questions, since a question has several such cases."""
        whole = [item for item in self.answers if item.told.case.is_whole and item.told.case.left]
        silent = [item for item in self.answers if not item.told.case.left]
        alone = [item for item in self.answers if item.told.case.left and not item.told.case.is_whole]
        return {
            "tasks": len(self._questions),
            "found": share(sum(any(read.right for read in item.told.case.read) for item in whole), len(whole)),
            "answered": share(sum(bool(item.passages) for item in whole), len(whole)),
            "answered_right": share(sum(item.is_right for item in whole), len(whole)),
            "abstained": share(sum(not item.passages for item in silent), len(silent)),
            "alone_right": self._share([(item, item.is_right) for item in alone]),
            "told_right": self._share([(item, read.right) for item in whole for read, _ in item.passages]),
            "sentences_named": self._share(
                [(item, mark) for item in whole for _, marked in item.passages for mark in marked]
            ),
            **self._probabilities([*whole, *silent]),
        }

    def _probabilities(self, answers: Sequence[_Answer]) -> dict[str, Any]:
        """How good they are, of every passage that was read."""
        said = np.array([value for item in answers for value in item.told.said])
        right = np.array([float(read.right) for item in answers for read in item.told.case.read])
        groups = self._groups([item for item in answers for _ in item.told.said])
        return {
            "auroc": interval(area_under_curve, said, right, groups),
            "ece": interval(calibration_error, said, right, groups),
            "reliability": reliability(said, right),
            "ended": surest_first(said, right),
        }

    def _share(self, found: Sequence[tuple[_Answer, bool]]) -> dict[str, Any]:
        """A share with its interval by bootstrap over questions."""
        values = np.array([float(value) for _, value in found])
        groups = self._groups([item for item, _ in found])
        measured = interval(share_of, values, values, groups) if found else {"interval_95": [0.0, 1.0]}
        count = int(values.sum())
        found_share = round(count / max(1, len(found)), 4)
        return {"count": count, "n": len(found), "share": found_share, "interval_95": measured["interval_95"]}

    def _groups(self, answers: Sequence[_Answer]) -> NDArray[np.int64]:
        numbers = {question: number for number, question in enumerate(self._questions)}
        return np.array([numbers[item.told.case.question] for item in answers], dtype=np.int64)

    @cached_property
    def _questions(self) -> list[str]:
        return sorted({item.told.case.question for item in self.answers})
