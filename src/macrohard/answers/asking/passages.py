"""Which passages answer a question, as a model reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from macrohard.answers.asking import reader
from macrohard.answers.asking.candidates import Candidate
from macrohard.answers.asking.questions import Asking
from macrohard.answers.asking.sureness import calibration, features, is_fitted_on, probe_for, told
from macrohard.answers.probe import Probe
from macrohard.models import Model


@dataclass(frozen=True, slots=True)
class Passage:
    """One that answers."""

    candidate: Candidate
    numbers: tuple[int, ...]
    """Of its sentences that do."""
    probability: float | None
    """That it answers; None where nothing is calibrated."""


def answering(asking: Asking, found: Sequence[Candidate], model: Model) -> list[Passage]:
    """Those that answer, the surest first and those of which nothing is known last; none of which the model names no sentence. Raises as
    `Model.answer` does."""
    read = probe_for(model.digest)
    by_probe = [candidate for candidate in found if read and is_fitted_on(asking, candidate)]
    others = [candidate for candidate in found if candidate not in by_probe]
    passages = [*(_by_probe(asking, by_probe, read, model) if read else []), *_by_word(asking, others, model)]
    return [passage for passage in passages if passage.numbers]


def numbers_of(candidate: Candidate, picked: Sequence[bool]) -> tuple[int, ...]:
    """The numbers of the sentences that answer: those that the model names, without headings and questions."""
    return tuple(number for number, is_picked in enumerate(picked) if is_picked and candidate.says(number))


def _by_probe(asking: Asking, found: Sequence[Candidate], read: Probe, model: Model) -> list[Passage]:
    """By what the hidden state of the model says."""
    measured = zip(found, reader.states(asking.plain, found, model), strict=True)
    probabilities = [calibration().probability(features(candidate, read.score(state))) for candidate, state in measured]
    sure = [(found[number], probabilities[number]) for number in told(probabilities, calibration().threshold)]
    picked = reader.picked(asking.plain, [candidate for candidate, _ in sure], model)
    return [
        Passage(candidate, numbers_of(candidate, names), probability)
        for (candidate, probability), names in zip(sure, picked, strict=True)
    ]


def _by_word(asking: Asking, found: Sequence[Candidate], model: Model) -> list[Passage]:
    """By whether the model says Yes."""
    readings = reader.readings(asking.plain, found, model)
    return [
        Passage(candidate, numbers_of(candidate, reading.picked), None)
        for candidate, reading in zip(found, readings, strict=True)
        if reading.says_yes
    ]
