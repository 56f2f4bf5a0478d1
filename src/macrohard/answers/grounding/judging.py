"""The judgement of one claim by one source: what its sentences say of it, decided by hard tests and by words.

The thresholds are first settings, tried by hand on labelled sets so that little of what is called supported is not
(`bench/results/grounding.json`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from macrohard.answers.grounding.alignment import Alignment
from macrohard.answers.grounding.clashes import Clash, alike, clashes, doubts
from macrohard.answers.grounding.context import Context
from macrohard.answers.grounding.words import Word, Words

SUPPORTING = 0.85
"""Least share of the claim's words, rare ones counting more, in a sentence and its neighbours that support it."""
ALONE = 0.7
"""Least share in that sentence itself; of a claim of ten words or more `PARTIAL`, since it may say two things."""
CLASHING = 0.65
"""Least share of the other words in one sentence that says something else: it must speak of the same thing."""
DENYING = 0.9
"""The same where only a 'not', or the order of two names, is between them."""
WORDS_FOR_ONE = 10
"""Of so many words of a claim one may be missing there."""
PARTIAL = 0.5
"""Least share in a sentence and its neighbours that say a part of it."""
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_QUOTES = str.maketrans("’‘“”«»", '\'\'""""')
_BESIDE = re.compile(r",[^,]*,|\([^()]*\)")
"""What is said beside, such as "the rival of OpenAI" of ChatGPT."""
_ENDS = " .!?;:,\"'"


class Says(IntEnum):
    """What a source says of a claim; of several sources the highest counts, but for a dispute."""

    NOTHING = 0
    PART = 1
    OTHERWISE = 2
    SO = 3


@dataclass(frozen=True)
class Judgement:
    """What one source says of a claim."""

    says: Says
    alignment: Alignment
    clashes: tuple[Clash, ...] = ()

    @property
    def absent(self) -> tuple[Word, ...]:
        """Words of the claim that do not stand where the rest of it stands."""
        return self.alignment.absent

    @property
    def best(self) -> int:
        """The number of the sentence that says most of it."""
        return self.alignment.best

    @property
    def is_quoted(self) -> bool:
        """Whether the claim stands there word for word."""
        return self.best >= 0 and quoted(self.alignment.claim, self.alignment.context.sentences[self.best])

    def otherwise(self, clash: Clash) -> Judgement:
        """The same place says something else, as a closer look shows."""
        return replace(self, says=Says.OTHERWISE, clashes=(clash,))

    def not_upheld(self) -> Judgement:
        """The same place has the words and does not say it, as a closer look shows."""
        return replace(self, says=Says.PART)


def judge(claim: Words, context: Context) -> Judgement:
    """Hold a claim against the sentences of one source."""
    alignment = Alignment(claim, context)
    if alignment.best < 0 or not claim.content:
        return Judgement(Says.NOTHING, alignment)
    if quoted(claim, context.sentences[alignment.best]):
        return Judgement(Says.SO, alignment)
    hard = _hard(alignment)
    if found := _clashing(alignment, hard):
        return Judgement(Says.OTHERWISE, alignment, found)
    return Judgement(_said(alignment, hard), alignment)


def quoted(claim: Words, sentence: Words) -> bool:
    """Whether the claim stands in the sentence word for word, whatever its spaces, quotation marks and last sign."""
    mine = _plain(claim.text).strip(_ENDS)
    return bool(mine) and re.search(rf"(?<!\w){re.escape(mine)}(?!\w)", _plain(sentence.text)) is not None


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text.translate(_QUOTES)).strip()


def _clashing(alignment: Alignment, hard: tuple[Clash, ...]) -> tuple[Clash, ...]:
    """The clashes with the best sentence, where it speaks of the same thing."""
    claim, sentence = alignment.claim, alignment.context.sentences[alignment.best]
    rest = [word for word in claim.content if not any(clash.start <= word.start < clash.end for clash in hard)]
    shared = alignment.share(rest, lambda word: word.stem in sentence.stems)
    if hard:
        return hard if shared >= CLASHING and not _is_of_something_else(alignment, rest, hard) else ()
    same = alike(claim, sentence) and shared >= DENYING
    return tuple(doubts(claim, sentence)) if same else ()


def _is_of_something_else(alignment: Alignment, rest: Sequence[Word], hard: Sequence[Clash]) -> bool:
    """Whether the sentence speaks of another thing or another time: a name of the claim is missing there, or the words with which
    it begins, or both its date and its figures are others."""
    beside = [found.span() for found in _BESIDE.finditer(alignment.claim.text)]
    absent = {word.stem for word in alignment.absent if not any(start < word.start < end for start, end in beside)}
    subject = next(iter(rest), None)
    dated = {clash.is_date for clash in hard}
    return any(word.is_name or word is subject for word in rest if word.stem in absent) or dated == {True, False}


def _hard(alignment: Alignment) -> tuple[Clash, ...]:
    """The clashes with the best sentence; the numbers and dates of a record are compared field by field instead, and of what a
    claim denies a record that says something else says nothing."""
    claim, sentence = alignment.claim, alignment.context.sentences[alignment.best]
    if alignment.context.is_prose:
        return tuple(clashes(claim, sentence, alignment.near, alignment.computed))
    found = clashes(claim, sentence, alignment.near, claim.numbers)
    return tuple(clash for clash in found if not clash.is_date and not claim.is_negated)


def _said(alignment: Alignment, hard: tuple[Clash, ...]) -> Says:
    """By the words of the claim that stand in the best sentence and its neighbours, where nothing clashes."""
    claim, sentence = alignment.claim, alignment.context.sentences[alignment.best]
    absent = alignment.absent
    share = max(alignment.strength, alignment.share(claim.content, lambda word: word not in absent))
    few = len(absent) <= len(claim.content) // WORDS_FOR_ONE and not any(word.is_name for word in absent)
    whole = few and not alignment.has_absent_figures
    open_ones = hard or doubts(claim, sentence)
    alone = ALONE if len(claim.content) < WORDS_FOR_ONE else PARTIAL
    if share >= SUPPORTING and alignment.single[alignment.best] >= alone and whole and not open_ones:
        return Says.SO
    return Says.PART if share >= PARTIAL else Says.NOTHING
