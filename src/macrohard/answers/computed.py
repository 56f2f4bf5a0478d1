"""What the numbers of a sentence decide by themselves, and how the computation is shown."""

from __future__ import annotations

from collections.abc import Sequence

from macrohard.answers.evidence import Computation
from macrohard.answers.grounding.reckoning import Reckoning
from macrohard.answers.grounding.words import Words
from macrohard.answers.report import Part, Standing, Unsupported
from macrohard.answers.sentences import Sentence

_SIGNS = {
    "plus",
    "minus",
    "times",
    "divided",
    "equals",
    "is",
    "makes",
    "moins",
    "fois",
    "divisé",
    "égale",
    "font",
    "fait",
}


def decided_alone(sentence: Sentence, claim: Words, computed: Sequence[Reckoning]) -> Part | None:
    """The verdict that needs no source: wrong by its own numbers, or nothing but a right computation; None otherwise."""
    wrong = [item for item in computed if not item.is_right]
    if wrong:
        why = f"Its own numbers say otherwise: {'; '.join(item.formula for item in wrong)}."
        marks = tuple(_mark(sentence, item) for item in wrong)
        return _part(sentence, Standing.CONTRADICTED, why, wrong).model_copy(update={"unsupported": marks})
    if computed and not _says_more(claim, computed):
        return _part(sentence, Standing.SUPPORTED, "It is computed again and right.", computed)
    return None


def with_computations(part: Part, computed: Sequence[Reckoning]) -> Part:
    """The verdict on a part, its computations shown after what the sources say."""
    shown = tuple(_evidence(part.start, item) for item in computed)
    return part.model_copy(update={"evidence": (*part.evidence, *shown)}) if part.evidence else part


def _says_more(claim: Words, computed: Sequence[Reckoning]) -> bool:
    """Whether a sentence says anything besides what was computed."""
    numbers = {number for item in computed for number in (item.result, *item.operands)}
    spans = [(number.start, number.end) for number in numbers]
    others = [word for word in claim.content if not any(start <= word.start < end for start, end in spans)]
    return any(claim.text[word.start : word.end].lower() not in _SIGNS for word in others)


def _part(sentence: Sentence, verdict: Standing, reason: str, computed: Sequence[Reckoning]) -> Part:
    return Part(
        words=sentence.words, start=sentence.start, end=sentence.end, verdict=verdict, reason=reason,
        evidence=tuple(_evidence(sentence.start, item) for item in computed),
    )  # fmt: skip


def _evidence(start: int, item: Reckoning) -> Computation:
    return Computation(formula=item.formula, start=start + item.result.start, end=start + item.result.end)


def _mark(sentence: Sentence, item: Reckoning) -> Unsupported:
    start, end = sentence.start + item.result.start, sentence.start + item.result.end
    return Unsupported(start=start, end=end, instead=item.formula.rpartition("= ")[2])
