"""A sentence that says several things of one subject, cut into claims that stand alone.

"The bridge is 412 metres long and was opened in 1932" says two things, each of which may stand in another place. It is cut only where a
verb that can be told from its form follows an "and" or the like, and what stands before the first such verb is the subject of both;
all others stay whole. Where the subject says "no" or "few" the two are not the same as both together, so that nothing is cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from macrohard.answers.grounding.words import Words

_VERBS = (
    "is|are|was|were|has|have|had|can|could|will|would|does|did|may|might|must|"
    "est|sont|était|étaient|fut|furent|sera|seront|ont|avait|avaient|peut|peuvent|doit|doivent"
)
_VERB = re.compile(rf"\b(?:{_VERBS})\b", re.IGNORECASE)
_AND = re.compile(
    rf"(?:,?\s+(?:and|but|et|mais)|;)\s+(?:(?:it|they|he|she|il|elle|ils|elles)\s+)?(?=(?:{_VERBS})\b)", re.IGNORECASE
)
_PARTIAL = re.compile(
    r"\b(?:no|none|neither|nor|nobody|nothing|few|little|hardly|only|some|any|either|most|half|each|every|aucune?|peu|seule?s?|"
    r"quelques|certaine?s?|plupart|chaque|ni|which|that|who|qui|que|dont|if|when|unless|si|quand)\b|,",
    re.IGNORECASE,
)
"""In a subject: of such a one two things may hold without both holding of the same."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a part of a sentence says, as a sentence of its own."""

    text: str
    start: int
    end: int
    """Where it stands in the sentence, without the subject that it shares."""


def claims_of(sentence: Words) -> list[Claim]:
    """The claims of a sentence; one alone where it says one thing, or where it cannot be told."""
    text = sentence.text
    verb = _VERB.search(text)
    cuts = [match for match in _AND.finditer(text) if verb and match.start() > verb.start()]
    subject = text[: verb.start()].strip() if verb else ""
    if not cuts or not subject or _PARTIAL.search(subject):
        return [Claim(text, 0, len(text))]
    starts, ends = [0, *(match.end() for match in cuts)], [*(match.start() for match in cuts), len(text)]
    spans = list(zip(starts, ends, strict=True))
    return [Claim(_sentence(subject if start else "", text[start:end]), start, end) for start, end in spans]


def _sentence(subject: str, words: str) -> str:
    whole = f"{subject} {words}".strip()
    return whole if whole[-1:] in ".!?" else f"{whole}."
