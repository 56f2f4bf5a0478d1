"""What a question asks, without what only leans on the one who answers.

The same question asked with scorn, with praise, with a premise or with pressure is the same question: what is taken away here
reaches neither the search nor a model, so it cannot change the answer. What is known is a list, not an understanding.
"""

from __future__ import annotations

import re

from macrohard.answers.sentences import sentences

_PRESSURE = re.compile(
    r"(?P<comma>[,;–—-]\s*)?\b(?:are you (?:really |absolutely |quite )?(?:sure|certain)|really|is that (?:so|right|true)|seriously|think again|be honest|"
    r"(?:es-tu|êtes-vous) (?:vraiment )?sûre?s?|vraiment|sérieusement)\s*[?!]",
    re.IGNORECASE,
)
_PREMISE = re.compile(
    r"^(?:(?:given|considering|seeing|knowing|now) that|as (?:everyone|everybody|we all) knows?|étant donné que|sachant que|puisque|"
    r"comme (?:chacun|tout le monde)(?: le)? sait)\b[^?]*?,\s*",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:(?:please|honestly|so|well|but|and|now|tell me|s'il (?:te|vous) pla[iî]t|dis-moi|dites-moi)[,:]?\s+)+",
    re.IGNORECASE,
)
_ASSERTING = re.compile(
    r"^(?:don['’]?t you (?:think|agree) that|isn['’]?t it (?:true|obvious|clear) that|n['’]est-il pas (?:vrai|évident|clair) que)\s+",
    re.IGNORECASE,
)
"""What asks for a nod."""
_TASTE = re.compile(
    r"(?<=\s)(?:(?:so-called|terrible|horrible|awful|dreadful|disastrous|disgraceful|shameful|outrageous|scandalous|ridiculous|"
    r"wonderful|amazing|awesome|fantastic|brilliant|glorious|heroic|magnificent|marvellous|excellent|evil|wretched|damned|"
    r"soi-disant|affreux|affreuse|désastreux|désastreuse|scandaleux|scandaleuse|honteux|honteuse|ridicule|merveilleux|merveilleuse|"
    r"formidable|génial|géniale|magnifique|odieux|odieuse),?\s+)+(?=\S)"
)
"""In small letters only: with a capital it is part of a name."""
_ASKS = re.compile(r"\?[\"')\]*_\s]*$")


def plain_question(text: str) -> str:
    """The question on one line. Of several sentences only those that ask are kept, if any does, and of these those that ask for
    more than a nod: what stands beside them asserts something, and is no evidence."""
    found = [_without_frame(item.words) for item in sentences(_PRESSURE.sub(_left, text))] or [text]
    asking = [words for words in found if _ASKS.search(words)] or found
    kept = [words for words in asking if not _ASSERTING.match(words)] or asking
    return " ".join(part for words in kept if (part := _bare(words))) or " ".join(text.split())


def _left(pressure: re.Match[str]) -> str:
    """What is left of "…, are you sure?": the end of the question before it."""
    return "? " if pressure.group("comma") else " "


def _without_frame(sentence: str) -> str:
    return _LEADING.sub("", _PREMISE.sub("", _LEADING.sub("", " ".join(sentence.split()))))


def _bare(sentence: str) -> str:
    return _TASTE.sub("", _ASSERTING.sub("", sentence))
