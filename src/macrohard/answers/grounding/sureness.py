"""How sure it is that a sentence is supported: how often people call a sentence supported of which the tests find as much.

That depends on where a text comes from: of two sentences whose words stand in a source as little, one that was written from this
source is a paraphrase more often than one that was written elsewhere. So there are two probabilities, each fitted on sets of its
kind (`python -m bench.grounding`). A third, of a sentence among others in such a text, comes of trees, which rank better and give no
reason; how sure it is of a whole text follows from it. All are of texts in English. Where a model has read a claim beside its sources, what
a probe finds in its hidden state is weighed together with the words.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from macrohard.answers.grounding.forest import forest
from macrohard.answers.grounding.judging import Judgement
from macrohard.answers.grounding.scoring import features
from macrohard.answers.probe import probe
from macrohard.truth.confidence import FOLDER, Calibration

PACKAGE = "macrohard.answers.grounding"
ELSEWHERE, FROM_SOURCES, IN_TEXT, WHOLE = "elsewhere", "from-sources", "in-text", "whole"
"""Names of the fits."""
READ = "-read"
"""After the name of those for claims that a model has read."""
_LEAST = 1e-3
"""Of a risk, so that its logarithm is no extreme."""


@dataclass(frozen=True, slots=True)
class Sure:
    """How probable it is that a sentence is supported."""

    elsewhere: float
    """Where the text was written without these sources."""
    from_sources: float
    """Where it was written from them."""
    in_text: float
    """Where it is one of several sentences of a text that was written from them."""


Scorer = Callable[[Judgement], Sure | None]
"""Of the judgement of the source that says most of a sentence; None where nothing was measured."""


def sure_of(judgement: Judgement) -> Sure:
    """By the shipped calibrations, which hold for claims in English alone."""
    measured = features(judgement)
    return Sure(
        elsewhere=calibration(ELSEWHERE).probability(measured),
        from_sources=calibration(FROM_SOURCES).probability(measured),
        in_text=forest(IN_TEXT).probability(measured),
    )


def is_read(model_digest: str) -> bool:
    """Whether there is a probe for a model."""
    return any(probe(name, model_digest) for name in (ELSEWHERE, FROM_SOURCES, IN_TEXT))


@dataclass(frozen=True, slots=True)
class State:
    """What a model made of a claim beside its sources."""

    model_digest: str
    embedding: Sequence[float]
    characters: int
    """Of all that it has read."""
    is_whole: bool
    """Whether it has read the sources whole, and not some sentences of them."""


def sure_when_read(words: Sure, state: State) -> Sure:
    """The probabilities by the words and by what a model made of the claim; of a kind without a probe by the words alone."""
    return Sure(
        elsewhere=_when_read(ELSEWHERE, words.elsewhere, state),
        from_sources=_when_read(FROM_SOURCES, words.from_sources, state),
        in_text=_when_read(IN_TEXT, words.in_text, state),
    )


def _when_read(kind: str, words: float, state: State) -> float:
    found = probe(kind, state.model_digest)
    if found is None:
        return words
    measured = read_features(words, found.score(state.embedding), state.characters, is_whole=state.is_whole)
    return calibration(f"{kind}{READ}").probability(measured)


def read_features(words: float, score: float, characters: int, *, is_whole: bool) -> dict[str, float]:
    """Of a claim that a model has read: the probability by its words and the score of the probe.

    The more there is to read, the less a small model makes of it, and of some sentences of a source it may miss what the others say.
    So each comes three times: as it is, by the length, and where sentences were chosen.
    """
    length, chosen, by_words = math.log(characters / 100), float(not is_whole), _log_odds(words)
    return {
        "words": by_words,
        "read": score,
        "length": length,
        "chosen": chosen,
        "words_by_length": by_words * length,
        "read_by_length": score * length,
        "words_of_chosen": by_words * chosen,
        "read_of_chosen": score * chosen,
    }


def risk(supported: Sequence[float], *, of_records: bool, model_digest: str = "") -> float | None:
    """How probable it is that a text which was written from its sources holds something that they do not support; None where no
    sentence has a probability. `of_records`: they are tables and the like alone. `model_digest`: of the model that has read it."""
    if not supported:
        return None
    name = f"{WHOLE}{READ}" if probe(IN_TEXT, model_digest) else WHOLE
    return calibration(name).probability(whole_features(supported, of_records))


def whole_features(supported: Sequence[float], of_records: bool) -> dict[str, float]:
    """Of a text, from the probabilities that its sentences are supported, each among the others."""
    risks = [*sorted((1 - value for value in supported), reverse=True), 0.0, 0.0]
    doubts = -sum(math.log(max(_LEAST, value)) for value in supported)
    return {
        "riskiest": _log_odds(risks[0]),
        "second": _log_odds(risks[1]),
        "third": _log_odds(risks[2]),
        "doubts": doubts,
        "mean": sum(risks) / len(supported),
        "sentences": math.log1p(len(supported)),
        "records": float(of_records),
        "any": math.log(_LEAST + 1 - math.exp(-doubts)),
    }


def _log_odds(risk: float) -> float:
    held = min(1 - _LEAST, max(_LEAST, risk))
    return math.log(held / (1 - held))


@cache
def calibration(name: str) -> Calibration:
    """The shipped one with this name."""
    return Calibration.model_validate_json((files(PACKAGE) / FOLDER / f"{name}.json").read_text(encoding="utf-8"))
