"""What a question asks, without what only leans on the one who answers.

The same question asked with scorn, with praise, with somebody's authority or with pressure is the same question: what is taken
away here reaches neither the search nor a model, so it cannot change the answer. What is known is a list, not an understanding,
and where it is in doubt whether words ask or lean, they stay.
"""

from __future__ import annotations

import re

from macrohard.answers.grounding.languages import ENGLISH, FRENCH, language_of
from macrohard.answers.grounding.words import Words
from macrohard.answers.sentences import sentences

_SURE = (
    r"(?:are you (?:really |absolutely |quite )?(?:sure|certain)|is that (?:so|right|true)|really|seriously|think again|be honest|"
    r"(?:es-tu|êtes-vous) (?:vraiment )?sûre?s?|vraiment|sérieusement)"
)
_PRESSURE = re.compile(rf"^{_SURE}\s*[?!.]*$", re.IGNORECASE)
_TAG = re.compile(rf",\s*{_SURE}\s*[?!]\s*$", re.IGNORECASE)
_PREMISE = re.compile(
    r"^(?:(?:given|considering|seeing|knowing) that|étant donné que|sachant que|puisque)\b([^?,]*),\s*", re.IGNORECASE
)
_KNOWN = re.compile(
    r"^as (?:everyone|everybody|we all) knows?,\s*|^comme (?:chacun|tout le monde)(?: le)? sait,\s*", re.IGNORECASE
)
_LEADING = re.compile(
    r"^(?:(?:(?i:please|honestly|tell me|s'il (?:te|vous) pla[iî]t|dis-moi|dites-moi)(?:,\s*|\s+)|(?i:so|well|but),\s*)(?=[^\WA-ZÀ-Þ]))+"
)
_ASSERTING = re.compile(
    r"^(?:don['’]?t you (?:think|agree) that|isn['’]?t it (?:true|obvious|clear) that|n['’]est-il pas (?:vrai|évident|clair) que)\s+",
    re.IGNORECASE,
)
"""What asks for a nod."""
_AUTHORITY = re.compile(
    r"^(?:according to\b|selon\b|d['’]après\b)|\b(?:experts?|professors?|doctors?|scientists?|studies|study|professeurs?|spécialistes?|"
    r"études?)\b[^.?!]*\b(?:says?|said|states?|claims?|shows?|found|dit|disent|affirment?|montrent?)\b",
    re.IGNORECASE,
)
_TASTE = re.compile(
    r"(?:(?P<before>[^\W\d_]+)\s+)?(?P<article>\b(?:the|this|that|these|those|our|your|le|la|les|ce|cet|cette|ces|du|des|"
    r"(?!(?i:what|who|where|when|how|it|that|there|here|let|he|she)['’])[^\W\d_]+['’]s))\s+"
    r"(?:(?:so-called|terrible|awful|dreadful|disastrous|disgraceful|shameful|outrageous|scandalous|ridiculous|wonderful|amazing|"
    r"awesome|glorious|marvellous|"
    r"wasteful|heartless|job-killing|shameless|disgusting|out-of-touch|power-hungry|long-overdue|courageous|gaspilleur|gaspilleuse|"
    r"liberticide|soi-disant|affreux|affreuse|désastreux|désastreuse|scandaleux|scandaleuse|honteux|honteuse|"
    r"ridicule|merveilleux|merveilleuse|formidable|magnifique|odieux|odieuse),?\s+)+"
    r"(?!(?:who|which|behind|derrière)\b)(?=[^\W\d_])"
)
"""Between an article and a noun; in small letters only, since with a capital it is part of a name."""
_ASKS = re.compile(
    r"\?[\"')\]*_\s]*$|^(?:who|what|when|where|why|which|how|qui|que|quoi|quand|où|pourquoi|comment|combien|quel)\b",
    re.IGNORECASE,
)
_STOP = ENGLISH.stop | FRENCH.stop


def plain_question(text: str) -> str:
    """The question on one line. Sentences beside it that cite somebody, ask for a nod, or put a figure to what is asked are left out,
    for what asserts something is no evidence; all others stay, for they may say what the question is about."""
    line = _TAG.sub("?", " ".join(text.split()))
    found = [item.words for item in sentences(line) if not _PRESSURE.match(item.words)] or [line]
    found = [_without_frame(words) for words in found]
    asking = [words for words in found if _ASKS.search(words) and not _ASSERTING.match(words)]
    kept = [words for words in found if words in asking or not asking or not _asserts(words, asking)]
    return " ".join(map(_bare, kept))


def _without_frame(sentence: str) -> str:
    """A sentence without polite words, and without a premise that puts a figure to what is asked."""
    found = _LEADING.sub("", _KNOWN.sub("", _LEADING.sub("", sentence)))
    premise = _PREMISE.match(found)
    if premise and _puts_a_figure(premise.group(1), [found[premise.end() :]]):
        found = found[premise.end() :]
    return found


def _asserts(sentence: str, asking: list[str]) -> bool:
    return bool(_ASSERTING.match(sentence) or _AUTHORITY.search(sentence)) or _puts_a_figure(sentence, asking)


def _puts_a_figure(sentence: str, asking: list[str]) -> bool:
    """Whether it has a figure and a word that is asked about."""
    words = _taken_apart(sentence)
    shared = words.stems & set[str]().union(*(_taken_apart(other).stems for other in asking))
    return bool(words.numbers) and bool(shared)


def _taken_apart(sentence: str) -> Words:
    return Words(sentence, language_of(sentence) or ENGLISH)


def _bare(sentence: str) -> str:
    return _TASTE.sub(_without_taste, _ASSERTING.sub("", sentence))


def _without_taste(match: re.Match[str]) -> str:
    """The article alone; all of it where a name stands before ("Ivan the terrible") or no noun behind ("the courageous of the two")."""
    before = match.group("before")
    article = match.group("article")
    following = re.match(r"[^\W\d_]+", match.string[match.end() :])
    if following and following.group().lower() in _STOP:
        return match.group()
    if before is None:
        return f"{article} "
    is_name = article.lower() in ("the", "le", "la") and before.lower() not in _STOP
    return match.group() if is_name else f"{before} {article} "
