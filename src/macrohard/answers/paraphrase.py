"""What the tests leave open is shown to a model, which may know a paraphrase.

Of a model with a probe its hidden state is read, which makes the probabilities better; any other one is asked whether the sources
support it, and where. Neither changes a verdict: it is told beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from macrohard.answers.grounding.sureness import State, Sure, is_read, sure_when_read
from macrohard.answers.opened import Opened, opened
from macrohard.answers.reading import Asked, Reading, read, states
from macrohard.answers.report import CheckReport, ModelReading, Part, Progress, Statement
from macrohard.answers.sources import Index
from macrohard.answers.witnesses import Place, excerpt_of
from macrohard.models import Model

_WHETHER = "Does the source support the claim? Reply with one word, Yes or No."
_LIKELY = 0.5
"""Probability from which a probe is said to read it in the sources."""
_WHICH = "Which sentences support the claim? Reply with their numbers only, such as [2], [3], or with None."


def with_readings(report: CheckReport, index: Index, model: Model, progress: Progress | None = None) -> CheckReport:
    """The report with what a model makes of what the tests left open. Raises as `Model.answer` does."""
    found = opened(report, index)
    if progress and found:
        progress(f"{model.name} reads what is left open", 0, len(found))
    statements = list(report.statements)
    has_probe = is_read(model.digest)
    probed, asked = list[Opened](), list[Opened]()
    for item in found:
        if not (has_probe and _sure(statements[item.number])):
            asked.append(item)
        elif item.is_of_prose:  # records are compared field by field, and the probe was fitted on prose
            probed.append(item)
    for item, part in [*_probed(probed, statements, model), *_asked(asked, statements, model)]:
        statements[item.number] = statements[item.number].model_copy(update={"parts": (part,)})
    return report.model_copy(update={"statements": tuple(statements)})


def told_of(sure: Sure) -> dict[str, float]:
    """How a part tells how sure it is."""
    return {
        "probability": sure.elsewhere,
        "probability_from_sources": sure.from_sources,
        "probability_in_text": sure.in_text,
    }


def _sure(statement: Statement) -> Sure | None:
    """The probabilities by its words; None where there are none."""
    (part,) = statement.parts
    if part.probability is None or part.probability_from_sources is None or part.probability_in_text is None:
        return None
    return Sure(part.probability, part.probability_from_sources, part.probability_in_text)


def _probed(items: Sequence[Opened], statements: Sequence[Statement], model: Model) -> list[tuple[Opened, Part]]:
    """Each with the probabilities that its words and the model's hidden state make together."""
    texts = [item.beside_its_sources for item in items]
    found = []
    for item, text, state in zip(items, texts, states(texts, model), strict=True):
        statement, words = statements[item.number], _sure(statements[item.number])
        assert words is not None  # or it had been asked
        sure = sure_when_read(words, State(model.digest, state, len(text), bool(item.whole)))
        told = _told(sure.elsewhere >= _LIKELY, None, item.places, model)
        found.append((item, statement.parts[0].model_copy(update={"reading": told, **told_of(sure)})))
    return found


def _asked(items: Sequence[Opened], statements: Sequence[Statement], model: Model) -> list[tuple[Opened, Part]]:
    """Each with what the model says of it."""
    readings = read([Asked(item.sentences, item.subject, _WHETHER, _WHICH) for item in items], model)
    return [
        (item, statements[item.number].parts[0].model_copy(update={"reading": _said(item, reading, model)}))
        for item, reading in zip(items, readings, strict=True)
    ]


def _said(item: Opened, reading: Reading, model: Model) -> ModelReading:
    picked = [place for place, is_picked in zip(item.places, reading.picked, strict=True) if is_picked]
    return _told(reading.says_yes, round(reading.likelihood, 4) if reading.is_graded else None, picked, model)


def _told(supports: bool, likelihood: float | None, places: Sequence[Place], model: Model) -> ModelReading:
    return ModelReading(
        model=model.name,
        model_digest=model.digest,
        supports=supports,
        likelihood=likelihood,
        evidence=tuple(excerpt_of(*place) for place in places) if supports else (),
    )
