"""What tells how likely a source supports a claim, as numbers that a person can follow, made without a model."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from macrohard.answers.grounding.context import Context
from macrohard.answers.grounding.flags import stances
from macrohard.answers.grounding.judging import Judgement, Says
from macrohard.answers.grounding.words import Word, Words

_TOP = 5
"""Sentences that together may say it."""
_MOST = 5
"""Counts above it tell no more."""


def features(judgement: Judgement) -> dict[str, float]:
    """Of a claim and one source. Shares lie between 0 and 1; counts are cut at 5.

    What a number tells depends on how much there is to find it in: half of the words in a source of one sentence is much, in one
    of a hundred little. So each comes twice, the second time divided by the root of the number of sentences.
    """
    found = {**_found(judgement), **_absent(judgement), **_kind(judgement)}
    root = math.sqrt(max(1, len(judgement.alignment.context.sentences)))
    return found | {f"{name}_short": value / root for name, value in found.items()}


def _found(judgement: Judgement) -> dict[str, float]:
    """How much of the claim stands in the source: in one sentence, with its neighbours, in the best five, anywhere."""
    alignment, sentences = judgement.alignment, judgement.alignment.context.sentences
    ranked = sorted(range(len(sentences)), key=lambda place: -alignment.single[place])
    single = [*(alignment.single[place] for place in ranked[:2]), 0.0, 0.0]
    return {
        "cover_one": single[0],
        "cover_near": alignment.strength,
        "cover_top": alignment.cover(Context([sentences[place] for place in ranked[:_TOP]]).stems),
        "cover_all": alignment.cover(alignment.context.stems),
        "margin": single[0] - single[1],
        "pairs": _pairs(alignment.claim, sentences),
    }


def _absent(judgement: Judgement) -> dict[str, float]:
    """What of the claim stands nowhere in the source, and what only not near the best sentence."""
    alignment = judgement.alignment
    claim, sentences = alignment.claim, alignment.context.sentences
    words = max(1, len(claim.content))
    gone = [word for word in claim.content if word.stem not in alignment.context.stems]
    return {
        "absent": _cut(len(gone)),
        "absent_near": _cut(len(alignment.absent)),
        "absent_share": len(gone) / words,
        "absent_near_share": len(alignment.absent) / words,
        "names_absent": _cut(_names(gone)),
        "names_absent_near": _cut(_names(alignment.absent)),
        "figures_absent": _cut(_absent_figures(claim, sentences)),
        "figures_absent_near": _cut(_absent_figures(claim, alignment.near)),
    }


def _kind(judgement: Judgement) -> dict[str, float]:
    """Of what kind the claim is and the source, and what the tests say."""
    claim, context = judgement.alignment.claim, judgement.alignment.context
    stance = stances(claim, context.flags)
    best = context.sentences[judgement.best] if judgement.best >= 0 else claim
    return {
        "figures": _cut(len(claim.numbers) + len(claim.dates)),
        "negation_differs": float(claim.is_negated != best.is_negated),
        "negated": float(claim.is_negated),
        "words": math.log1p(len(claim.content)),
        "sentences": math.log1p(len(context.sentences)),
        "records": float(not context.is_prose),
        "flags_agreeing": _cut(stance.agreeing),
        "flags_against": _cut(stance.against),
        "flags_empty": _cut(stance.empty),
        "says_so": float(judgement.says is Says.SO),
        "says_nothing": float(judgement.says is Says.NOTHING),
    }


def _names(words: Sequence[Word]) -> int:
    return sum(word.is_name for word in words)


def _absent_figures(claim: Words, sentences: Sequence[Words]) -> int:
    """How many of the claim's numbers and dates stand in none of the sentences."""
    known = [number for sentence in sentences for number in sentence.numbers]
    days = [date for sentence in sentences for date in sentence.dates]
    missing = sum(not any(mine.same(other) for other in known) for mine in claim.numbers)
    return missing + sum(not any(mine.same(other) for other in days) for mine in claim.dates)


def _pairs(claim: Words, sentences: Sequence[Words]) -> float:
    """The share of the claim's neighbouring words that are neighbours in a sentence too."""
    mine = _neighbours(claim)
    theirs = set[tuple[str, str]]().union(*map(_neighbours, sentences))
    return len(mine & theirs) / max(1, len(mine))


def _neighbours(sentence: Words) -> set[tuple[str, str]]:
    return set(pairwise(word.stem for word in sentence.content))


def _cut(count: int) -> float:
    return float(min(_MOST, count))
